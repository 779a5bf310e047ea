/** Texts and calls by Twilio's API of 2010-04-01, or by a service that speaks the same. */
import { z } from 'zod'
import type { Duration } from '../clock.ts'
import { factsOf } from '../languages/languages.ts'
import { RefusedForGood } from '../outbox/dispatcher.ts'
import { readJson } from '../text.ts'
import { ANSWERS_WITHIN, type Answer, exchange, isLoopback, readable } from './exchange.ts'
import type { Phone, PhoneMessage } from './phone.ts'

/** Errors that no other attempt changes: the number is none, cannot be reached, or has opted out. */
const NEVER: readonly number[] = [
  21211, // the number is not valid
  21214, // it cannot be called
  21217, // it does not appear to be valid
  21265, // it is a short code
  21610, // its owner has answered STOP
  21612, // no way leads to it
  21614, // it is no mobile
  21635, // it is a landline
  13223, // it is not a number that can be called
  13224, // the same, after it was looked up
]

/** Said once, and repeated twice: who picks up has to find a pencil. */
const TIMES = 3

const FORM = 'SMS_URL must be twilio://SID:TOKEN@api.twilio.com?from=+15145550100'

/** @throws {Error} one line, without the URL, which has the login in it */
export function makeTwilio(url: URL, patience: Duration = ANSWERS_WITHIN): Phone {
  const [sid, token] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  // In a query a bare + reads as a space.
  const from = (url.searchParams.get('from') ?? '').trim().replace(/^\+?/, '+')
  const isWhole = /^\w+$/.test(sid) && token !== '' && url.hostname !== '' && /^\+[1-9]\d{6,14}$/.test(from)
  if (!isWhole || /[^/]/.test(url.pathname + url.hash)) throw new Error(FORM)
  const account = `${isLoopback(url.hostname) ? 'http' : 'https'}://${url.host}/2010-04-01/Accounts/${sid}`
  const headers = {
    Authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  }
  return {
    async send(message) {
      const { channel, to, text } = message
      const [resource, content] =
        channel === 'sms' ? ['Messages', { Body: text }] : ['Calls', { Twiml: spoken(message) }]
      const body = new URLSearchParams({ To: to, From: from, ...content }).toString()
      return answerOf(await exchange({ url: `${account}/${resource}.json`, headers, body }, patience))
    },
  }
}

const spoken = ({ text, language }: PhoneMessage): string =>
  `<Response><Pause length="1"/><Say language="${factsOf(language).voice}" loop="${TIMES}">${escaped(text)}</Say></Response>`

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\p{Cc}/gu, ' ')

const word = z.string().regex(/^[\w-]{1,40}$/)
/** In code units; theirs have a few hundred. */
const LONGEST_ANSWER = 20_000

const taken = z.object({ sid: word, status: word })
const failed = z.object({ code: z.number(), message: z.string() })

function answerOf({ status, body }: Answer): string {
  const json = readJson(body, LONGEST_ANSWER)
  const { data: message } = taken.safeParse(json)
  if (status < 300 && message) return `${message.status} as ${message.sid}`
  const { data: error } = failed.safeParse(json)
  const words = error ? `${status}: error ${error.code}, ${readable(error.message)}` : `${status}: ${readable(body)}`
  throw error && NEVER.includes(error.code) ? new RefusedForGood(words) : new Error(words)
}
