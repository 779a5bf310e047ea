/** Texts of others, where they come in and where they leave: nothing in them steers a terminal, a log or a letter. */

// Control characters (U+0000 to U+001F, U+007F to U+009F, among them U+009B, which begins a command to a terminal), line and paragraph
// separators, and bidi control characters, implicit marks included (UAX #9, sections 2.1 to 2.6).
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/** On one line: a space in place of whatever is not seen. */
export const oneLine = (text: string): string => text.replaceAll(UNSEEN, ' ').replace(/ {2,}/g, ' ').trim()

/** A text of several lines, with its line breaks, and without other control characters. */
export const visible = (text: string): string => text.replaceAll(UNSEEN, (sign) => (sign === '\n' ? sign : ' '))

/** JSON on one line that says the same and is plain to see: what JSON.stringify leaves as it is, is escaped (RFC 8259, section 7). */
export const plainJson = (json: string): string =>
  json.replaceAll(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

// Not what stands behind a slash: node_modules/@hono.
const ADDRESS = /(?<![^\s<>(),;:/\\])[^\s<>(),;:/\\]+(?:@|%40)[^\s"'<>(),;]+/gi
const NUMBER = /\+\d[\d ()-]{6,}\d/g

/** For a log: no longer than `most`, with addresses and numbers of people left out. */
export const withoutPeople = (text: string, most = 500): string =>
  text.slice(0, most).replaceAll(ADDRESS, '…@…').replaceAll(NUMBER, '+…')
