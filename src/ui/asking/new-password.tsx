/** The fields of a new password, and of the one before it, as every page that asks for them has them. */
import type { PropsWithChildren } from 'hono/jsx'
import { defineTexts } from '../../platform/languages/languages.ts'
import { PasswordField } from '../form.tsx'
import type { FieldLabels, Frame, ProblemTexts } from '../frame.ts'

const texts = defineTexts('new-password-fields', {
  current: 'Current password',
  password: 'New password',
  hint: 'At least {min} characters. Three words or more are easy to remember and hard to guess.',
  again: 'Confirm the password',
})

/** What they are called, for the summary of a refusal. */
export const newPasswordLabels = ({ language }: Frame): FieldLabels => {
  const t = texts.in(language)
  return { 'current-password': t('current'), 'new-password': t('password'), 'confirm-password': t('again') }
}

type CurrentProps = PropsWithChildren<{ frame: Frame; problems: ProblemTexts }>

export const CurrentPassword = ({ frame, problems, children }: CurrentProps) => (
  <PasswordField
    frame={frame}
    name="current-password"
    label={texts.in(frame.language)('current')}
    autocomplete="current-password"
    problem={problems['current-password']}
  >
    {children}
  </PasswordField>
)

type Props = {
  frame: Frame
  /** Whose password it is, for what keeps passwords. */
  address: string
  /** In code points. */
  min: number
  problems: ProblemTexts
}

export const NewPasswordFields = ({ frame, address, min, problems }: Props) => {
  const t = texts.in(frame.language)
  return (
    <>
      <input type="hidden" autocomplete="username" value={address} />
      <PasswordField
        frame={frame}
        name="new-password"
        label={t('password')}
        autocomplete="new-password"
        hint={t('hint', { min })}
        strength={{ atLeast: min }}
        problem={problems['new-password']}
      />
      <PasswordField
        frame={frame}
        name="confirm-password"
        label={t('again')}
        autocomplete="new-password"
        problem={problems['confirm-password']}
      />
    </>
  )
}
