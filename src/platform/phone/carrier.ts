/** Carries a text or a call from the outbox to its provider: written when it leaves, in the language of whom it goes to. */
import type { Language } from '../languages/languages.ts'
import type { Carrier } from '../outbox/dispatcher.ts'
import { type Readers, read } from '../outbox/outbox.ts'
import type { Channel, Phone } from './phone.ts'

/** Says each message from its facts, by the name it is posted under, as it is read or as it is spoken. */
export type Wordings = Readers<'sms', [channel: Channel, language: Language], string>

type ToUse = { code?: string | null }

export const phoneCarrier =
  (phone: Phone, channel: Channel, wordings: Wordings): Carrier =>
  async (posted) => {
    const { id, name, to, language, facts } = posted
    const text = read<'sms', [Channel, Language], string>(wordings, posted, channel, language)
    const { code = null }: ToUse = JSON.parse(facts)
    return phone.send({ id, channel, to, language, template: name, text, code })
  }
