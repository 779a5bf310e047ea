import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { codeLetter } from '../../ui/letter/code-letter.ts'
import { happeningBlock } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('confirm-sign-in-letters', {
  intro: 'Somebody, you we hope, signs in to your account at {brand} from a new place, with the right password:',
  code: 'To go on, type this code on the page where you sign in:',
  notYou:
    'It was not you? Then somebody knows your password. They cannot get in without this code: choose a new password now.',
  choose: 'Choose a new password',
})

export const confirmLetter = (language: Language, facts: Letters['confirm-sign-in']): Letter => {
  const t = texts.in(language)
  return codeLetter(language, facts, {
    intro: t('intro', { brand: facts.brand.name }),
    about: [happeningBlock(language, facts), { paragraph: t('code') }],
    notYou: t('notYou'),
    next: [{ button: t('choose'), url: facts.forgot }],
  })
}
