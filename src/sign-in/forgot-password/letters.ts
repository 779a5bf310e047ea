import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('forgot-password-letters', {
  subject: 'Choose a new password',
  intro: 'Somebody, you we hope, asked for a new password for your account at {brand}. Open this link to choose one:',
  link: 'Choose a new password',
  lives:
    'The link works once, for {minutes, plural, one {# minute} other {# minutes}}. If you asked more than once, only the newest one works.',
  notYou:
    'You did not ask for it? Then do nothing: your password stays as it is, and nobody can change it without this link.',
})

export type ResetFacts = { link: string; minutes: number; brand: string }

export const resetLetter = (language: Language, { link, minutes, brand }: ResetFacts): Letter => {
  const t = texts.in(language)
  return {
    subject: t('subject'),
    blocks: [
      { paragraph: t('intro', { brand }) },
      { button: t('link'), url: link },
      { small: t('lives', { minutes }) },
      { small: t('notYou') },
    ],
  }
}
