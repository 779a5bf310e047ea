/** What is less than it takes: the mailbox with the password, a session with a factor, a factor alone, a moment too late. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setBlocked } from '../../core/model/account/status-store.ts'
import type { AccountId } from '../../core/model/account/store.ts'
import { deleteFactor } from '../../core/model/factor/store.ts'
import { endAllSessions, findSession } from '../../core/model/session/session.ts'
import { beginJourney } from '../../journey/begin.ts'
import { type SecondFactorContext, secondFactorSubject } from '../../journey/second-factor.ts'
import { sendTo } from '../../journey/signing-in/second-step-code.ts'
import { prove } from '../../journey/store.ts'
import { minutes, seconds } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import { setUpApp } from '../../testing/apps.ts'
import { askedOn, bring, makeAuthenticator } from '../../testing/authenticator.ts'
import type { Browser } from '../../testing/browser.ts'
import { MOBILE, setUpContact } from '../../testing/contacts.ts'
import { asksForPasskey, PASSWORD, productRequest, signInByPasskey, somebody } from '../../testing/people.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { takeSecondStep } from './rules.ts'

const email = 'marie@exemple.ca'

async function secured() {
  const service = await testService()
  const owner = await somebody(service)
  const { app } = await setUpApp(owner, service.clock)
  service.clock.advance(seconds(31))
  return { service, owner, app }
}

async function signIn(browser: Browser, password = PASSWORD) {
  await browser.open('/sign-in')
  return browser.send({ email, password })
}

test('Z3: who reads the mailbox and knows the password has no more guesses, in however many browsers they press its links', async () => {
  const { service } = await secured()
  const stranger = service.browser()
  for (let tries = 1; tries <= 10; tries++) {
    await signIn(stranger, 'not the password')
    if (tries >= 4 && tries < 10) service.clock.advance(seconds(30 * 2 ** (tries - 4)))
  }
  await service.post()
  const link = service.box.newest(email).link ?? ''
  const guesses = []
  for (let browsers = 0; browsers < 3; browsers++) {
    const browser = service.browser()
    await browser.open(link)
    await browser.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
    await signIn(browser)
    for (let code = 0; code < 4; code++) {
      await browser.send({ code: `00000${code}` })
      guesses.push(/not the code/.test(browser.page.html))
    }
  }
  assert.equal(guesses.filter(Boolean).length, 4)
})

suite('K2: a factor on top of a session is no new sign-in', () => {
  test('where a product asks for both', async () => {
    for (const asks of [{ prompt: 'login' }, { max_age: '60' }] as Record<string, string>[]) {
      const { service, owner, app } = await secured()
      service.clock.advance(minutes(2))
      await owner.open(await productRequest(service, 'ledger', { acr_values: 'mfa', ...asks }))
      assert.match(owner.page.at, /^\/sign-in\?/)
      await owner.open(owner.page.at.replace('/sign-in', '/second-step'))
      await owner.send({ code: app.code() })
      assert.match(owner.page.at, /^\/sign-in\?/)
      await owner.send({ email, password: PASSWORD })
      service.clock.advance(seconds(31))
      if (owner.page.at.startsWith('/second-step')) await owner.send({ code: app.code() })
      assert.match(owner.page.at, /^http:\/\/localhost:4000\/ledger\/callback\?code=/)
    }
  })

  test('in account management: the ways to sign in ask for the password too', async () => {
    const { service, owner, app } = await secured()
    service.clock.advance(minutes(11))
    await owner.open('/account/password')
    assert.match(owner.page.at, /^\/second-step/)
    await owner.send({ code: app.code() })
    assert.equal(owner.page.at, '/account/password')
    assert.match((await owner.open('/account/factors/passkey')).at, /^\/sign-in/)
  })
})

test('L1: on a session that began with no method nothing but a passkey is more', async () => {
  const service = await testService()
  const late = await asksForPasskey(service, email)
  const device = makeAuthenticator(service.origin)
  const asked = askedOn(late)
  await late.open((await bring(late, late.page.at, asked, device.create(asked))).headers.get('location') ?? '')
  service.clock.advance(minutes(16))
  await service.post()
  await late.send({ code: service.box.newest(email).code ?? '' })
  const owner = service.browser()
  await signInByPasskey(owner, device)
  await owner.open('/account/factors/codes/new')
  const [, code = ''] = /<code>([A-Z2-7-]{19})<\/code>/.exec(owner.page.html) ?? []
  await owner.send({}, { button: 'I have saved them' })
  const { app } = await setUpApp(owner, service.clock)
  service.clock.advance(seconds(31))
  await late.open(await productRequest(service, 'ledger', { acr_values: 'mfa' }))
  const { at } = late.page
  assert.match(at, /^\/second-step\?/)
  assert.doesNotMatch((await late.open(at.replace('/second-step', '/second-step/ways'))).html, /app|Recovery/)
  for (const typed of [code, app.code()]) {
    const ways = await service.db.selectFrom('factors').select('id').execute()
    for (const way of ['recovery', ...ways.map(({ id }) => id)]) {
      await late.open(`${at}&way=${way}`)
      await late.send({ code: typed })
      assert.doesNotMatch(late.page.at, /callback/)
    }
  }
})

suite('a second step that was under way when everything ended', () => {
  /** Somebody with a number, who is at the second step of a page, by their session or with their password. */
  async function underWay(by: 'session' | 'password') {
    const service = await testService()
    const owner = await somebody(service)
    await setUpContact(service, owner, 'text', MOBILE)
    service.clock.advance(minutes(11))
    const session = await findSession(service, owner.cookies.get(service.cookies.session))
    assert.ok(session)
    const destination = { kind: 'place', path: '/account/email', factorWithin: 1 } as const
    const begun = await beginJourney(service, { browser: 'a browser', destination })
    const { hash } = await service.db.selectFrom('passwords').select('hash').executeTakeFirstOrThrow()
    const password = { account: session.account, password: sha256(hash), at: service.clock.now().toISOString() }
    if (by === 'password') await prove(service, service.db, begun, { password })
    const journey = by === 'password' ? { ...begun, proofs: { password } } : begun
    const actor = { ...visitor, network: '127.0.0.1', userAgent: '', browser: 'the mark of a browser' }
    const context: SecondFactorContext = { journey, session: by === 'session' ? session : undefined, actor }
    const subject = await secondFactorSubject(service, context)
    const way = subject?.factors[0]?.id
    assert.ok(subject && way)
    await sendTo(service, context, subject, way)
    await service.post()
    const typed = { code: service.box.newestText(MOBILE).code ?? '', way, sealed: '', answer: '', remember: false }
    const finish = async () => (await takeSecondStep(service, context, subject, typed)).ok
    return { service, account: session.account, way, finish }
  }

  const ends: Record<string, (service: TestService, tx: Tx, account: AccountId) => Promise<unknown>> = {
    'every session was ended': (service, tx, account) => endAllSessions(service, tx, account),
    'the operator has blocked the account': (service, tx, account) => setBlocked(tx, account, service.clock.now()),
  }
  for (const [what, end] of Object.entries(ends))
    test(`on a session: ${what}`, async () => {
      const { service, account, finish } = await underWay('session')
      await transact(service.db, (tx) => end(service, tx, account))
      assert.equal(await finish(), false)
    })

  test('the way was removed', async () => {
    const { service, account, way, finish } = await underWay('password')
    await transact(service.db, (tx) => deleteFactor(tx, account, way))
    assert.equal(await finish(), false)
  })

  test('else it goes on', async () => {
    for (const by of ['session', 'password'] as const) assert.equal(await (await underWay(by)).finish(), true, by)
  })
})
