/** The letters of two-step verification that was turned on or off. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import { type NoticeFacts, noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('two-step-letters', {
  'on.subject': 'Two-step verification was turned on',
  'on.intro': 'Who signs in to your account at {brand} with its password is now asked for a second step too.',
  'off.subject': 'Two-step verification was turned off',
  'off.intro': 'The password alone now opens your account at {brand}. Until now we asked for a second step too.',
})

const letterOf =
  (what: 'on' | 'off') =>
  (language: Language, facts: NoticeFacts): Letter => {
    const t = texts.in(language)
    return noticeLetter(language, facts, {
      subject: t(`${what}.subject`),
      intro: t(`${what}.intro`, { brand: facts.brand.name }),
    })
  }

export const turnedOnLetter = letterOf('on')
export const turnedOffLetter = letterOf('off')
