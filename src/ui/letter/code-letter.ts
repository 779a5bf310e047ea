/** A letter with a code to type, and nothing to open. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letter } from './letter.tsx'

const texts = defineTexts('code-letter', {
  subject: '{code} is your verification code',
  lives: 'The code works once, for {minutes, plural, one {# minute} other {# minutes}}. Tell it to nobody.',
})

export type CodeFacts = { brand: string; code: string; minutes: number }

export const codeLetter = (
  language: Language,
  { code, minutes }: CodeFacts,
  { intro, notYou }: { intro: string; notYou: string },
): Letter => {
  const t = texts.in(language)
  return {
    subject: t('subject', { code }),
    blocks: [{ paragraph: intro }, { code }, { small: t('lives', { minutes }) }, { small: notYou }],
  }
}
