/** Carries a letter from the outbox to the mail server: written when it leaves, in the language of whom it goes to. */
import type { Language } from '../languages/languages.ts'
import type { Carrier } from '../outbox/dispatcher.ts'
import type { Mailer } from './mail.ts'

export type Written = { subject: string; html: string; text: string }
/** Writes a letter from its facts, as JSON. */
export type Writer = (language: Language, facts: string) => Written

type ToUse = { code?: string; link?: string }

export const mailCarrier =
  (mailer: Mailer, writers: Readonly<Record<string, Writer>>): Carrier =>
  async ({ id, name, to, language, facts }) => {
    const write = writers[name]
    if (!write) throw new Error(`nobody writes the letter ${name}`)
    const { code, link }: ToUse = JSON.parse(facts)
    const toUse = { code: code ?? null, link: link ?? null }
    return mailer.send({ id, to, language, template: name, ...write(language, facts), ...toUse })
  }
