import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { movableClock } from '../clock.ts'
import { RefusedForGood } from '../outbox/dispatcher.ts'
import { makeProvider } from './provider.ts'
import { openPhoneServer, sampleText } from './testing/twilio-server.ts'
import { makeWebhook, sign } from './webhook.ts'

const KEY = Buffer.from('twenty-four bytes or more, and / + ?')
const SECRET = `whsec_${KEY.toString('base64')}`
const clock = movableClock({ now: () => new Date('2026-11-23T07:00:00.500Z') })
const urlOf = (host: string, before = ':') =>
  new URL(`webhook+http://${before}${encodeURIComponent(SECRET)}@${host}/texts?via=us#x`)

test('a message is posted as JSON, signed over its id, the time and the very bytes', async (t) => {
  const server = await openPhoneServer(t)
  server.answers({ status: 202, body: 'taken' })
  assert.equal(await makeWebhook(urlOf(server.host), clock).send(sampleText), '202 taken')
  assert.equal(await makeWebhook(urlOf(server.host, ''), clock).send(sampleText), '202 taken')
  const [one, other] = server.received
  assert.deepEqual(other, one)
  assert.ok(one)
  const { path, headers, body } = one
  assert.equal(path, '/texts?via=us')
  assert.equal(headers.authorization, undefined)
  assert.deepEqual(JSON.parse(body), { type: 'phone.sms', timestamp: '2026-11-23T07:00:00.500Z', data: sampleText })
  assert.deepEqual(
    [headers['content-type'], headers['webhook-id'], headers['webhook-timestamp']],
    ['application/json', sampleText.id, '1795417200'],
  )
  const mark = createHmac('sha256', KEY).update(`msg_0190a1.1795417200.${body}`).digest('base64')
  assert.equal(headers['webhook-signature'], `v1,${mark}`)
})

test('the signature is the one that libraries of Standard Webhooks make of the same', () => {
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
  const at = new Date(1_614_265_330_000)
  assert.equal(
    sign(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}'),
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  )
})

test('410 and 422 are for good, all else is worth another attempt', async (t) => {
  const server = await openPhoneServer(t)
  const phone = makeWebhook(urlOf(server.host), clock)
  for (const status of [301, 400, 401, 404, 410, 422, 429, 500]) {
    server.answers({ status, body: 'no way to +1 613 236 1234' })
    const error = await phone.send(sampleText).catch((thrown: Error) => thrown)
    assert.ok(error instanceof Error)
    assert.deepEqual(
      [error.message, error instanceof RefusedForGood],
      [`${status} no way to …34`, status === 410 || status === 422],
    )
  }
})

test('SMS_URL of a webhook is https, or on this machine, and has a secret', () => {
  const secret = encodeURIComponent(SECRET)
  assert.equal(makeProvider(`webhook+https://:${secret}@texts.example/in`).about, 'a webhook at texts.example')
  assert.doesNotThrow(() => makeProvider(`webhook+https://${secret}@texts.example`))
  for (const wrong of [
    'webhook+https://texts.example/in',
    'webhook+https://:whsec_c2hvcnQ@texts.example/in',
    `webhook+https://:${'x'.repeat(40)}@texts.example/in`,
    `webhook+http://:${secret}@texts.example/in`,
    `webhook+ftp://:${secret}@127.0.0.1/in`,
    'webhook+https://:whsec_%E0%A4%A@texts.example/in',
    'webhook+https://',
  ])
    assert.throws(
      () => makeProvider(wrong),
      ({ message }: Error) => /^SMS_URL must [^\n]+$/.test(message) && !/texts|xxx|whsec_c2/.test(message),
      wrong,
    )
})
