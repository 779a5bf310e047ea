/** The letter of new recovery codes. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import { type NoticeFacts, noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('recovery-codes-letters', {
  subject: 'You have new recovery codes',
  intro: 'New recovery codes were made for your account at {brand}. The ones before no longer work.',
  'intro.first': 'Recovery codes were made for your account at {brand}. Each of them opens the second step once.',
})

/** `first`: there were none before. */
export type CodesMadeFacts = NoticeFacts & { first?: boolean }

export const codesMadeLetter = (language: Language, facts: CodesMadeFacts): Letter => {
  const t = texts.in(language)
  const { brand, first } = facts
  return noticeLetter(language, facts, {
    subject: t('subject'),
    intro: t(first ? 'intro.first' : 'intro', { brand: brand.name }),
  })
}
