/**
 * What a policy asks of a password, known without the password: its length, and the list it is on. Sealed, since a
 * thief of the database who knew it would know which hash to guess at first; in a text that is always as long.
 */
import type { Keyring } from '../../../../platform/secrets/keyring.ts'
import { charactersIn } from '../../../../platform/text.ts'
import type { Standard } from '../policy.ts'
import { foundOn, LIST_EDITION, type ListStrength } from './list.ts'

/** The longest minimum there may be; a password is not measured past it. */
export const LONGEST_MINIMUM = 64

/** `length` in code points, at most 64; `found`: the mildest list that refuses it. */
export type PasswordFacts = { length: number; found: ListStrength | undefined }

export function measure(password: string): PasswordFacts {
  return { length: Math.min(charactersIn(password), LONGEST_MINIMUM), found: foundOn(password) }
}

export const isBelowPolicy = ({ length, found }: PasswordFacts, { minLength, list }: Standard): boolean =>
  length < minLength || found === 'standard' || (found !== undefined && found === list)

const SIGNS: Readonly<Record<string, ListStrength>> = { a: 'standard', b: 'strict' }

/** Bound to the hash, whose salt is its own: of another password, or of a former one, it says nothing. */
const contextOf = (hash: string): string => `password facts:${hash}`

export function sealFacts(keyring: Keyring, password: string, hash: string): string {
  const { length, found } = measure(password)
  const sign = Object.keys(SIGNS).find((it) => SIGNS[it] === found) ?? '-'
  return keyring.seal(`${LIST_EDITION}:${String(length).padStart(2, '0')}${sign}`, contextOf(hash))
}

/** Undefined where nothing is known: sealed by a key that is gone, or found by another edition of the list. */
export function openFacts(
  keyring: Keyring,
  hash: string,
  sealed: string | null | undefined,
): PasswordFacts | undefined {
  if (!sealed) return undefined
  try {
    const [edition, facts = ''] = keyring.open(sealed, contextOf(hash)).split(':')
    if (edition !== String(LIST_EDITION)) return undefined
    return { length: Number(facts.slice(0, 2)), found: SIGNS[facts.slice(2)] }
  } catch {
    return undefined
  }
}
