/** Which language of the service fits what somebody asks for. */
import { type Language, languages } from './languages.ts'

/** In code units: what RFC 5646 (section 4.4.1) has everybody take. */
const LONGEST_TAG = 35

/** `zh-TW` is written as `zh-Hant`, by the likely subtags of Unicode; empty for what is no tag. */
function withItsScript(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    return `${language}-${script}`
  } catch {
    return ''
  }
}

const NAMES_SCRIPT = /-[a-z]{4}(?:-|$)/i

const codesOfAll = languages.map(({ code }) => code)

/**
 * The language of the service that fits a tag best: the one named by as many of its first subtags as can be (RFC 4647,
 * section 3.4), `fr` for `fr-BE`; before its language alone, the one in the script that its country writes.
 */
export function matchLanguage(tag: string, codes: readonly Language[] = codesOfAll): Language | undefined {
  const subtags = tag.slice(0, LONGEST_TAG).split('-')
  const shorter = subtags.map((_, n) => subtags.slice(0, subtags.length - n).join('-'))
  const inItsScript = codes.some((code) => NAMES_SCRIPT.test(code)) ? [withItsScript(shorter[0] ?? '')] : []
  const wanted = [...shorter.slice(0, -1), ...inItsScript, ...shorter.slice(-1)]
  return wanted
    .map((one) => codes.find((code) => code.toLowerCase() === one.toLowerCase()))
    .find((code) => code !== undefined)
}

/** The first of a list of tags that the service speaks: `ui_locales`, or a parsed Accept-Language. */
export const firstLanguage = (tags: readonly string[]): Language | undefined =>
  tags.map((tag) => matchLanguage(tag)).find((language) => language !== undefined)

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
