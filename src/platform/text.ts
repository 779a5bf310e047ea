/**
 * Text from outside: its length is looked at before any other work. Normalisation sorts runs of combining marks (UAX #15),
 * and takes a time that grows with the square of such a run; so do some regular expressions and parsers.
 */

/** In code points, which is what people are told and limits count. */
export function charactersIn(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/**
 * The normal form of a text of at most `most` UTF-16 code units; undefined where it is longer. The only use of
 * `String.normalize`. A form composed (NFC, NFKC) has at least one character for four units of what was typed.
 */
export const normalForm = (text: string, form: 'NFC' | 'NFD' | 'NFKC', most: number): string | undefined =>
  text.length > most ? undefined : text.normalize(form)

/** Four times the longest code there is, with whatever people type in between. */
const LONGEST_CODE = 100

/** A code as it was typed, without the spaces and dashes that it was shown with; empty where no code is that long. */
export const codeTyped = (typed: string): string => (typed.length > LONGEST_CODE ? '' : typed.replaceAll(/[\s-]/g, ''))

/** Control characters (U+0000 to U+001F, U+007F to U+009F), or a half of a character: in no name, no password, and nothing that is searched. */
export const hasControls = (text: string): boolean => /[\p{Cc}\p{Cs}]/u.test(text)

/** Without the character NUL and halves of a character: PostgreSQL keeps every other one, in text and in JSON. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Cs}/u.test(text)

/** A JSON text of at most `most` code units, all of it storable; undefined where it is none. */
export function readJson(text: string, most: number) {
  if (text.length > most) return undefined
  try {
    const value = JSON.parse(text)
    return unstorableIn(value) === undefined ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Under which name of a value of JSON there is a text that cannot be stored, names included; empty where the value itself
 * is one, undefined where all can be. Deep nesting costs no stack.
 */
export function unstorableIn(value: unknown): string | undefined {
  const left = [{ under: '', value }]
  for (let one = left.pop(); one; one = left.pop()) {
    const { under, value: here } = one
    if (typeof here === 'string' && !isStorable(here)) return under
    if (typeof here !== 'object' || here === null) continue
    for (const [name, inside] of Object.entries(here)) {
      if (!isStorable(name)) return under
      left.push({ under: under || name, value: inside })
    }
  }
  return undefined
}
