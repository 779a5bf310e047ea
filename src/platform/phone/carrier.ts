/** Carries a text or a call from the outbox to its provider: written when it leaves, in the language of whom it goes to. */
import type { Language } from '../languages/languages.ts'
import type { Carrier } from '../outbox/dispatcher.ts'
import type { Channel, Phone } from './phone.ts'

/** Says a message, from its facts as JSON, as it is read or as it is spoken. */
export type Wording = (channel: Channel, language: Language, facts: string) => string

type ToUse = { code?: string }

export const phoneCarrier =
  (phone: Phone, channel: Channel, wordings: Readonly<Record<string, Wording>>): Carrier =>
  async ({ id, name, to, language, facts }) => {
    const word = wordings[name]
    if (!word) throw new Error(`nobody words the message ${name}`)
    const { code }: ToUse = JSON.parse(facts)
    const text = word(channel, language, facts)
    return phone.send({ id, channel, to, language, template: name, text, code: code ?? null })
  }
