/** What a password must be: long enough, and none that is guessed first. No composition rule (NIST SP 800-63B-4, 3.1.1.2). */
import { dictionary } from '@zxcvbn-ts/language-common'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

declare const brand: unique symbol
/** A password prepared for hashing (RFC 8265, OpaqueString); the only form in which it is hashed or compared. */
export type Password = string & { readonly [brand]: 'Password' }

export const LONGEST_PASSWORD = 256

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
 * width stay. What it forbids (control characters, lone surrogates) makes no password at all.
 */
export function preparePassword(typed: string): Password | undefined {
  if (typed === '' || /\p{Cc}|\p{Cs}/u.test(typed)) return undefined
  return typed.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC') as Password
}

/** Reads a new password; `aboutThem` are words that a guesser would try first: address, names, brand. */
export function parseNewPassword(
  typed: string,
  minLength: number,
  aboutThem: readonly string[],
): Done<{ password: Password }> | Refused<PasswordProblem> {
  if (typed === '') return refused('password-missing', { min: minLength })
  const password = preparePassword(typed)
  if (!password) return refused('password-unusable')
  const length = [...password].length
  if (length < minLength) return refused('password-too-short', { min: minLength, has: length })
  if (length > LONGEST_PASSWORD) return refused('password-too-long', { max: LONGEST_PASSWORD, has: length })
  if (isAbout(password, aboutThem)) return refused('password-about-you')
  if (isCommon(password)) return refused('password-common')
  if (isPattern(password)) return refused('password-pattern')
  return done({ password })
}

/** What French speakers type first: the list at hand is of English ones. Words of endearment, seasons, clubs, oaths. */
const FRENCH =
  'azerty bienvenue bonjour bonsoir motdepasse monmotdepasse jetaime jetadore doudou doudoune chouchou loulou loulette ' +
  'nounours nounou minou minouche minette chaton toutou titou tititi bisous bisou cherie amour monamour toujours ' +
  'soleil lumiere etoile papillon princesse coucou maman mamour papa papounet famille bebe poussin poulette ' +
  'choupette choupinette pupuce marmotte lapinou ourson dauphin licorne cheval chevaux football marseille parislove ' +
  'montreal quebec canadiens canadien nordiques tabarnak tabarnac calisse caliss crisse ostie poutine erable sirop ' +
  'hiver printemps automne janvier fevrier avril juillet septembre octobre novembre decembre vacances ' +
  'liberte espoir bonheur victoire courage secret administrateur utilisateur merde putain salope connard chocolat ' +
  'fromage croissant baguette camille nicolas thomas julien alexandre sebastien stephane isabelle nathalie celine ' +
  'caroline maxime antoine guillaume vincent laurent francois jerome sandrine veronique melanie audrey emilie ' +
  'manon oceane chloe lucas hugo mathieu matthieu gabriel raphael samuel felix olivier benoit etienne'

const common = new Set([
  ...(dictionary['passwords-common'] as string[]).filter((word) => word.length >= 6),
  ...FRENCH.split(' ').filter((word) => word.length >= 4),
])
const LOOK_ALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const plain = (text: string): string => text.replaceAll(/[013457@$!]/g, (sign) => LOOK_ALIKES[sign] ?? sign)
const withoutTail = (text: string): string => text.replace(/[\d\p{P}\p{S} ]+$/u, '')

/** On the list, or so once digits and signs at its end are dropped and look-alikes are read as letters. */
function isCommon(password: Password): boolean {
  const lower = password.toLowerCase()
  const bare = withoutAccents(withoutTail(lower))
  return [lower, plain(lower), withoutTail(lower), bare, plain(bare)].some((form) => common.has(form))
}

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
]
const runs = ROWS.flatMap((row) => [row, [...row].reverse().join('')])

/** A few characters over and over, or rows of the alphabet, the digits or the keyboard. */
function isPattern(password: Password): boolean {
  const lower = password.toLowerCase()
  if (new Set(lower).size <= 3) return true
  if (/^(.{1,8}?)\1+$/u.test(lower)) return true
  const pieces = lower.match(/.{1,4}/gsu) ?? []
  return pieces.every((piece) => runs.some((run) => run.includes(piece)) || new Set(piece).size === 1)
}

const withoutAccents = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')

/** Little is left of it once their own words are taken out, with or without their accents. */
function isAbout(password: Password, aboutThem: readonly string[]): boolean {
  const words = aboutThem.flatMap((text) => withoutAccents(text).split(/[^\p{L}\p{N}]+/u))
  const own = [...new Set(words)].filter((word) => word.length >= 3).sort((a, b) => b.length - a.length)
  const lower = withoutAccents(password)
  const rest = own.reduce((left, word) => left.replaceAll(word, ''), lower)
  return rest !== lower && [...rest.replaceAll(/[\d\p{P}\p{S} ]/gu, '')].length < 4
}
