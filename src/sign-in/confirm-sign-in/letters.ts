import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { happeningBlock } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('confirm-sign-in-letters', {
  subject: '{code} is your verification code',
  intro: 'Somebody, you we hope, signs in to your account at {brand} from a new place, with the right password:',
  code: 'To go on, type this code on the page where you sign in:',
  lives: 'The code works once, for {minutes, plural, one {# minute} other {# minutes}}. Tell it to nobody.',
  notYou:
    'It was not you? Then somebody knows your password. They cannot get in without this code: choose a new password now.',
  choose: 'Choose a new password',
})

export const confirmLetter = (language: Language, facts: Letters['confirm-sign-in']): Letter => {
  const t = texts.in(language)
  const { brand, code, minutes, forgot } = facts
  return {
    subject: t('subject', { code }),
    blocks: [
      { paragraph: t('intro', { brand: brand.name }) },
      happeningBlock(language, facts),
      { paragraph: t('code') },
      { code },
      { small: t('lives', { minutes }) },
      { small: t('notYou') },
      { button: t('choose'), url: forgot },
    ],
  }
}
