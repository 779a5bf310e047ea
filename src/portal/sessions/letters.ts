import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import { type NoticeFacts, noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('sessions-letters', {
  subject: 'You were signed out everywhere else',
  intro:
    'Every session of your account at {brand} but one was ended, in the products too. The one that asked for it goes on. Every other browser is unknown to us again, and asks for the second step, where you have one.',
})

export const endedLetter = (language: Language, facts: NoticeFacts): Letter => {
  const t = texts.in(language)
  return noticeLetter(language, facts, { subject: t('subject'), intro: t('intro', { brand: facts.brand.name }) })
}
