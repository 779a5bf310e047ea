/** First and last names: what is accepted. */
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import { charactersIn, hasControls, normalForm } from '../../../platform/text.ts'

export type NameProblem = 'name-missing' | 'name-too-long' | 'name-unusable'

const LONGEST_NAME = 60
/** Of what is typed, in code units: more than this is too long in any form. */
const LONGEST_TYPED = 300

// Characters that turn the direction of what follows, in our letters and pages too (UAX #9); and what can be seen.
const TURNS = /\p{Bidi_Control}/gu
const SOMETHING = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Reads a name as typed; says how long it is where that is too long. */
export function parseName(typed: string): Done<{ name: string }> | Refused<NameProblem> {
  const text = normalForm(typed.trim(), 'NFC', LONGEST_TYPED)
  if (text === undefined) return tooLong(typed.trim())
  const name = text.replaceAll(TURNS, '').trim().replaceAll(/\s+/g, ' ')
  if (!SOMETHING.test(name)) return refused('name-missing')
  if (charactersIn(name) > LONGEST_NAME) return tooLong(name)
  if (hasControls(name) || /[<>]|:\/\//.test(name)) return refused('name-unusable')
  return done({ name })
}

const tooLong = (name: string) => refused('name-too-long', { limit: LONGEST_NAME, has: charactersIn(name) })
