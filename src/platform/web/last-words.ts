/** The answer to a request that cannot be read, or could not be answered: a page in words, in two languages since not even that is known. */
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Language } from '../languages/languages.ts'

type Status = 400 | 408 | 413 | 421 | 431 | 500
type Words = readonly [title: string, advice: string]

const words: Record<Status, Partial<Record<Language, Words>>> = {
  400: {
    en: ['This request cannot be read', 'Go back to where you came from and try again.'],
    'fr-CA': ['Cette demande est illisible', 'Retournez à la page d’où vous veniez, puis réessayez.'],
  },
  408: {
    en: ['The request took too long', 'Check your connection, then try again.'],
    'fr-CA': ['La demande a pris trop de temps', 'Vérifiez votre connexion, puis réessayez.'],
  },
  413: {
    en: ['That was too much at once', 'Go back and try again.'],
    'fr-CA': ['C’était trop à la fois', 'Revenez en arrière, puis réessayez.'],
  },
  421: {
    en: [
      'This address leads to another machine',
      'Open the service by its own address, the one it printed at its start.',
    ],
    'fr-CA': [
      'Cette adresse mène à une autre machine',
      'Ouvrez le service par sa propre adresse, celle qu’il a affichée au démarrage.',
    ],
  },
  431: {
    en: ['Your browser sent too much', 'Delete the cookies of this site, or open a shorter address, then try again.'],
    'fr-CA': [
      'Votre navigateur a trop envoyé',
      'Supprimez les témoins (cookies) de ce site, ou ouvrez une adresse plus courte, puis réessayez.',
    ],
  },
  500: {
    en: ['Something went wrong on our side', 'We have noted it. Try again in a minute.'],
    'fr-CA': ['Quelque chose n’a pas marché de notre côté', 'Nous l’avons noté. Réessayez dans une minute.'],
  },
}

/** The page of a status. It loads nothing. */
export function lastWords(status: Status): string {
  const said = Object.entries(words[status]).map(
    ([language, [title, advice]]) => `<section lang="${language}"><h1>${title}</h1><p>${advice}</p></section>`,
  )
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${status}</title>`
  return `<!doctype html><html lang="en"><head>${head}</head><body>${said.join('')}</body></html>\n`
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
  const page = lastWords(status)
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
