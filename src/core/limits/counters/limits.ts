/**
 * Every limit there is: what is counted, for each what, in what time, how many, and what happens past it. An operator sets the
 * figures (docs/settings.md is made from this table); callers count under the name of a limit (counters/count.ts).
 */
import { type Duration, days, hours, minutes } from '../../../platform/clock.ts'

/** From the first that is counted. The others have no end by the clock. */
const windows = {
  'a minute': minutes(1),
  'a quarter of an hour': minutes(15),
  'an hour': hours(1),
  'a day': days(1),
  '400 days': days(400),
} as const satisfies Record<string, Duration>
type Timed = keyof typeof windows

/** `most`: the default, which an operator may change within `range`. `past`: what happens beyond it. */
type Limit = {
  setting: `PASSERELLE_${string}`
  counts: string
  per: string
  window: Timed | 'in a row' | 'any time' | 'while it works'
  most: number
  range: readonly [least: number, greatest: number]
  past: string
}

export const LIMITS = {
  'sign-in-waits': {
    setting: 'PASSERELLE_WAIT_FROM',
    counts: 'Failed sign-ins, of an account’s second factor apart',
    per: 'address, over all browsers its person has not used before',
    window: 'in a row',
    most: 4,
    range: [1, 100],
    past: 'From this one on each is followed by a wait (PASSERELLE_WAIT_SECONDS), twice as long each time.',
  },
  'sign-in-blocks': {
    setting: 'PASSERELLE_SIGN_IN_TRIES',
    counts: 'Failed sign-ins, of an account’s second factor apart',
    per: 'address, over all browsers its person has not used before',
    window: 'in a row',
    most: 10,
    range: [3, 100],
    past: 'Blocked in those browsers (PASSERELLE_BLOCK_MINUTES); the mailbox gets a letter that lifts it.',
  },
  'sign-in-off': {
    setting: 'PASSERELLE_PASSWORD_OFF_AFTER',
    counts: 'Failed sign-ins since the last that succeeded, of an account’s second factor apart',
    per: 'address, over all browsers its person has not used before',
    window: 'any time',
    most: 100,
    range: [10, 100],
    past: 'The password is off until it is reset (NIST SP 800-63B-4, 3.2.2: at most 100).',
  },
  'sign-in-network': {
    setting: 'PASSERELLE_NETWORK_TRIES',
    counts: 'Failed sign-ins in browsers that are not known',
    per: 'network',
    window: 'a quarter of an hour',
    most: 200,
    range: [10, 100_000],
    past: 'None is looked at without a proof of work.',
  },
  devices: {
    setting: 'PASSERELLE_NETWORK_TRIES',
    counts: 'Codes of devices that are typed (RFC 8628)',
    per: 'network; account, where somebody is signed in',
    window: 'a quarter of an hour',
    most: 200,
    range: [10, 100_000],
    past: 'Refused.',
  },
  'wrong-codes': {
    setting: 'PASSERELLE_WRONG_CODES_TOLD',
    counts: 'Wrong codes of a second factor after a right password',
    per: 'account and browser',
    window: 'in a row',
    most: 3,
    range: [1, 100],
    past: 'The mailbox is told, once.',
  },
  'code-tries': {
    setting: 'PASSERELLE_CODE_TRIES',
    counts: 'Tries of a code that was mailed, texted or said',
    per: 'code',
    window: 'while it works',
    most: 5,
    range: [1, 10],
    past: 'The code works no more.',
  },
  'link-tries': {
    setting: 'PASSERELLE_LINK_TRIES',
    counts: 'New passwords that are sent with a link to reset the password',
    per: 'link',
    window: 'while it works',
    most: 5,
    range: [1, 100],
    past: 'The link works no more.',
  },
  'work-network': {
    setting: 'PASSERELLE_CHALLENGE_NETWORK',
    counts: 'Failed sign-ins, unfinished sign-ups, requests for a new password, each kind by itself',
    per: 'network',
    window: 'a quarter of an hour',
    most: 50,
    range: [5, 1_000_000],
    past: 'Browsers there prove some work.',
  },
  'work-address': {
    setting: 'PASSERELLE_CHALLENGE_ADDRESS',
    counts: 'Unfinished sign-ups, requests for a new password, each kind by itself',
    per: 'address',
    window: 'a quarter of an hour',
    most: 20,
    range: [3, 1_000_000],
    past: 'Browsers that ask for it prove some work.',
  },
  'work-service': {
    setting: 'PASSERELLE_CHALLENGE_SERVICE',
    counts: 'Unfinished sign-ups, requests for a new password, each kind by itself',
    per: 'the service; of one site a twentieth at most',
    window: 'a quarter of an hour',
    most: 2_000,
    range: [10, 10_000_000],
    past: 'Browsers prove some work.',
  },
  failing: {
    setting: 'PASSERELLE_CHALLENGE_STUFFING',
    counts: 'Addresses whose sign-ins fail in browsers that are not known, more often than others succeed',
    per: 'the service; of one site a twentieth at most',
    window: 'a quarter of an hour',
    most: 50,
    range: [10, 1_000_000],
    past: 'Browsers that are not known prove some work to sign in.',
  },
  'dear-network': {
    setting: 'PASSERELLE_NETWORK_REQUESTS',
    counts: 'Unfinished sign-ups, requests for a new password, each kind by itself',
    per: 'network',
    window: 'a quarter of an hour',
    most: 3_000,
    range: [10, 1_000_000],
    past: 'The work is four times as much.',
  },
  'dear-address': {
    setting: 'PASSERELLE_ADDRESS_REQUESTS',
    counts: 'Unfinished sign-ups, requests for a new password, each kind by itself',
    per: 'address',
    window: 'a quarter of an hour',
    most: 100,
    range: [5, 1_000_000],
    past: 'The work is four times as much.',
  },
  'dear-service': {
    setting: 'PASSERELLE_SERVICE_REQUESTS',
    counts: 'Unfinished sign-ups, requests for a new password, each kind by itself',
    per: 'the service; of one site a twentieth at most',
    window: 'a quarter of an hour',
    most: 100_000,
    range: [10, 10_000_000],
    past: 'The work is four times as much.',
  },
  'trusted-requests': {
    setting: 'PASSERELLE_BROWSER_REQUESTS',
    counts:
      'Unfinished sign-ups, requests for a new password, each kind by itself, for an account that trusts the browser',
    per: 'browser',
    window: 'a quarter of an hour',
    most: 10,
    range: [1, 1_000],
    past: 'It proves some work as any other does.',
  },
  'waits-site': {
    setting: 'PASSERELLE_SITE_WAITS',
    counts: 'Half minutes that were waited in the place of a proof of work',
    per: 'site',
    window: 'a quarter of an hour',
    most: 10,
    range: [1, 10_000],
    past: 'The work has to be done.',
  },
  'waits-wide-network': {
    setting: 'PASSERELLE_WIDE_NETWORK_WAITS',
    counts: 'Half minutes that were waited in the place of a proof of work',
    per: 'wide network (IPv4 /16, IPv6 /32)',
    window: 'a quarter of an hour',
    most: 300,
    range: [1, 100_000],
    past: 'The work has to be done.',
  },
  'letters-minute': {
    setting: 'PASSERELLE_LETTERS_MINUTE',
    counts: 'Letters that anybody can cause (codes, links to reset a password)',
    per: 'address',
    window: 'a minute',
    most: 1,
    range: [1, 1_000],
    past: 'The next one waits for its end.',
  },
  'letters-hour': {
    setting: 'PASSERELLE_LETTERS_HOUR',
    counts: 'The same',
    per: 'address',
    window: 'an hour',
    most: 5,
    range: [2, 1_000],
    past: 'Not sent. Of these one a day is kept for a link to reset the password and one for a code, which work for a day.',
  },
  'letters-day': {
    setting: 'PASSERELLE_LETTERS_DAY',
    counts: 'The same',
    per: 'address',
    window: 'a day',
    most: 20,
    range: [2, 1_000],
    past: 'Not sent, but for the two that are kept.',
  },
  'confirm-codes': {
    setting: 'PASSERELLE_CONFIRM_CODES_DAY',
    counts: 'Codes that confirm a sign-in with a right password',
    per: 'account',
    window: 'a day',
    most: 20,
    range: [1, 1_000],
    past: 'Not sent, until there is a new password.',
  },
  'change-email-codes': {
    setting: 'PASSERELLE_EMAIL_CHANGE_CODES',
    counts: 'Codes to a new address that somebody asks for',
    per: 'account',
    window: 'a quarter of an hour',
    most: 10,
    range: [1, 1_000],
    past: 'Refused.',
  },
  'back-up-letters': {
    setting: 'PASSERELLE_BACK_UP_CODES_HOUR',
    counts: 'Codes to back-up addresses; in a browser that the account trusts apart',
    per: 'account',
    window: 'an hour',
    most: 10,
    range: [1, 1_000],
    past: 'Refused.',
  },
  'block-letters': {
    setting: 'PASSERELLE_BLOCK_LETTERS_DAY',
    counts: 'Letters that an address is blocked',
    per: 'account',
    window: 'a day',
    most: 3,
    range: [1, 100],
    past: 'Not sent.',
  },
  'support-letters': {
    setting: 'PASSERELLE_SUPPORT_LETTERS_DAY',
    counts: 'Letters that support was asked for',
    per: 'account',
    window: 'a day',
    most: 2,
    range: [1, 100],
    past: 'Not sent; the request is made.',
  },
  'recovery-letters': {
    setting: 'PASSERELLE_RECOVERY_LETTERS_HOUR',
    counts: 'Letters by which an account is taken back',
    per: 'account',
    window: 'an hour',
    most: 3,
    range: [1, 100],
    past: 'Not sent; the one before works.',
  },
  'data-letters': {
    setting: 'PASSERELLE_DATA_LETTERS_DAY',
    counts: 'Letters that the data of an account was downloaded',
    per: 'account',
    window: 'a day',
    most: 10,
    range: [1, 100],
    past: 'Not sent; the data is.',
  },
  'new-passwords': {
    setting: 'PASSERELLE_NEW_PASSWORDS',
    counts: 'New passwords that are hashed',
    per: 'account and network',
    window: 'a quarter of an hour',
    most: 100,
    range: [1, 10_000],
    past: 'Refused.',
  },
  'phone-account': {
    setting: 'PASSERELLE_PHONE_ACCOUNT_HOUR',
    counts: 'Texts and calls; in a browser that the account trusts apart',
    per: 'account',
    window: 'an hour',
    most: 10,
    range: [1, 1_000],
    past: 'Refused until the hour ends.',
  },
  'phone-number': {
    setting: 'PASSERELLE_PHONE_NUMBER_HOUR',
    counts: 'The same, of numbers to be set up and of sign-ins apart',
    per: 'number',
    window: 'an hour',
    most: 10,
    range: [1, 1_000],
    past: 'Refused until the hour ends.',
  },
  'phone-network': {
    setting: 'PASSERELLE_PHONE_NETWORK_HOUR',
    counts: 'Texts and calls whose codes are not entered',
    per: 'network',
    window: 'an hour',
    most: 100,
    range: [1, 100_000],
    past: 'Refused until the hour ends, but for who has entered a code before.',
  },
  'phone-block': {
    setting: 'PASSERELLE_PHONE_BLOCK_HOUR',
    counts: 'Texts and calls, of numbers to be set up and of sign-ins apart',
    per: 'block of ten thousand numbers',
    window: 'an hour',
    most: 50,
    range: [1, 100_000],
    past: 'Refused until the hour ends, but for who has entered a code before.',
  },
  'phone-block-day': {
    setting: 'PASSERELLE_PHONE_BLOCK_DAY',
    counts: 'The same',
    per: 'block of ten thousand numbers',
    window: 'a day',
    most: 20,
    range: [1, 100_000],
    past: 'Refused, where fewer than one in ten were entered, but for who has entered a code before.',
  },
  'phone-service-day': {
    setting: 'PASSERELLE_PHONE_SERVICE_DAY',
    counts: 'The same',
    per: 'the service',
    window: 'a day',
    most: 40,
    range: [1, 1_000_000],
    past: 'Where fewer than one in three were entered, a block from which none was gets one text or call.',
  },
  'phone-share': {
    setting: 'PASSERELLE_PHONE_SHARE_DAY',
    counts: 'Texts and calls that count for a block and the service in a day',
    per: 'account, network; number, of those that are entered',
    window: 'a day',
    most: 3,
    range: [1, 1_000],
    past: 'Further ones do not count there.',
  },
  'phone-unentered': {
    setting: 'PASSERELLE_PHONE_UNENTERED',
    counts: 'Texts and calls since the last code that was entered',
    per: 'account, of a number to be set up; number, of a sign-in',
    window: '400 days',
    most: 3,
    range: [1, 100],
    past: 'Nobody is known any more for having entered a code before.',
  },
  'written-attempts': {
    setting: 'PASSERELLE_ATTEMPTS_WRITTEN_DAY',
    counts: 'Attempts that failed, each kind by itself',
    per: 'account; site, where there is none',
    window: 'a day',
    most: 10,
    range: [1, 1_000],
    past: 'The audit log has the next when they are twice as many, four times as many, and so on.',
  },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS
export const limitNames = keysOf(LIMITS)

function keysOf<Of extends object>(of: Of) {
  const keys: Extract<keyof Of, string>[] = []
  for (const key in of) keys.push(key)
  return keys
}

/** What a rule needs that counts under these names. */
export type LimitFigures<Name extends LimitName> = { limits: Readonly<Record<Name, number>> }

export type TimedName = { [Name in LimitName]: (typeof LIMITS)[Name]['window'] extends Timed ? Name : never }[LimitName]
/** In what time it is counted. */
export const windowOf = (name: TimedName): Duration => windows[LIMITS[name].window]

/** The first is never above the second, where an operator sets both. */
export const IN_ORDER = [
  ['sign-in-blocks', 'sign-in-off'],
  ['letters-minute', 'letters-hour'],
  ['letters-hour', 'letters-day'],
  ['waits-site', 'waits-wide-network'],
  ['phone-block-day', 'phone-service-day'],
  ['phone-share', 'phone-block-day'],
] as const satisfies readonly (readonly [LimitName, LimitName])[]
