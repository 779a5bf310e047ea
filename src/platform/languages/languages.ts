/**
 * The languages of the service, and how a text finds its words. A language is one file in locales/: what belongs to it,
 * then its sheet. The English texts are in the slices.
 */
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { packageRoot } from '../package-root.ts'

/** The tag (BCP 47) of a language. In one that has no file here, everything is said in English. */
export type Language = string

export type LanguageFacts = {
  code: Language
  /** In the language itself. */
  name: string
  direction: 'ltr' | 'rtl'
  /** Two letters of ISO 3166-1: a phone number typed without its country is of this one. */
  region: string
  /** The tag of the voice that reads codes out on the phone. */
  voice: string
}

/** The texts of a language, or those in which it differs from its fallback: slice, then key, then an ICU message. */
export type Sheet = Record<string, Record<string, string>>

const folder = join(packageRoot, 'locales')
const fileOf = (code: string): string => join(folder, `${code}.json`)

/** In bytes: what belongs to a language comes first in its file, and is shorter. */
const LONGEST_FACTS = 500

/** What belongs to a language, without the rest of its file. @throws one line, if the file does not begin with it */
function readFacts(code: string): LanguageFacts {
  const file = openSync(fileOf(code), 'r')
  const start = Buffer.alloc(LONGEST_FACTS)
  readSync(file, start)
  closeSync(file)
  const [, facts] = /^\{\s*"language": (\{[^}]*\})/.exec(start.toString('utf8')) ?? []
  if (!facts) throw new Error(`locales/${code}.json must begin with "language"`)
  return { code, ...JSON.parse(facts) }
}

/** In the order of their names. */
export const languages: readonly LanguageFacts[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => readFacts(file.slice(0, -'.json'.length)))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'))

export const defaultLanguage: Language = 'en'

const byCode = new Map(languages.map((language) => [language.code, language]))

export const factsOf = (language: Language): LanguageFacts => byCode.get(language) ?? factsOf(defaultLanguage)

/** The language itself, then what stands in for it: `fr-CA` falls back to `fr` (RFC 4647, section 3.4), all to English. */
export function fallbacksOf(language: Language): Language[] {
  const subtags = language.split('-')
  const shorter = subtags.map((_, index) => subtags.slice(0, subtags.length - index).join('-'))
  return [...shorter.filter((code) => byCode.has(code) && code !== defaultLanguage), defaultLanguage]
}

const sheets = new Map<Language, Sheet>()

/** Read when the first text is said in the language, and kept. */
export function sheetOf(language: Language): Sheet {
  const kept = sheets.get(language)
  if (kept) return kept
  const { language: _, ...sheet } = JSON.parse(readFileSync(fileOf(language), 'utf8'))
  sheets.set(language, sheet)
  return sheet
}

type Values = Record<string, string | number>
export type Translate<Key extends string = string> = (key: Key, values?: Values) => string
export type Texts<Key extends string = string> = { in(language: Language): Translate<Key> }

/** Every set of texts defined so far, by slice: what the tests of translation go through. */
export const definedTexts = new Map<string, Record<string, string>>()

/**
 * Declares the texts of a slice: ICU messages in English, by key. `texts.in(language)` gives the function that says
 * them; a text that a language lacks is said in the next of its fallbacks rather than not at all.
 */
export function defineTexts<const English extends Record<string, string>>(
  slice: string,
  english: English,
): Texts<keyof English & string> {
  definedTexts.set(slice, english)
  const formats = new Map<string, IntlMessageFormat>()
  const message = (language: Language, key: string): string => {
    for (const one of fallbacksOf(language)) {
      const words = sheetOf(one)[slice]?.[key]
      if (words !== undefined) return words
    }
    if (english[key] === undefined) throw new Error(`no text ${slice}.${key}`)
    return english[key]
  }
  const say = (language: Language, key: string, values: Values = {}): string => {
    const name = `${language} ${key}`
    const format =
      formats.get(name) ?? new IntlMessageFormat(message(language, key), language, undefined, { ignoreTag: true })
    formats.set(name, format)
    return String(format.format(values))
  }
  return { in: (language) => (key, values) => say(language, key, values) }
}
