/** What a text and a call say that give a code. A text fits the 160 characters of the GSM alphabet (3GPP TS 23.038). */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { PhoneMessages } from '../../platform/outbox/outbox.ts'
import type { Channel } from '../../platform/phone/phone.ts'

const texts = defineTexts('phone-code', {
  text: '{code} is your {brand} code. It works for {minutes, plural, one {# minute} other {# minutes}}. Never give it to anybody.',
  call: 'Hello. This is {brand}. Your code is {digits}. Never give it to anybody.',
})

/** `origin`: of the pages the code is typed on. */
export const phoneCode =
  (origin: string) =>
  (channel: Channel, language: Language, { brand, code, minutes }: PhoneMessages['phone-code']): string => {
    const t = texts.in(language)
    if (channel === 'voice') return t('call', { brand: brand.name, digits: [...code].join(', ') })
    return plain(t('text', { brand: brand.name, code, minutes })) + boundTo(origin, code)
  }

/** One character outside of the GSM alphabet, and the message costs double: the finer ones of print are not worth it. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('\u2019', "'")

/** The last line of an origin-bound one-time code: phones offer the code on the pages of this host, and on no other. */
function boundTo(origin: string, code: string): string {
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' ? `\n\n@${hostname} #${code}` : ''
}
