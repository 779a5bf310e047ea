/** E-mail addresses: what is accepted, when two are the same, and which domain was probably meant. */
import { domainToASCII, domainToUnicode } from 'node:url'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import { charactersIn, normalForm } from '../../../platform/text.ts'

declare const brand: unique symbol
/** A checked address, as letters are sent to it: as its owner typed it, but for characters that only look different. */
export type Email = string & { readonly [brand]: 'Email' }
/** The normal form that decides whether two addresses are the same mailbox; it can be read as an address itself. */
export type EmailKey = string & { readonly [brand]: 'EmailKey' }

/** The most characters before and after the @, every one counted, dots and top-level domain included. */
export const LONGEST_PART = 64
/** Of what is typed, in code units: more than this is too long in any form (twice 64 characters of 4 units, and the @). */
const LONGEST_TYPED = 513

export type EmailProblem = 'address-missing' | 'address-not-one' | 'address-local-too-long' | 'address-domain-too-long'

// White space, controls, what nobody sees, and what is no character (yet) have no place in an address; the rest of RFC 6531 does.
const UNWANTED = /[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\ufffd<>()[\]\\,;:"]/u

/** The @ that parts an address: those that NFKC makes one count. */
const PARTS = /^(.*)[@＠﹫](.*)$/su
// Without the characters that the URL parser treats as the end of a host, or rewrites.
const DOMAIN = /^[\p{L}\p{M}\p{N}.。·・׳״͵-]+$/u

const folded = (text: string): string => normalForm(text, 'NFKC', LONGEST_TYPED) ?? text

/**
 * The domain in its ASCII form, as UTS #46 maps what was typed: NFKC first would make another domain of some signs
 * (U+03F2). Empty where it is none.
 */
const asciiDomain = (typed: string): string =>
  typed.length <= LONGEST_TYPED && DOMAIN.test(folded(typed)) ? domainToASCII(typed) : ''

/**
 * Reads an address as typed; says which part is too long and by how much. Letters go to the very mailbox that its
 * normal form names: compatibility characters are folded here (NFKC), and the domain is the one that was looked at.
 * What does not come back from its normal form is refused: an address has one.
 */
export function parseEmail(typed: string): Done<{ email: Email }> | Refused<EmailProblem> {
  const read = readAddress(typed)
  return !read.ok || comesBack(read.email) ? read : refused('address-not-one')
}

function comesBack(email: Email): boolean {
  const key = emailKey(email)
  const [again, fromKey] = [readAddress(email), readAddress(key)]
  return again.ok && again.email === email && fromKey.ok && emailKey(fromKey.email) === key
}

function readAddress(typed: string): Done<{ email: Email }> | Refused<EmailProblem> {
  const text = typed.trim()
  if (text === '') return refused('address-missing')
  const [, before = '', after = ''] = PARTS.exec(text) ?? []
  if (before === '') return refused('address-not-one')
  const local = folded(before)
  const ascii = asciiDomain(after)
  const domain = domainToUnicode(ascii) // empty as well where it is none
  const [localLength, domainLength] = [charactersIn(local), charactersIn(domain || folded(after))]
  if (localLength > LONGEST_PART) return refused('address-local-too-long', { limit: LONGEST_PART, has: localLength })
  if (domainLength > LONGEST_PART) return refused('address-domain-too-long', { limit: LONGEST_PART, has: domainLength })
  const isLocal = !UNWANTED.test(local) && !/^\.|\.\.|\.$|@/.test(local)
  const wellFormed = isLocal && isDomain(ascii) && domainToASCII(domain) === ascii
  return wellFormed ? done({ email: `${local}@${domain}` as Email }) : refused('address-not-one')
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i
/** In octets (RFC 1035, 2.3.4), without the root. */
const LONGEST_DOMAIN = 253
const isDomain = (ascii: string): boolean => {
  const labels = ascii.split('.')
  return (
    ascii.length <= LONGEST_DOMAIN &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  )
}

/**
 * Letters that are the lower case of none, and yet fold to another (Unicode, CaseFolding.txt, status C and S): final sigma,
 * iota below, forms of Cyrillic letters in old prints. `db/migrations` has the same list.
 */
const ALSO_FOLDED: ReadonlyMap<string, string> = new Map(
  [...'ς\u0345\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88'].map((from, n) => [from, 'σιвдосттъѣꙋ'[n] ?? '']),
)

/** Without its case: simple folding, so that ß and ss remain two, and İ as its lower case is written. */
const caseFolded = (text: string): string =>
  Array.from(text.toLowerCase(), (letter) => ALSO_FOLDED.get(letter) ?? letter).join('')

/** The normal form: without case, the domain in ASCII. */
export function emailKey(email: Email): EmailKey {
  const at = email.lastIndexOf('@')
  const local = caseFolded(email.slice(0, at))
  return `${normalForm(local, 'NFC', LONGEST_TYPED) ?? local}@${domainToASCII(email.slice(at + 1))}` as EmailKey
}

/** Spellings that a provider delivers to one mailbox, as it says itself; the first host stands for the others. */
const PROVIDERS: readonly { hosts: readonly string[]; ignores?: RegExp }[] = [
  // Gmail Help, "Dots don't matter in Gmail addresses"; googlemail.com is what Gmail was called in some countries.
  { hosts: ['gmail.com', 'googlemail.com'], ignores: /\./g },
  // Proton compares addresses so (ProtonMail/WebClients, `removeEmailAlias`); proton.me/support/addresses-and-aliases.
  { hosts: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'], ignores: /[._-]/g },
  // Apple Support 118230, "About your @icloud.com, @me.com, and @mac.com email addresses".
  { hosts: ['icloud.com', 'me.com', 'mac.com'] },
]
/** `bank@marie.fastmail.com` is `marie+bank@fastmail.com` (Fastmail Help, "Plus addressing and subdomain addressing"). */
const TAG_FIRST = /^[^@]+@([^@.]+)\.(fastmail\.(?:com|fm))$/

/**
 * Whether the same person reads both, as far as addresses can tell: the sub-address (`marie+bank@`, RFC 5233) does not
 * count, nor the spellings that large providers deliver to one mailbox. For back-up addresses alone: two accounts may
 * have addresses of one mailbox.
 */
export const isSameMailbox = (one: Email, other: Email): boolean => mailboxOf(one) === mailboxOf(other)

function mailboxOf(email: Email): string {
  const [local = '', host = ''] = emailKey(email)
    .replace(TAG_FIRST, '$1@$2')
    .split(/@(?=[^@]*$)/)
  const { hosts, ignores = '' } = PROVIDERS.find((provider) => provider.hosts.includes(host)) ?? { hosts: [host] }
  return `${local.replace(/(?<=.)\+.*$/, '').replaceAll(ignores, '')}@${hosts[0]}`
}

const KNOWN_DOMAINS = [
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'hotmail.fr',
  'hotmail.ca',
  'live.com',
  'live.ca',
  'msn.com',
  'yahoo.com',
  'yahoo.ca',
  'yahoo.fr',
  'icloud.com',
  'me.com',
  'mail.com',
  'ymail.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'gmx.com',
  'gmx.fr',
  'orange.fr',
  'wanadoo.fr',
  'free.fr',
  'sfr.fr',
  'laposte.net',
  'videotron.ca',
  'sympatico.ca',
  'bell.net',
  'rogers.com',
  'telus.net',
] as const

/** The address with the domain that was probably meant (`gmial.com`, `gmail.con`), if it looks mistyped. */
export function suggestAddress(email: Email): Email | undefined {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1).toLowerCase()
  if (KNOWN_DOMAINS.some((known) => known === domain)) return undefined
  const near = KNOWN_DOMAINS.find((known) => known.length > 6 && editDistance(known, domain) === 1)
  return near && (`${email.slice(0, at)}@${near}` as Email)
}

/** Letters added, dropped, replaced or swapped with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  const cell = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const best = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (same ? 0 : 1))
      rows[i]?.push(swapped ? Math.min(best, cell(i - 2, j - 2) + 1) : best)
    }
  }
  return cell(a.length, b.length)
}
