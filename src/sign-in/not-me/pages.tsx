/** The page of "It was not me". */
import { Form } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { DeadEnd, Page } from '../../ui/layout.tsx'
import { After, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export const NotMePage = ({ frame, action, address }: { frame: Frame; action: string; address: string }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead', { address: strong(address) })}>
      <Form frame={frame} action={action} submit={t('submit')} />
    </Page>
  )
}

/** The link to choose a password was mailed, now or a while ago, and is not shown here. */
export const MailedPage = ({ frame, isEarlier }: { frame: Frame; isEarlier: boolean }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('mailedTitle')} lead={t(isEarlier ? 'earlierLead' : 'mailedLead')}>
      <After>{t('mailedWhy')}</After>
    </Page>
  )
}

export type DeadReason = 'link-dead' | 'address-taken'

export const DeadNoticePage = ({ frame, why, forgot }: { frame: Frame; why: DeadReason; forgot: string }) => {
  const t = texts.in(frame.language)
  const way = { href: forgot, label: t('ask') }
  const lead = t(why === 'link-dead' ? 'deadLead' : 'takenLead')
  return <DeadEnd frame={frame} title={t('deadTitle')} lead={lead} way={way} />
}
