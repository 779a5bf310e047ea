/** Carries a letter from the outbox to the mail server: written when it leaves, in the language of whom it goes to. */
import type { Language } from '../languages/languages.ts'
import type { Carrier } from '../outbox/dispatcher.ts'
import { type Readers, read } from '../outbox/outbox.ts'
import type { Mailer } from './mail.ts'

export type Written = { subject: string; html: string; text: string }
/** Writes each letter from its facts, by the name it is posted under. */
export type Writers = Readers<'mail', [language: Language], Written>

type ToUse = { code?: string | null; link?: string | null }

export const mailCarrier =
  (mailer: Mailer, writers: Writers): Carrier =>
  async (posted) => {
    const { id, name, to, language, facts } = posted
    const written = read<'mail', [Language], Written>(writers, posted, language)
    const { code = null, link = null }: ToUse = JSON.parse(facts)
    return mailer.send({ id, to, language, template: name, ...written, code, link })
  }
