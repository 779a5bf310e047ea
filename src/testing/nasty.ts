/** Texts that cost more than they are long, where something looks at them before it looks at their length. */
import { readFileSync } from 'node:fs'

/** What is said over and over; `end` comes last, so that an expression that has matched so far fails there. */
const kinds: Record<string, { start?: string; unit: string; end?: string }> = {
  'combining marks in the wrong order': { start: 'a', unit: '\u0327\u0301' },
  'Hangul in pieces': { unit: '\u1100\u1161\u11a8' },
  'what compatibility makes eighteen of': { unit: '\ufdfa' },
  'letters and a sign': { unit: 'a', end: '!' },
  'spaces, and something at the end': { start: 'x', unit: ' ', end: 'x' },
  'spaces of other kinds': { start: 'x', unit: '\u00a0\u3000\u2003', end: 'x' },
  'characters beyond 16 bits': { unit: '\u{1d54f}' },
  'controls of direction': { unit: '\u202e\u2066\u2069' },
  'at signs': { start: 'a', unit: '@', end: '!' },
  'an address of many labels': { start: 'a@', unit: 'a.' },
  'labels of IDNA': { start: 'a@', unit: 'é\u0301.', end: 'ca' },
  dots: { start: 'a', unit: '.', end: 'a' },
  'one digit': { unit: '1', end: '!' },
  dashes: { start: '1', unit: '-', end: 'x' },
  'percent signs': { unit: '%' },
  'halves of an encoded character': { unit: '%c3' },
  'brackets of JSON': { unit: '[' },
  'objects in objects': { unit: '{"a":' },
  'base64 of zeros': { unit: 'AAAA', end: '=' },
  'qualities of languages': { unit: 'fr;q=0.1,' },
  semicolons: { unit: 'a=b; ' },
  slashes: { start: '/', unit: '/../', end: '\\' },
  'tags of HTML': { unit: '<script>"&\'' },
  'marks of a value in a sentence': { unit: '\u2068' },
  'letters that grow in lower case': { unit: 'İ' },
}

/** Each kind as a text of about so many bytes as it is `written` in UTF-8, and never more. */
export function nastyTexts(bytes: number, written = (text: string): string => text): [kind: string, text: string][] {
  const sizeOf = (text: string): number => Buffer.byteLength(written(text))
  return Object.entries(kinds).map(([kind, { start = '', unit, end = '' }]) => {
    const times = Math.floor((bytes - sizeOf(start + end)) / sizeOf(unit))
    return [kind, start + unit.repeat(times) + end]
  })
}

/**
 * How long this thread has worked until now, in milliseconds: neither other threads, nor the time in which other programs
 * had the processor. Linux tells it, another system the time of the whole process.
 */
function workedMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ', 1)) / 1e6
  } catch {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e3
  }
}

/** How long this thread works until `deed` is done; the least of three, where it is over `most`: the first may compile. */
export async function workOf<Result>(most: number, deed: () => Promise<Result> | Result) {
  let least = Number.POSITIVE_INFINITY
  for (let times = 0; times < 3 && least > most; times++) {
    const before = workedMs()
    await deed()
    least = Math.min(least, workedMs() - before)
  }
  return least
}

/** Of the thread that serves, the sending included: no request may hold up the others for longer. */
const MOST_MS = 50

/** Sends a request, once or again. */
export type Sent = () => Promise<{ status: number }>

/** What went wrong with those requests, if anything did. */
export async function wrongWith(requests: AsyncIterable<[what: string, send: Sent]>): Promise<string[]> {
  const wrong: string[] = []
  for await (const [what, send] of requests) {
    const worked = await workOf(MOST_MS, async () => {
      const status = await send().then(
        (answer) => answer.status,
        (error: Error) => String(error.cause),
      )
      if (typeof status === 'string' || status >= 500) wrong.push(`${what}: ${status}`)
    })
    if (worked > MOST_MS) wrong.push(`${what}: ${Math.round(worked)} ms`)
  }
  return wrong
}
