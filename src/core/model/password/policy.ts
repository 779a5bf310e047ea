/** What a password must be: long enough, and none that is guessed first. No composition rule (NIST SP 800-63B-4, 3.1.1.2). */
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import { charactersIn, hasControls, normalForm } from '../../../platform/text.ts'
import { isListed, isPattern, type ListStrength, withoutAccents } from './policy/list.ts'

declare const brand: unique symbol
/** A password prepared for hashing (RFC 8265, OpaqueString); the only form in which it is hashed or compared. */
export type Password = string & { readonly [brand]: 'Password' }

export const LONGEST_PASSWORD = 256
/** Of what is typed, in code units: more than this is too long in any form. */
const LONGEST_TYPED = 4 * LONGEST_PASSWORD

/** What an operator asks of a password; the rest is asked of every one. */
export type Standard = { minLength: number; list: ListStrength }

export type PasswordProblem =
  | 'password-missing'
  | 'password-too-short'
  | 'password-too-long'
  | 'password-unusable'
  | 'password-common'
  | 'password-pattern'
  | 'password-about-you'

/**
 * The OpaqueString form of what was typed (RFC 8265, section 4.2): other spaces become U+0020, then NFC; case and
 * width stay. What it forbids (control characters, lone surrogates) makes no password at all, nor does what is too long
 * to be one in any form.
 */
export function preparePassword(typed: string): Password | undefined {
  const text = normalForm(typed, 'NFC', LONGEST_TYPED)
  return text && !hasControls(text) ? (text.replaceAll(/\p{Zs}/gu, ' ') as Password) : undefined
}

/** Reads a new password; `aboutThem` are words that a guesser would try first: address, names, brand. */
export function parseNewPassword(
  typed: string,
  { minLength, list }: Standard,
  aboutThem: readonly string[],
): Done<{ password: Password }> | Refused<PasswordProblem> {
  if (typed === '') return refused('password-missing', { min: minLength })
  if (typed.length > LONGEST_TYPED) return tooLong(typed)
  const password = preparePassword(typed)
  if (!password) return refused('password-unusable')
  const length = charactersIn(password)
  if (length < minLength) return refused('password-too-short', { min: minLength, has: length })
  if (length > LONGEST_PASSWORD) return tooLong(password)
  if (isAbout(password, aboutThem)) return refused('password-about-you')
  if (isListed(password, list)) return refused('password-common')
  if (isPattern(password)) return refused('password-pattern')
  return done({ password })
}

const tooLong = (text: string) => refused('password-too-long', { max: LONGEST_PASSWORD, has: charactersIn(text) })

/** Little is left of it once their own words are taken out, with or without their accents. */
function isAbout(password: Password, aboutThem: readonly string[]): boolean {
  const words = aboutThem.flatMap((text) => withoutAccents(text).split(/[^\p{L}\p{N}]+/u))
  const own = [...new Set(words)].filter((word) => word.length >= 3).sort((a, b) => b.length - a.length)
  const lower = withoutAccents(password)
  const rest = own.reduce((left, word) => left.replaceAll(word, ''), lower)
  return rest !== lower && charactersIn(rest.replaceAll(/[\d\p{P}\p{S} ]/gu, '')) < 4
}
