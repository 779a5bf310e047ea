/** From what a letter says to its parts, in the language of whom it goes to. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Written } from '../../platform/mail/carrier.ts'
import type { Brand } from '../frame.ts'
import { type Letter, renderLetter } from './letter.tsx'

export const letterTexts = defineTexts('letter', {
  footer:
    'This email was sent because of something done with your account or your address at {brand}. We never send advertising.',
})

/** A letter as it is sent in a brand. */
export const branded = (letter: Letter, brand: Brand, language: Language): Written =>
  renderLetter(letter, { language, brand, footer: letterTexts.in(language)('footer', { brand: brand.name }) })
