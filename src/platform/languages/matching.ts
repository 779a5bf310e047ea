/** Which language of the service fits what somebody asks for. */
import { type Language, languages } from './languages.ts'

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
