/** The letters of the second step: wrong codes after a right password, and a recovery code that was used. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import { type NoticeFacts, noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('second-step-letters', {
  'refused.subject': 'Somebody knows your password',
  'refused.intro':
    'Somebody entered your password at {brand}, and then wrong codes. They are not signed in. If it was not you, choose a new password.',
  'recovery.subject': 'A recovery code was used',
  'recovery.intro':
    'Somebody signed in to your account at {brand} with your password and a recovery code. {left, plural, =0 {It was the last one} one {# code is left} other {# codes are left}}.',
})

export const refusedLetter = (language: Language, facts: NoticeFacts): Letter => {
  const t = texts.in(language)
  return noticeLetter(language, facts, {
    subject: t('refused.subject'),
    intro: t('refused.intro', { brand: facts.brand }),
  })
}

export const recoveryLetter = (language: Language, facts: NoticeFacts & { left: number }): Letter => {
  const t = texts.in(language)
  const { brand, left } = facts
  return noticeLetter(language, facts, {
    subject: t('recovery.subject'),
    intro: t('recovery.intro', { brand, left }),
  })
}
