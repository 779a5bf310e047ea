/** Takes the place of the mail server and of the phones in development: what would have left is kept here, to be looked at. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../src/platform/clock.ts'
import type { Mailer } from '../../src/platform/mail/mail.ts'
import type { Phone } from '../../src/platform/phone/phone.ts'

export type Entry = {
  /** Of the outbox. */
  id: string
  channel: 'mail' | 'sms' | 'voice'
  to: string
  locale: string
  template: string
  subject: string
  text: string
  html: string
  code: string | null
  link: string | null
  /** ISO 8601, by the clock of the service. */
  sentAt: string
}

export type Inbox = Mailer & {
  /** Takes texts and calls. */
  phone: Phone
  /** The newest first; with `to`, what went to that address or number, in whatever case it is written. */
  list(to?: string): Entry[]
  clear(): void
}

const MOST = 500

/**
 * An inbox of the newest 500; what is delivered once more under the same id replaces what came before. With a folder
 * it outlives the process, in `inbox.jsonl`, which only its owner may read: there are codes in it.
 */
export function makeInbox(folder: string | undefined, clock: Clock): Inbox {
  const file = folder === undefined ? undefined : join(folder, 'inbox.jsonl')
  const entries = new Map<string, Entry>()
  let lines = 0

  const keep = (entry: Entry): void => {
    entries.delete(entry.id)
    entries.set(entry.id, entry)
    const [oldest] = entries.keys()
    if (entries.size > MOST && oldest !== undefined) entries.delete(oldest)
  }
  const rewrite = (): void => {
    if (file) writeFileSync(file, [...entries.values()].map(lineOf).join(''), { mode: 0o600 })
    lines = entries.size
  }
  if (folder !== undefined && file) {
    mkdirSync(folder, { recursive: true })
    for (const entry of existsSync(file) ? read(file) : []) keep(entry)
    rewrite()
  }
  const take = (entry: Omit<Entry, 'sentAt'>): string => {
    const dated = { ...entry, sentAt: clock.now().toISOString() }
    if (file) appendFileSync(file, lineOf(dated), { mode: 0o600 })
    keep(dated)
    lines += 1
    if (lines > 2 * MOST) rewrite()
    return 'kept in the development inbox'
  }
  return {
    async send({ id, to, language, template, subject, text, html, code, link }) {
      return take({ id, channel: 'mail', to, locale: language, template, subject, text, html, code, link })
    },
    phone: {
      async send({ id, channel, to, language, template, text, code }) {
        return take({ id, channel, to, locale: language, template, subject: '', text, html: '', code, link: null })
      },
    },
    list(to) {
      const newestFirst = [...entries.values()].reverse()
      return to === undefined ? newestFirst : newestFirst.filter((entry) => folded(entry.to) === folded(to))
    },
    clear() {
      entries.clear()
      rewrite()
    },
    async close() {},
  }
}

const folded = (address: string): string => address.trim().normalize('NFC').toLowerCase()
const lineOf = (entry: Entry): string => `${JSON.stringify(entry)}\n`

/** A process that was killed while it wrote leaves half a line: what cannot be read is left out. */
const read = (file: string): Entry[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line)]
      } catch {
        return []
      }
    })
