/** The letter of new recovery codes. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import { type NoticeFacts, noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('recovery-codes-letters', {
  subject: 'You have new recovery codes',
  intro: 'New recovery codes were made for your account at {brand}. The ones before no longer work.',
})

export const codesMadeLetter = (language: Language, facts: NoticeFacts): Letter => {
  const t = texts.in(language)
  return noticeLetter(language, facts, { subject: t('subject'), intro: t('intro', { brand: facts.brand }) })
}
