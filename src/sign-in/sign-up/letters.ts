/** The letters of a sign-up. They name nobody: until the code is typed, nobody knows whose mailbox it is. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { codeLetterOf } from '../../ui/letter/code-letter.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('sign-up-letters', {
  'code.intro':
    'Somebody, you we hope, is creating an account at {brand} with this address. To go on, type this code on the page where you began:',
  'code.notYou': 'You did not ask for it? Then do nothing, and tell nobody the code: no account is created without it.',
  'taken.subject': 'You have an account already',
  'taken.intro':
    'Somebody, you we hope, tried to create an account at {brand} with this address. It has one already: sign in to it, or choose a new password if you forgot yours.',
  'taken.signIn': 'Sign in',
  'taken.forgot': 'Choose a new password',
  'taken.notYou': 'You did not ask for it? Then do nothing: your account is as it was.',
})

export const signUpLetter = codeLetterOf(texts)

export const takenLetter = (language: Language, { link, forgot, brand }: Letters['address-has-account']): Letter => {
  const t = texts.in(language)
  return {
    subject: t('taken.subject'),
    blocks: [
      { paragraph: t('taken.intro', { brand: brand.name }) },
      { button: t('taken.signIn'), url: link },
      { button: t('taken.forgot'), url: forgot },
      { small: t('taken.notYou') },
    ],
  }
}
