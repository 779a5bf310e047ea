/** The letters of what operators do to an account. */
import type { LetterSample } from '../../ui/samples.tsx'
import { heldLetter, releasedLetter } from './letters.ts'

const brand = { name: 'Passerelle' }

export const letters: Record<string, LetterSample> = {
  'the account is blocked': (language) => heldLetter(language, { brand, support: 'https://exemple.ca/aide' }),
  'the account is unblocked': (language) => releasedLetter(language, { brand, support: '' }),
}
