/** What texts and calls say that every way of signing in shares: the gallery and the tests go through this list. */
import type { Language } from '../../platform/languages/languages.ts'
import type { Channel } from '../../platform/phone/phone.ts'
import { phoneCode } from './phone-code.ts'

/** What stands on the phone, or is spoken. */
export type MessageSample = (language: Language) => string

const code =
  (channel: Channel): MessageSample =>
  (language) =>
    phoneCode('https://account.example.com')(channel, language, {
      brand: { name: 'Passerelle' },
      code: '482913',
      minutes: 10,
    })

export const messages: Record<string, MessageSample> = { 'code by text': code('sms'), 'code by call': code('voice') }
