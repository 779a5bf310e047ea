/** The letter that proves a back-up address. It names nobody: the address may be a stranger's. */
import { defineTexts } from '../../platform/languages/languages.ts'
import { codeLetterOf } from '../../ui/letter/code-letter.ts'

const texts = defineTexts('contacts-letters', {
  'code.intro':
    'Somebody, you we hope, wants to use this address as the back-up of their account at {brand}. To go on, type this code on the page where you asked for it:',
  'code.notYou': 'You did not ask for it? Then do nothing, and tell nobody the code: nothing happens without it.',
})

export const newWayLetter = codeLetterOf(texts)
