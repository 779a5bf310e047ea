/** The page of a reset link. */

import { NewPasswordFields, newPasswordLabels } from '../../ui/asking/new-password.tsx'
import { Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { DeadEnd, Page } from '../../ui/layout.tsx'
import { strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type ResetProps = {
  frame: Frame
  action: string
  address: string
  passwordMin: number
  problems?: ProblemTexts
}

export const ResetPage = ({ frame, action, address, passwordMin, problems = {} }: ResetProps) => {
  const t = texts.in(frame.language)
  return (
    <Page
      frame={frame}
      title={t('title')}
      lead={t('lead', { address: strong(address) })}
      problems={problems}
      labels={newPasswordLabels(frame)}
    >
      <Form frame={frame} action={action} submit={t('submit')}>
        <NewPasswordFields frame={frame} address={address} min={passwordMin} problems={problems} />
      </Form>
    </Page>
  )
}

export const DeadLinkPage = ({ frame, forgot }: { frame: Frame; forgot: string }) => {
  const t = texts.in(frame.language)
  const way = { href: forgot, label: t('ask') }
  return <DeadEnd frame={frame} title={t('deadTitle')} lead={t('deadLead')} way={way} />
}
