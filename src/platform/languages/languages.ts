/** The languages of the service, and how a text finds its words. English stands in the slices, the others in locales/. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { packageRoot } from '../package-root.ts'

export const languages = [
  { code: 'fr-CA', name: 'Français (Canada)', dir: 'ltr' },
  { code: 'fr', name: 'Français (France)', dir: 'ltr' },
  { code: 'en', name: 'English', dir: 'ltr' },
] as const

export type Language = (typeof languages)[number]['code']
export const defaultLanguage: Language = 'en'

/** The sheets of translation: slice, then key, then an ICU message. */
export type Sheet = Record<string, Record<string, string>>
const readSheet = (code: Language): Sheet =>
  JSON.parse(readFileSync(join(packageRoot, 'locales', `${code}.json`), 'utf8'))
export const sheets: Record<Exclude<Language, 'en'>, Sheet> = { 'fr-CA': readSheet('fr-CA'), fr: readSheet('fr') }

type Values = Record<string, string | number>
export type Translate<Key extends string = string> = (key: Key, values?: Values) => string
export type Texts<Key extends string = string> = { in(language: Language): Translate<Key> }

/** Every set of texts defined so far, by slice: what the tests of translation go through. */
export const definedTexts = new Map<string, Record<string, string>>()

/**
 * Declares the texts of a slice: ICU messages in English, by key. `texts.in(language)` gives the function
 * that says them; a language that lacks one says it in English rather than not at all.
 */
export function defineTexts<const English extends Record<string, string>>(
  slice: string,
  english: English,
): Texts<keyof English & string> {
  definedTexts.set(slice, english)
  const formats = new Map<string, IntlMessageFormat>()
  const message = (language: Language, key: string): string => {
    const translated = language === 'en' ? undefined : sheets[language][slice]?.[key]
    const words = translated ?? english[key]
    if (words === undefined) throw new Error(`no text ${slice}.${key}`)
    return words
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

/** The language of the service that fits a BCP 47 tag best: `fr-BE` is served in `fr`, `en-GB` in `en`. */
export function matchLanguage(tag: string): Language | undefined {
  const wanted = tag.toLowerCase()
  const primary = wanted.split('-')[0]
  const exact = languages.find(({ code }) => code.toLowerCase() === wanted)
  return (exact ?? languages.find(({ code }) => code === primary))?.code
}

/** The first of a list of tags that the service speaks: `ui_locales`, or a parsed Accept-Language. */
export const firstLanguage = (tags: readonly string[]): Language | undefined =>
  tags.map(matchLanguage).find((language) => language !== undefined)

/** The tags of an Accept-Language header, most wanted first (RFC 9110, section 12.5.4). */
export function acceptedTags(header: string): string[] {
  return header
    .slice(0, 500)
    .replace(/,[^,]*$/s, (last) => (header.length > 500 ? '' : last))
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((p) => p.trim()).find((p) => /^q=/i.test(p))
      return { tag: tag.trim(), quality: quality ? Number(quality.slice(2)) : 1 }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}
