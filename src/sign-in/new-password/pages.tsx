/** The page of a reset link. */

import { DeadLink } from '../../ui/asking/link.tsx'
import { NewPasswordFields, newPasswordLabels } from '../../ui/asking/new-password.tsx'
import { Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { Note, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

/** What led here: sessions were ended, or a change of address was undone, because it was somebody else. */
export type Confirmation = 'ended' | 'undone'

export type ResetProps = {
  frame: Frame
  action: string
  address: string
  passwordMin: number
  /** Chosen after "It was not me": the account is signed out already. */
  tookBack?: boolean
  done?: Confirmation | undefined
  problems?: ProblemTexts
}

export const ResetPage = ({ frame, action, address, passwordMin, tookBack, done, problems = {} }: ResetProps) => {
  const t = texts.in(frame.language)
  const lead = t(tookBack ? 'leadTookBack' : 'lead', { address: strong(address) })
  return (
    <Page {...{ frame, lead, problems }} title={t('title')} labels={newPasswordLabels(frame)}>
      {done && <Note>{t(`done.${done}`)}</Note>}
      <Form frame={frame} action={action} submit={t('submit')}>
        <NewPasswordFields frame={frame} address={address} min={passwordMin} problems={problems} />
      </Form>
    </Page>
  )
}

export const DeadLinkPage = ({ frame, forgot }: { frame: Frame; forgot: string }) => {
  const t = texts.in(frame.language)
  return <DeadLink frame={frame} lead={t('deadLead')} way={{ href: forgot, label: t('ask') }} />
}
