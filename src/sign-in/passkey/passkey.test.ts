/** Passkeys that are forged, replayed or brought elsewhere open nothing (E2). */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { suite, test } from 'node:test'
import { days, minutes } from '../../platform/clock.ts'
import {
  type Asked,
  type Authenticator,
  askedOn,
  bring,
  type Forgery,
  makeAuthenticator,
} from '../../testing/authenticator.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const NEW = '/account/factors/passkey'
const SIGN_IN = '/sign-in/passkey'

/** Somebody with a passkey, and a browser in which nobody is signed in. */
async function withPasskey(service?: TestService, email = 'marie@exemple.ca') {
  const on = service ?? (await testService({ PASSERELLE_NETWORK_TRIES: '100000' }))
  const owner = await somebody(on, email)
  const device = makeAuthenticator(on.origin)
  await owner.open(NEW)
  const made = await bring(owner, NEW, askedOn(owner), device.create(askedOn(owner)))
  assert.equal(made.headers.get('location'), '/account/factors?done=passkey')
  return { service: on, owner, device, browser: on.browser() }
}

async function asks(browser: Browser): Promise<Asked> {
  await browser.open('/sign-in')
  return askedOn(browser)
}
const isIn = async (browser: Browser): Promise<boolean> => (await browser.open('/account')).at === '/account'
const refusedAt = '/sign-in?done=passkey-refused'

suite('E8: a passkey at the second step', () => {
  test('one of another account is refused, under its own name or under a borrowed one; the own one is right', async () => {
    const { service, owner, browser, device } = await withPasskey()
    const { device: another } = await withPasskey(service, 'mallory@exemple.ca')
    await owner.open('/account/factors/two-step')
    await owner.send({}, { button: 'Turn on' })
    await browser.open('/sign-in')
    await browser.send({ email: 'marie@exemple.ca', password: PASSWORD })
    const { at } = browser.page
    assert.match(at, /^\/second-step\?/)
    const prove = async (one: Authenticator, forgery: Forgery = {}) => {
      await browser.open(at)
      const answer = await bring(browser, at, askedOn(browser), one.prove(askedOn(browser), forgery))
      return { status: answer.status, isIn: await isIn(browser) }
    }
    const refused = { status: 422, isIn: false }
    assert.deepEqual(await prove(another), refused)
    assert.deepEqual(await prove(another, { id: device.id }), refused)
    assert.deepEqual(await prove(device, { id: another.id }), refused)
    assert.deepEqual(await prove(device), { status: 303, isIn: true })
  })
})

suite('signing in with a passkey', () => {
  test('E2: with nothing typed, and with what a second step would prove', async () => {
    const { service, browser, device } = await withPasskey()
    service.clock.advance(days(3))
    const asked = await asks(browser)
    const answer = await bring(browser, SIGN_IN, asked, device.prove(asked))
    assert.equal(answer.headers.get('location'), '/account')
    assert.ok(await isIn(browser))
    assert.equal((await browser.open(NEW)).at, NEW, 'it is fresh enough to change the ways')
  })

  test('a device that never counts is let in each time', async () => {
    const { service, device } = await withPasskey()
    for (let n = 0; n < 3; n++) {
      const browser = service.browser()
      const asked = await asks(browser)
      await bring(browser, SIGN_IN, asked, device.prove(asked, { count: 0 }))
      assert.ok(await isIn(browser))
    }
  })

  test('one that was removed opens nothing', async () => {
    const { owner, browser, device } = await withPasskey()
    await owner.open('/account/factors')
    await owner.send({}, { button: 'Remove' })
    const asked = await asks(browser)
    await bring(browser, SIGN_IN, asked, device.prove(asked))
    assert.ok(!(await isIn(browser)))
  })

  test('of the same answer, brought 64 times at once, one is taken', async () => {
    const { service, browser, device } = await withPasskey()
    const asked = await asks(browser)
    const answer = device.prove(asked)
    const answers = await Promise.all(Array.from({ length: 64 }, () => bring(browser, SIGN_IN, asked, answer)))
    assert.equal(answers.filter(({ headers }) => headers.get('location') === '/account').length, 1)
    const again = await bring(browser, SIGN_IN, asked, answer)
    assert.equal(again.headers.get('location'), refusedAt)
    const begun = await service.db.selectFrom('history').select('id').where('kind', '=', 'signed-in').execute()
    assert.equal(begun.length, 1)
  })
})

const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const FORGED: Record<string, Forgery> = {
  'another challenge': { challenge: 'x'.repeat(43) },
  'an empty challenge': { challenge: '' },
  'another origin': { origin: 'https://passerelle.evil.example' },
  'the same host, another port': { origin: 'http://localhost:3999' },
  'the same host over https': { origin: 'https://localhost:3000' },
  'no origin': { origin: '' },
  'an answer to another question': { type: 'webauthn.create' },
  'no kind of answer': { type: '' },
  'another relying party': { rpId: 'evil.example' },
  'a part of ours': { rpId: 'host' },
  'nobody present': { flags: 4 },
  'nobody verified': { flags: 1 },
  'no flags at all': { flags: 0 },
  'somebody else’s signature': { key: other },
  'a signature of nothing': { spoil: ({ response }) => Object.assign(response, { signature: '' }) },
  'a signature that is none': { spoil: ({ response }) => Object.assign(response, { signature: 'AAAA' }) },
  'a credential that nobody has': { id: 'x'.repeat(43) },
  'no credential': { id: '' },
  'another credential within': { spoil: (answer) => Object.assign(answer, { rawId: 'y'.repeat(43) }) },
  'another kind of credential': { spoil: (answer) => Object.assign(answer, { type: 'password' }) },
  'no data of the authenticator': { spoil: ({ response }) => Object.assign(response, { authenticatorData: '' }) },
  'half the data of the authenticator': {
    spoil: ({ response }) => Object.assign(response, { authenticatorData: response.authenticatorData?.slice(0, 30) }),
  },
  'a counter that was changed': {
    spoil({ response }) {
      const data = Buffer.from(response.authenticatorData ?? '', 'base64url')
      data.writeUInt32BE(9_999, 33)
      Object.assign(response, { authenticatorData: data.toString('base64url') })
    },
  },
  'client data that is no JSON': { spoil: ({ response }) => Object.assign(response, { clientDataJSON: 'e30x' }) },
  'no response': { spoil: (answer) => Object.assign(answer, { response: null }) },
  'a response that is a list': { spoil: (answer) => Object.assign(answer, { response: [] }) },
}

