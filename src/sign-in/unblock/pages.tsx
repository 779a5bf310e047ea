/** The page of an unblock link: two plain choices. */
import { Form, QuietButton } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { DeadEnd, Page } from '../../ui/layout.tsx'
import { After, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export const UnblockPage = ({ frame, action, address }: { frame: Frame; action: string; address: string }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead', { address: strong(address) })}>
      <Form frame={frame} action={action} submit={t('me')} values={{ who: 'me' }} />
      <QuietButton frame={frame} action={action} values={{ who: 'not-me' }} look="button">
        {t('notMe')}
      </QuietButton>
      <After>{t('notMeWhy')}</After>
    </Page>
  )
}

export const DeadUnblockPage = ({ frame, forgot }: { frame: Frame; forgot: string }) => {
  const t = texts.in(frame.language)
  const way = { href: forgot, label: t('ask') }
  return <DeadEnd frame={frame} title={t('deadTitle')} lead={t('deadLead')} way={way} />
}
