/** The letters of the second step: wrong codes after a right password, and a recovery code that was used. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { codeLetterOf } from '../../ui/letter/code-letter.ts'
import { noticeLetter, noticeOf } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('second-step-letters', {
  'code.intro':
    'Somebody, you we hope, has entered the password of your account at {brand} and asks for a code to this address. To go on, type it on the page where you sign in:',
  'code.notYou':
    'It was not you? Then somebody knows your password. They cannot get in without this code: sign in and choose a new password.',
  'refused.subject': 'Somebody knows your password',
  'refused.intro':
    'Somebody entered your password at {brand}, and then wrong codes. They are not signed in. If it was not you, choose a new password.',
  'recovery.subject': 'A recovery code was used',
  'recovery.subjectFew':
    'A recovery code was used: {left, plural, =0 {none is left} one {# is left} other {# are left}}',
  'recovery.intro':
    'Somebody signed in to your account at {brand} with your password and a recovery code. {left, plural, =0 {It was the last one} one {# code is left} other {# codes are left}}.',
  'recovery.few':
    'Make new codes now. Without any, losing your device can cost you the account. The ones before then no longer work.',
  'recovery.make': 'Make new codes',
})

export const codeToBackUp = codeLetterOf(texts)

export const refusedLetter = noticeOf(texts, 'refused')

export const recoveryLetter = (language: Language, facts: Letters['recovery-code-used']): Letter => {
  const t = texts.in(language)
  const { brand, left, make } = facts
  return noticeLetter(language, facts, {
    subject: make ? t('recovery.subjectFew', { left }) : t('recovery.subject'),
    intro: t('recovery.intro', { brand: brand.name, left }),
    ...(make && { todo: [{ paragraph: t('recovery.few') }, { button: t('recovery.make'), url: make }] }),
  })
}
