/** The page for a person who has just signed in with a password below today's policy. */

import { CurrentPassword, NewPasswordFields, newPasswordLabels } from '../../ui/asking/new-password.tsx'
import { type Later, PutOff } from '../../ui/asking/put-off.tsx'
import { Form } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type BetterPasswordProps = {
  frame: Frame
  action: string
  address: string
  passwordMin: number
  why: 'too-short' | 'guessable'
  /** It is a while since the person typed their password. */
  asksCurrent?: boolean
  /** As long as it may be put off. */
  later?: Later | undefined
  problems?: ProblemTexts
}

export const BetterPasswordPage = (props: BetterPasswordProps) => {
  const { frame, action, address, passwordMin: min, why, asksCurrent, later, problems = {} } = props
  const t = texts.in(frame.language)
  const lead = t(`lead.${why}`, { min, address: strong(address) })
  return (
    <Page frame={frame} title={t('title')} lead={lead} problems={problems} labels={newPasswordLabels(frame)}>
      <Form frame={frame} action={action} submit={t('submit')}>
        {asksCurrent && <CurrentPassword {...{ frame, problems }} />}
        <NewPasswordFields frame={frame} address={address} min={min} problems={problems} />
      </Form>
      {later && <PutOff {...{ frame, later }} />}
    </Page>
  )
}
