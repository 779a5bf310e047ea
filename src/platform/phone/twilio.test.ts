import assert from 'node:assert/strict'
import { suite, type TestContext, test } from 'node:test'
import { freePort } from '../../testing/free-port.ts'
import { seconds } from '../clock.ts'
import { RefusedForGood } from '../outbox/dispatcher.ts'
import { makeProvider } from './provider.ts'
import { type Answer, FROM, failure, openPhoneServer, sampleText } from './testing/twilio-server.ts'
import { makeTwilio } from './twilio.ts'

const call = {
  ...sampleText,
  channel: 'voice',
  text: "Ici Passerelle & <Fils>. Votre code est 4, 8, 2, 9, 1, 3. D'accord?",
} as const

test('a text is posted to the account, from our number, with the login', async (t) => {
  const server = await openPhoneServer(t)
  const said = await makeTwilio(new URL(server.url)).send(sampleText)
  assert.equal(said, 'queued as SM0123456789abcdef0123456789abcdef')
  assert.deepEqual(
    server.received.map(({ form }) => form),
    [{ To: sampleText.to, From: FROM, Body: sampleText.text }],
  )
})

test('a call is spoken in the language of whom it goes to, three times over, and says no more than its text', async (t) => {
  const server = await openPhoneServer(t)
  const phone = makeTwilio(new URL(server.url))
  assert.match(await phone.send(call), /^queued as CA/)
  for (const language of ['fr', 'en'] as const) await phone.send({ ...call, language })
  const [first, ...others] = server.received.map(({ form }) => form)
  assert.deepEqual(first, {
    To: call.to,
    From: FROM,
    Twiml:
      '<Response><Pause length="1"/><Say language="fr-CA" loop="3">Ici Passerelle &#38; &#60;Fils&#62;. Votre code est 4, 8, 2, 9, 1, 3. D&#39;accord?</Say></Response>',
  })
  assert.deepEqual(
    others.map(({ Twiml }) => /language="([^"]+)"/.exec(Twiml ?? '')?.[1]),
    ['fr-FR', 'en-US'],
  )
})

/** Why a message was refused, and whether for good. */
async function refusal(t: TestContext, answer: Answer, patience = seconds(10)) {
  const server = await openPhoneServer(t)
  server.answers(answer)
  const outcome = await makeTwilio(new URL(server.url), patience)
    .send(sampleText)
    .catch((error: Error) => error)
  assert.ok(outcome instanceof Error, 'it was sent')
  assert.equal(server.received.length, 1)
  return { forGood: outcome instanceof RefusedForGood, said: outcome.message }
}

suite('an error', () => {
  test('of a number that can never work is for good, whatever the status', async (t) => {
    for (const code of [21211, 21610, 21614, 21635]) {
      const { forGood, said } = await refusal(t, failure(400, code, `The number +16132361234 is not right.`))
      assert.deepEqual([forGood, said], [true, `400: error ${code}, The number …34 is not right.`])
    }
  })

  test('of the account, the rate or the provider is worth another attempt', async (t) => {
    const table: [Answer, string][] = [
      [failure(401, 20003, 'Authenticate'), '401: error 20003, Authenticate'],
      [failure(400, 21606, 'The From number is not yours'), '400: error 21606, The From number is not yours'],
      [failure(429, 20429, 'Too Many Requests'), '429: error 20429, Too Many Requests'],
      [{ status: 500, body: '<h1>Internal\r\nServer Error</h1>' }, '500: <h1>Internal Server Error</h1>'],
      [{ status: 503, body: '' }, '503:'],
      [{ status: 200, body: 'welcome to the network' }, '200: welcome to the network'],
      [{ status: 307, body: 'elsewhere', location: '/2010-04-01/elsewhere' }, '307: elsewhere'],
      ['hang up', 'no connection: UND_ERR_SOCKET'],
    ]
    for (const [answer, words] of table) {
      const { forGood, said } = await refusal(t, answer)
      assert.deepEqual([forGood, said.trim()], [false, words])
    }
  })

  test('silence ends with its time, also in the middle of an answer', async (t) => {
    for (const answer of ['silence', 'half'] as const)
      assert.deepEqual(await refusal(t, answer, seconds(0.2)), { forGood: false, said: 'no answer within 0.2 s' })
  })

  test('a provider that is away', async () => {
    const phone = makeTwilio(new URL(`twilio://AC1:secret@127.0.0.1:${await freePort()}?from=+15145550100`))
    await assert.rejects(phone.send(sampleText), { message: 'no connection: ECONNREFUSED' })
  })

  test('never repeats the number, the code or the login', async (t) => {
    const answers: Answer[] = [
      failure(
        400,
        21211,
        `${sampleText.to} (613) 236-1234 1–613–236–1234 ${[...'482913'].join(', ')} ${sampleText.text}`,
      ),
      { status: 500, body: { to: sampleText.to, body: sampleText.text } },
      { status: 404, body: `To=%2B16132361234&Body=${sampleText.text}` },
    ]
    for (const answer of answers) {
      const { said } = await refusal(t, answer)
      assert.doesNotMatch(said, /236|613|482913|4829/)
    }
  })
})

suite('SMS_URL', () => {
  const good = 'twilio://AC1:to%40ken@api.example?from=+15145550100'
  test('names the provider, and is shown without its login', () => {
    assert.equal(makeProvider(good).about, "Twilio's API at api.example")
    assert.doesNotThrow(() => makeProvider(good.replace('+', '%2B')))
    assert.doesNotThrow(() => makeProvider(good.replace('+', '')))
  })
  test('that is wrong is one line, without a word of it', () => {
    for (const wrong of [
      'twilio://',
      'twilio://AC1:secret@api.example',
      'twilio://AC1:secret@api.example?from=Passerelle',
      'twilio://AC1@api.example?from=+15145550100',
      'twilio://:secret@api.example?from=+15145550100',
      'twilio://AC1:secret@api.example/2010?from=+15145550100',
      'twilio://AC1:secret%@api.example?from=+15145550100',
      'twilio://AC/1:secret@api.example?from=+15145550100',
    ])
      assert.throws(
        () => makeProvider(wrong),
        ({ message }: Error) => /^SMS_URL must [^\n]+$/.test(message) && !/secret|AC1/.test(message),
        wrong,
      )
  })
})
