/** The letter that proves a back-up address. It names nobody: the address may be a stranger's. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { codeLetter } from '../../ui/letter/code-letter.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('contacts-letters', {
  intro:
    'Somebody, you we hope, wants to use this address as the back-up of their account at {brand}. To go on, type this code on the page where you asked for it:',
  notYou: 'You did not ask for it? Then do nothing, and tell nobody the code: nothing happens without it.',
})

export const newWayLetter = (language: Language, facts: Letters['new-way-code']): Letter => {
  const t = texts.in(language)
  return codeLetter(language, facts, { intro: t('intro', { brand: facts.brand.name }), notYou: t('notYou') })
}
