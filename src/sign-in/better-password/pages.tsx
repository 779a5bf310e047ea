/** The page for a person who has just signed in with a password below today's policy. */

import { NewPasswordFields, newPasswordLabels } from '../../ui/asking/new-password.tsx'
import { Form, PasswordField, QuietButton } from '../../ui/form.tsx'
import type { Frame, ProblemTexts } from '../../ui/frame.ts'
import { Page } from '../../ui/layout.tsx'
import { After, strong } from '../../ui/notice.tsx'
import { texts } from './texts.ts'

export type BetterPasswordProps = {
  frame: Frame
  action: string
  address: string
  passwordMin: number
  why: 'too-short' | 'guessable'
  /** It is a while since the person typed their password. */
  asksCurrent?: boolean
  /** As long as it may be put off: until when, in words, and where that is said. */
  later?: { date: string; action: string } | undefined
  problems?: ProblemTexts
}

export const BetterPasswordPage = (props: BetterPasswordProps) => {
  const { frame, action, address, passwordMin: min, why, asksCurrent, later, problems = {} } = props
  const t = texts.in(frame.language)
  const current = { 'current-password': t('current') }
  const labels = { ...(asksCurrent && current), ...newPasswordLabels(frame) }
  const lead = t(`lead.${why}`, { min, address: strong(address) })
  return (
    <Page frame={frame} title={t('title')} lead={lead} problems={problems} labels={labels}>
      <Form frame={frame} action={action} submit={t('submit')}>
        {asksCurrent && (
          <PasswordField
            frame={frame}
            name="current-password"
            label={t('current')}
            autocomplete="current-password"
            problem={problems['current-password']}
          />
        )}
        <NewPasswordFields frame={frame} address={address} min={min} problems={problems} />
      </Form>
      {later && (
        <After>
          {t('until', { date: later.date })}{' '}
          <QuietButton frame={frame} action={later.action}>
            {t('later')}
          </QuietButton>
        </After>
      )}
    </Page>
  )
}