suite('what is no answer of the passkey opens nothing', () => {
  test(`${Object.keys(FORGED).length} forgeries`, async () => {
    const { service, device } = await withPasskey()
    for (const [name, forgery] of Object.entries(FORGED)) {
      const browser = service.browser()
      const asked = await asks(browser)
      const answer = await bring(browser, SIGN_IN, asked, device.prove(asked, forgery))
      assert.equal(answer.headers.get('location'), refusedAt, name)
      assert.ok(!(await isIn(browser)), name)
    }
    for (const answer of ['', 'null', '[]', '"x"', '{', '{}', `{"id":"${device.id}"}`, 'x'.repeat(30_000)]) {
      const browser = service.browser()
      const brought = await bring(browser, SIGN_IN, await asks(browser), answer)
      assert.equal(brought.headers.get('location'), refusedAt, answer.slice(0, 20))
    }
    const browser = service.browser()
    const asked = await asks(browser)
    assert.equal((await bring(browser, SIGN_IN, asked, device.prove(asked))).headers.get('location'), '/account')
  })

  const brought: Record<string, (its: { service: TestService; device: Authenticator }) => Promise<Browser>> = {
    'in another browser': async ({ service, device }) => {
      const [browser, thief] = [service.browser(), service.browser()]
      const asked = await asks(browser)
      await asks(thief)
      await bring(thief, SIGN_IN, asked, device.prove(asked))
      return thief
    },
    'after five minutes': async ({ service, device }) => {
      const browser = service.browser()
      const asked = await asks(browser)
      service.clock.advance(minutes(5))
      await bring(browser, SIGN_IN, asked, device.prove(asked))
      return browser
    },
    'without the sealed challenge': async ({ service, device }) => {
      const browser = service.browser()
      const asked = await asks(browser)
      await bring(browser, SIGN_IN, { asked: '' }, device.prove(asked))
      return browser
    },
    'with a counter that stands still': async ({ service, device }) => {
      const browser = service.browser()
      const asked = await asks(browser)
      await bring(browser, SIGN_IN, asked, device.prove(asked, { count: 7 }))
      const copy = service.browser()
      const again = await asks(copy)
      await bring(copy, SIGN_IN, again, device.prove(again, { count: 7 }))
      const noted = await service.db.selectFrom('history').select('id').where('kind', '=', 'passkey-doubted').execute()
      assert.equal(noted.length, 1, 'it is written down')
      return copy
    },
    'for an account that the operator has blocked': async ({ service, device }) => {
      await service.db.updateTable('accounts').set({ blocked_at: service.clock.now() }).execute()
      const browser = service.browser()
      const asked = await asks(browser)
      await bring(browser, SIGN_IN, asked, device.prove(asked))
      return browser
    },
  }
  for (const [name, bringIt] of Object.entries(brought))
    test(`a right answer, ${name}`, async () => {
      const { service, device } = await withPasskey()
      assert.ok(!(await isIn(await bringIt({ service, device }))))
    })
})

suite('what is no new passkey is not kept', () => {
  const forged: Record<string, Forgery> = {
    'another challenge': { challenge: 'x'.repeat(43) },
    'another origin': { origin: 'https://evil.example' },
    'another relying party': { rpId: 'evil.example' },
    'an answer to another question': { type: 'webauthn.get' },
    'nobody present': { flags: 4 },
  }
  test('forged, brought twice, brought to another account, or late', async () => {
    const { service, owner } = await withPasskey()
    const mallory = await somebody(service, 'mallory@exemple.ca')
    const count = async () => (await service.db.selectFrom('passkeys').select('factor_id').execute()).length
    for (const [name, forgery] of Object.entries(forged)) {
      await owner.open(NEW)
      const answer = makeAuthenticator(service.origin).create(askedOn(owner), forgery)
      assert.equal((await bring(owner, NEW, askedOn(owner), answer)).status, 422, name)
    }
    await owner.open(NEW)
    const asked = askedOn(owner)
    const answer = makeAuthenticator(service.origin).create(asked)
    await mallory.open(NEW)
    assert.equal((await bring(mallory, NEW, asked, answer)).status, 422)
    assert.equal(await count(), 1)
    assert.equal((await bring(owner, NEW, asked, answer)).status, 303)
    assert.equal((await bring(owner, NEW, asked, answer)).status, 422)
    assert.equal(await count(), 2)
    await owner.open(NEW)
    const late = askedOn(owner)
    service.clock.advance(minutes(5))
    await bring(owner, NEW, late, makeAuthenticator(service.origin).create(late))
    assert.equal(await count(), 2)
  })
})
