import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import { type HappeningFacts, happeningBlock, notMeBlocks } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('sessions-letters', {
  subject: 'You were signed out everywhere else',
  intro:
    'Every session of your account at {brand} but one was ended, in the products too. The one that asked for it goes on.',
})

export type EndedFacts = HappeningFacts & { brand: string; notMe: string }

export const endedLetter = (language: Language, facts: EndedFacts): Letter => {
  const t = texts.in(language)
  return {
    subject: t('subject'),
    blocks: [
      { paragraph: t('intro', { brand: facts.brand }) },
      happeningBlock(language, facts),
      ...notMeBlocks(language, facts.notMe),
    ],
  }
}
