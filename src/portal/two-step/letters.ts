/** The letters of two-step verification that was turned on or off. */
import { defineTexts } from '../../platform/languages/languages.ts'
import { noticeOf } from '../../ui/letter/happening.ts'

const texts = defineTexts('two-step-letters', {
  'on.subject': 'Two-step verification was turned on',
  'on.intro': 'Who signs in to your account at {brand} with its password is now asked for a second step too.',
  'off.subject': 'Two-step verification was turned off',
  'off.intro': 'The password alone now opens your account at {brand}. Until now we asked for a second step too.',
})

export const turnedOnLetter = noticeOf(texts, 'on')
export const turnedOffLetter = noticeOf(texts, 'off')
