/** The two fields of a new password, as every page that asks for one has them. */
import { defineTexts } from '../../platform/languages/languages.ts'
import { PasswordField } from '../form.tsx'
import type { FieldLabels, Frame, ProblemTexts } from '../frame.ts'

const texts = defineTexts('new-password-fields', {
  password: 'New password',
  hint: 'At least {min} characters. Three words or more are easy to remember and hard to guess.',
  again: 'Confirm the password',
})

/** What they are called, for the summary of a refusal. */
export const newPasswordLabels = ({ language }: Frame): FieldLabels => {
  const t = texts.in(language)
  return { 'new-password': t('password'), 'confirm-password': t('again') }
}

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
