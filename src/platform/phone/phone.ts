/** A text or a call as it leaves, and who carries it: a provider, or the inbox of development. */

import type { Language } from '../languages/languages.ts'
import { RefusedForGood } from '../outbox/dispatcher.ts'

/** A text message, or a call in which a voice speaks. */
export type Channel = 'sms' | 'voice'

export type PhoneMessage = {
  /** Of the outbox: the same at every attempt. */
  id: string
  channel: Channel
  /** E.164. */
  to: string
  language: Language
  template: string
  /** Of a call: as it is spoken, the digits of a code one by one. */
  text: string
  /** What the message gives the person to type, where it gives something. */
  code: string | null
}

export type Phone = {
  /** Hands a message over; answers what the provider said. @throws {RefusedForGood} when it never will take it */
  send(message: PhoneMessage): Promise<string>
}

/** Where no provider is set. */
export const noPhone: Phone = {
  async send() {
    throw new RefusedForGood('SMS_URL is not set')
  },
}
