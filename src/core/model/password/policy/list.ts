/** Which passwords are guessed first: the list that ships with the service, in two strengths, and rows of keys. */
import { dictionary } from '@zxcvbn-ts/language-common'
import { normalForm } from '../../../../platform/text.ts'

/** `strict` also refuses a listed word with anything but letters around or inside it, backwards, or said twice. */
export const listStrengths = ['standard', 'strict'] as const
export type ListStrength = (typeof listStrengths)[number]

/** Counts up where the list, or how it is looked at, changes: what was found by another edition is not known any more. */
export const LIST_EDITION = 1

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
  ...(dictionary['passwords-common'] ?? []).map(String).filter((word) => word.length >= 6),
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
const withoutTail = (text: string): string => /^.*[^\d\p{P}\p{S} ]/su.exec(text)?.[0] ?? ''

/** On the list of that strength. */
export const isListed = (password: string, strength: ListStrength): boolean =>
  isCommon(password) || (strength === 'strict' && isDerived(password))

/** The mildest list that refuses it, rows of keys included. */
export function foundOn(password: string): ListStrength | undefined {
  if (isCommon(password) || isPattern(password)) return 'standard'
  return isDerived(password) ? 'strict' : undefined
}

/** On the list, or so once digits and signs at its end are dropped and look-alikes are read as letters. */
function isCommon(password: string): boolean {
  const lower = password.toLowerCase()
  const bare = withoutAccents(withoutTail(lower))
  return [lower, plain(lower), withoutTail(lower), bare, plain(bare)].some((form) => common.has(form))
}

/** So once all that is no letter is dropped or read as one, backwards too, and of something said twice its half. */
function isDerived(password: string): boolean {
  const lower = withoutAccents(password)
  const letters = [lower, plain(lower)].map((form) => form.replaceAll(/[^\p{L}]/gu, ''))
  const forms = letters.flatMap((form) => [form, half(form)])
  return forms.some((form) => common.has(form) || common.has([...form].reverse().join('')))
}

function half(text: string): string {
  const first = text.slice(0, text.length / 2)
  return first + first === text ? first : text
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
export function isPattern(password: string): boolean {
  const lower = password.toLowerCase()
  if (new Set(lower).size <= 3) return true
  if (/^(.{1,8}?)\1+$/u.test(lower)) return true
  const pieces = lower.match(/.{1,4}/gsu) ?? []
  return pieces.every((piece) => runs.some((run) => run.includes(piece)) || new Set(piece).size === 1)
}

/** More than any password, name or address has, in code units: what is longer is refused for that, whatever it says. */
const LONGEST = 1_024

/** Empty where the text is too long to be one that is accepted. */
export const withoutAccents = (text: string): string =>
  normalForm(text.toLowerCase(), 'NFD', LONGEST)?.replaceAll(/[\u0300-\u036f]/g, '') ?? ''
