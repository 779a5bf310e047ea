/** What becomes in the outbox of whatever a provider does; nothing of it tells a number or a code. */
import assert from 'node:assert/strict'
import { suite, type TestContext, test } from 'node:test'
import { type TestWorld, testApp, testWorld } from '../../testing/world.ts'
import { minutes, seconds } from '../clock.ts'
import { transact } from '../database/db.ts'
import type { Log } from '../log/log.ts'
import type { Message } from '../outbox/outbox.ts'
import { deliveryOf } from '../outbox/store.ts'
import { noPhone } from './phone.ts'
import { type Answer, failure, openPhoneServer, type PhoneServer, sampleText } from './testing/twilio-server.ts'
import { makeTwilio } from './twilio.ts'

const text = {
  topic: 'sms',
  name: 'phone-code',
  account: null,
  to: sampleText.to,
  language: 'fr-CA',
  facts: { brand: { name: 'Passerelle' }, code: '482913', minutes: 10 },
  reference: 'of the test',
  usefulFor: minutes(10),
} as const satisfies Message

type Opened = { world: TestWorld; server: PhoneServer; lines: string[]; drain(): Promise<void> }

async function open(t: TestContext): Promise<Opened> {
  const lines: string[] = []
  const write = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }))
  const log: Log = { info: write, warn: write, error: write, child: () => log }
  const server = await openPhoneServer(t)
  const world = await testWorld({}, log)
  // Patient with whoever answers, so that a slow machine does not look like silence.
  const patience = () => (isSilent(server.answer()) ? seconds(0.3) : seconds(10))
  world.box.phone = { send: (message) => makeTwilio(new URL(server.url), patience()).send(message) }
  const { dispatcher } = await testApp(world)
  return { world, server, lines, drain: dispatcher.drain }
}

const isSilent = (answer: Answer | undefined): boolean => answer === 'silence' || answer === 'half'

const post = (world: TestWorld, message: Message) => transact(world.db, (tx) => world.outbox.post(tx, message))
const ending = async (world: TestWorld) => {
  const found = await deliveryOf(world, 'of the test')
  return [found?.state, found?.attempts, found?.answer]
}

test('a text is worded when it leaves, in the language of whom it goes to; a call is spoken', async (t) => {
  const { world, server, drain } = await open(t)
  await post(world, text)
  await post(world, { ...text, topic: 'voice', language: 'en' })
  const rows = await world.db.selectFrom('outbox').selectAll().execute()
  assert.doesNotMatch(JSON.stringify(rows), /482913/)
  await drain()
  const bodies = server.received.map(({ form }) => form.Body ?? form.Twiml ?? '')
  assert.equal(bodies.length, 2)
  assert.ok(bodies.includes('482913 est votre code Passerelle. Il vaut 10 minutes. Ne le donnez à personne.'))
  assert.match(bodies.join(), /<Say language="en-US" loop="3">.*Your code is 4, 8, 2, 9, 1, 3\./)
  assert.deepEqual((await ending(world)).slice(0, 2), ['done', 1])
})

suite('where the provider does not take it', () => {
  test('a number that never will work ends as a dead letter, with what was said', async (t) => {
    const { world, server, drain, lines } = await open(t)
    server.answers(failure(400, 21610, `The message From/To pair violates a blacklist rule: ${sampleText.to}`))
    await post(world, text)
    for (let n = 0; n < 3; n++) {
      await drain()
      world.clock.advance(minutes(2))
    }
    const said = '400: error 21610, The message From/To pair violates a blacklist rule: …34'
    assert.deepEqual(await ending(world), ['dead', 1, said])
    assert.equal(server.received.length, 1)
    assert.match(lines.join(), /refused for good/)
  })

  const passing: [string, Answer, RegExp][] = [
    ['a login that is refused', failure(401, 20003, 'Authenticate'), /^401: error 20003/],
    ['too many at once', failure(429, 20429, 'Too Many Requests'), /^429: error 20429/],
    ['a fault', { status: 500, body: 'Internal Server Error' }, /^500: Internal/],
    ['silence', 'silence', /^no answer within 0\.3 s$/],
    ['half an answer', 'half', /^no answer within 0\.3 s$/],
    ['a connection that breaks', 'hang up', /^no connection: /],
  ]
  for (const [name, answer, words] of passing)
    test(`${name} is tried again, and then taken`, async (t) => {
      const { world, server, drain, lines } = await open(t)
      server.answers(answer)
      await post(world, text)
      await drain()
      const [state, attempts, said] = await ending(world)
      assert.deepEqual([state, attempts], ['waiting', 1])
      assert.match(String(said), words)
      server.answers(undefined)
      await drain()
      assert.equal(server.received.length, 1, 'not at once')
      world.clock.advance(seconds(18))
      await drain()
      assert.deepEqual((await ending(world)).slice(0, 2), ['done', 2])
      assert.doesNotMatch(lines.join(), /482913|236-?1234/)
    })

  test('nothing is tried longer than its code works, and why is still to be read', async (t) => {
    const { world, server, drain } = await open(t)
    server.answers(failure(401, 20003, 'Authenticate'))
    await post(world, text)
    for (let n = 0; n < 40; n++) {
      await drain()
      world.clock.advance(seconds(30))
    }
    const [state, attempts, said] = await ending(world)
    assert.deepEqual([state, said], ['dead', 'no longer useful; before: 401: error 20003, Authenticate'])
    assert.equal(server.received.length, Number(attempts) - 1)
    assert.ok([5, 6].includes(server.received.length), `${server.received.length} attempts`)
  })

  test('a service without a provider refuses at once', async () => {
    const world = await testWorld()
    world.box.phone = noPhone
    const { dispatcher } = await testApp(world)
    await post(world, text)
    await dispatcher.drain()
    assert.deepEqual(await ending(world), ['dead', 1, 'SMS_URL is not set'])
  })
})
