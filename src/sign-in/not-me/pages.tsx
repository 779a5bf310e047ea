/** The page of "It was not me". */
import { Form } from '../../ui/form.tsx'
import type { Frame } from '../../ui/frame.ts'
import { DeadEnd, Page } from '../../ui/layout.tsx'
import { strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export const NotMePage = ({ frame, action, address }: { frame: Frame; action: string; address: string }) => {
  const t = texts.in(frame.language)
  return (
    <Page frame={frame} title={t('title')} lead={t('lead', { address: strong(address) })}>
      <Form frame={frame} action={action} submit={t('submit')} />
    </Page>
  )
}

export const DeadNoticePage = ({ frame, forgot }: { frame: Frame; forgot: string }) => {
  const t = texts.in(frame.language)
  const way = { href: forgot, label: t('ask') }
  return <DeadEnd frame={frame} title={t('deadTitle')} lead={t('deadLead')} way={way} />
}
