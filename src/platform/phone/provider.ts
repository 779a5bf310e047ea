/** The provider that SMS_URL names. */
import { systemClock } from '../clock.ts'
import type { Phone } from './phone.ts'
import { makeTwilio } from './twilio.ts'
import { makeWebhook } from './webhook.ts'

export type Provider = Phone & {
  /** How messages leave, fit to be shown. */
  about: string
}

/** @throws {Error} one line that names the setting and repeats nothing of it */
export function makeProvider(text: string): Provider {
  const url = parse(text)
  try {
    if (url.protocol === 'twilio:') return { ...makeTwilio(url), about: `Twilio's API at ${url.host}` }
    return { ...makeWebhook(url, systemClock), about: `a webhook at ${url.host}` }
  } catch (error) {
    // A % that is no escape.
    throw error instanceof URIError ? new Error('SMS_URL must have special characters as %40') : error
  }
}

function parse(text: string): URL {
  if (!URL.canParse(text)) throw new Error('SMS_URL must be a URL, special characters as %40')
  return new URL(text)
}
