/** Phone numbers: what is accepted, how a number is shown, where it belongs. The only user of awesome-phonenumber. */
import {
  getCountryCodeForRegionCode,
  getSupportedRegionCodes,
  type PhoneNumberTypes,
  parsePhoneNumber,
} from 'awesome-phonenumber'
import { factsOf, type Language } from '../languages/languages.ts'
import { type Done, done, type Refused, refused } from '../outcome.ts'

declare const brand: unique symbol
/** A number that can be called from abroad, in the form of E.164: `+16135550123`. */
export type PhoneNumber = string & { readonly [brand]: 'PhoneNumber' }

export type NumberProblem =
  | 'number-missing'
  | 'number-unusable'
  | 'number-too-short'
  | 'number-too-long'
  | 'number-extension'
  /** Of a service: it costs its caller, or is nobody's own. */
  | 'number-of-a-service'

/** Two letters of ISO 3166-1. */
export type Country = string

const countries: ReadonlySet<string> = new Set(getSupportedRegionCodes())
export const isCountry = (code: string): boolean => countries.has(code)

/** Where a person with this language is taken to be, among the countries that are served. */
export function regionOf(language: Language, served: 'any' | readonly Country[] = 'any'): Country {
  const { region } = factsOf(language)
  return served === 'any' || served.includes(region) ? region : (served[0] ?? region)
}

/** `personal-number`: it follows somebody anywhere, at its caller's cost (+44 70). */
const OF_A_SERVICE: readonly PhoneNumberTypes[] = [
  'premium-rate',
  'shared-cost',
  'toll-free',
  'uan',
  'pager',
  'personal-number',
]
/** Longer than any number with whatever people write between the digits. */
const LONGEST_TYPED = 60
/** What is dialled before the country in most of the world (ITU-T E.123), where the region has another custom. */
const DIALLED_ABROAD = /^\s*00(?=\s*[1-9])/

/** Reads a number as typed: with + and its country, or as people of `region` write their own. */
export function parseNumber(typed: string, region: Country): Done<{ number: PhoneNumber }> | Refused<NumberProblem> {
  const text = typed.trim()
  if (text === '') return refused('number-missing')
  if (text.length > LONGEST_TYPED) return refused('number-too-long')
  const here = parsePhoneNumber(text, { regionCode: region })
  const found = here.valid ? here : parsePhoneNumber(text.replace(DIALLED_ABROAD, '+'), { regionCode: region })
  if (found.valid && found.number.rfc3966.includes(';ext=')) return refused('number-extension')
  if (found.valid && OF_A_SERVICE.includes(found.type)) return refused('number-of-a-service')
  if (found.valid) return done({ number: found.number.e164 as PhoneNumber })
  if (found.possibility === 'too-short' || found.possibility === 'too-long')
    return refused(`number-${found.possibility}`)
  return refused('number-unusable')
}

/**
 * What the number itself says: what was typed may have been read by the customs of another country. Undefined where a
 * newer version of the plans of countries no longer knows it.
 */
function planOf(number: PhoneNumber) {
  const found = parsePhoneNumber(number)
  return found.valid ? found : undefined
}

/** As it is dialled at home by people of this language, else with its country. */
export function numberShown(number: PhoneNumber, language: Language): string {
  const plan = planOf(number)
  if (!plan) return number
  const isHome = plan.countryCode === getCountryCodeForRegionCode(factsOf(language).region)
  return isHome ? plan.number.national : plan.number.international
}

/** By which its owner knows it, and nobody else does. */
export const lastDigits = (number: PhoneNumber): string => number.slice(-2)

/** Empty where it is of none. */
export const countryOf = (number: PhoneNumber): Country => planOf(number)?.regionCode ?? ''

/** False for a landline, which can only be called. */
export const takesTexts = (number: PhoneNumber): boolean => planOf(number)?.type !== 'fixed-line'

const DIGITS_IN_A_BLOCK = 4

/** The block of ten thousand that it was given out with: fraudsters who are paid per message own whole blocks. */
export const prefixOf = (number: PhoneNumber): string => number.slice(0, -DIGITS_IN_A_BLOCK)
