/** The answer to a request that cannot be read, or could not be answered: a page in words. */
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { defaultLanguage, defineTexts, factsOf, fallbacksOf, type Language, languages } from '../languages/languages.ts'

const texts = defineTexts('raw-error-page', {
  '400.title': 'This request cannot be read',
  '400.advice': 'Go back to where you came from and try again.',
  '408.title': 'The request took too long',
  '408.advice': 'Check your connection, then try again.',
  '413.title': 'That was too much at once',
  '413.advice': 'Go back and try again.',
  '421.title': 'This address leads to another machine',
  '421.advice': 'Open the service by its own address, the one it printed at its start.',
  '431.title': 'Your browser sent too much',
  '431.advice': 'Delete the cookies of this site, or open a shorter address, then try again.',
  '500.title': 'Something went wrong on our side',
  '500.advice': 'We have noted it. Try again in a minute.',
})

export const lastStatuses = [400, 408, 413, 421, 431, 500] as const
type Status = (typeof lastStatuses)[number]

/** The two sentences of a status. */
export function lastSentences(status: Status, language: Language): [title: string, advice: string] {
  const t = texts.in(language)
  return [t(`${status}.title`), t(`${status}.advice`)]
}

/** English first, then every other language; a variant is left out, where its readers find the language itself. */
const everyLanguage = (): Language[] => {
  const others = languages.map(({ code }) => code).filter((code) => fallbacksOf(code).length === 2)
  return [defaultLanguage, ...others]
}

/** The page of a status. It loads nothing. Without `language`, the reader's is not known: it says the same in all. */
export function rawErrorPage(status: Status, language?: Language): string {
  const spoken = language ? [language] : everyLanguage()
  const said = spoken.map((one) => {
    const [title, advice] = lastSentences(status, one)
    return `<section lang="${one}" dir="${factsOf(one).direction}"><h1>${title}</h1><p>${advice}</p></section>`
  })
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${status}</title>`
  return `<!doctype html><html lang="${spoken[0]}"><head>${head}</head><body>${said.join('')}</body></html>\n`
}

const statuses: Readonly<Record<string, Status>> = {
  HPE_HEADER_OVERFLOW: 431, // RFC 6585, section 5
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Answers what the parser refuses, where nothing else has begun to be said on that connection, and closes it. */
export function answerUnreadable(server: Server): void {
  const answers = new WeakMap<Duplex, ServerResponse>()
  server.on('request', ({ socket }, response) => void answers.set(socket, response))
  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket) => {
    const answer = answers.get(socket)
    const begun = answer?.headersSent && !answer.writableFinished
    if (begun || !socket.writable) socket.destroy()
    else socket.end(onTheWire(statuses[code] ?? 400), () => socket.destroy())
  })
}

function onTheWire(status: Status): string {
  const page = rawErrorPage(status)
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(page)}`,
    'Cache-Control: no-store',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    'X-Content-Type-Options: nosniff',
    'Referrer-Policy: no-referrer',
  ]
  return `${lines.join('\r\n')}\r\n\r\n${page}`
}
