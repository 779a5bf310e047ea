/** From the facts of a letter to its parts, in the language of whom it goes to. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Written } from '../../platform/mail/carrier.ts'
import type { Brand } from '../frame.ts'
import { type Letter, renderLetter } from './letter.tsx'

export const letterTexts = defineTexts('letter', {
  footer:
    'This email was sent because of something done with your account or your address at {brand}. We never send advertising.',
})

export const letterWriter =
  (brand: Brand) =>
  <Facts>(letter: (language: Language, facts: Facts) => Letter) =>
  (facts: Facts, language: Language): Written =>
    renderLetter(letter(language, facts), {
      language,
      brand,
      footer: letterTexts.in(language)('footer', { brand: brand.name }),
    })
