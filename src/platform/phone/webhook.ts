/**
 * Texts and calls handed to a program of the operator's, which knows a provider: a POST of JSON, signed as Standard
 * Webhooks say (https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp`, `webhook-signature`.
 */
import { createHmac } from 'node:crypto'
import { type Clock, type Duration, epochSeconds } from '../clock.ts'
import { RefusedForGood } from '../outbox/dispatcher.ts'
import { ANSWERS_WITHIN, exchange, isLoopback, readable } from './exchange.ts'
import type { Phone } from './phone.ts'

/** Answers that say of a message that it can never go out; all others are worth another attempt. */
const NEVER: readonly number[] = [410, 422]

const FORM =
  'SMS_URL must be webhook+https://:SECRET@host/path, where SECRET is whsec_ and the Base64 of 24 to 64 bytes, with / as %2F'

/**
 * `clock`: the one that others go by; a signature of another time is refused.
 * @throws {Error} one line, without the URL, which has the secret in it
 */
export function makeWebhook(url: URL, clock: Clock, patience: Duration = ANSWERS_WITHIN): Phone {
  const key = keyIn(decodeURIComponent(url.password || url.username))
  const href = url.href.replace(/^webhook\+/, '')
  if (!key || !URL.canParse(href)) throw new Error(FORM)
  const target = new URL(href)
  const mayBePlain = isLoopback(target.hostname)
  if (!(target.protocol === 'https:' || (target.protocol === 'http:' && mayBePlain))) throw new Error(FORM)
  target.username = ''
  target.password = ''
  target.hash = ''
  return {
    async send({ id, ...message }) {
      const timestamp = clock.now()
      const data = { id, ...message }
      const body = JSON.stringify({ type: `phone.${message.channel}`, timestamp: timestamp.toISOString(), data })
      const headers = {
        'Content-Type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': `${epochSeconds(timestamp)}`,
        'webhook-signature': sign(key, id, timestamp, body),
      }
      const { status, body: words } = await exchange({ url: target.href, headers, body }, patience)
      const answer = `${status} ${readable(words)}`.trim()
      if (status >= 200 && status < 300) return answer
      throw NEVER.includes(status) ? new RefusedForGood(answer) : new Error(answer)
    },
  }
}

function keyIn(secret: string): Buffer | undefined {
  const [, text = ''] = /^whsec_([\w+/-]+={0,2})$/.exec(secret) ?? []
  const key = Buffer.from(text, 'base64')
  return key.length >= 24 && key.length <= 64 ? key : undefined
}

export const sign = (key: Buffer, id: string, at: Date, body: string): string =>
  `v1,${createHmac('sha256', key)
    .update(`${id}.${epochSeconds(at)}.${body}`)
    .digest('base64')}`
