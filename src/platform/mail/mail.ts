/** A mail as it leaves, and who takes it: an SMTP server, or the inbox of development. */
import type { Language } from '../languages/languages.ts'

export type Mail = {
  /** Of the outbox: the same at every attempt, and in the Message-ID, so that a second copy is known as one. */
  id: string
  to: string
  language: Language
  template: string
  subject: string
  text: string
  html: string
  /** What the letter gives the person to use, where it gives something. */
  code: string | null
  link: string | null
}

export type Mailer = {
  /** Hands a mail over; answers what the other side said. @throws {RefusedForGood} when it never will take it */
  send(mail: Mail): Promise<string>
  close(): Promise<void>
}
