import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { days, hours, minutes } from '../../src/platform/clock.ts'
import { type Browser, fetchFrom, formsOf } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import { browserOf, makeParty, opens, type Party, tokensFor } from './party.ts'
import { makePerson, resetPassword, signOutAtPortal } from './person.ts'
import { makeReceiver } from './receiver.ts'

const service = await testService()
const keys = createRemoteJWKSet(new URL(`${service.origin}/oidc/jwks`), {
  [customFetch]: fetchFrom(service.origin, service.base),
})
const maya = await makePerson(service, 'maya@example.com')
const noah = await makePerson(service, 'noah@example.com')
const [atLedger, atPayroll] = [await makeReceiver(), await makeReceiver()]
const ledger = await makeParty(service, 'ledger', { backchannelLogoutUri: atLedger.url })
const payroll = await makeParty(service, 'payroll', { backchannelLogoutUri: atPayroll.url, idTokenAlgorithm: 'RS256' })
const plain = await makeParty(service, 'plain')

const hintFor = async (browser: Browser, party: Party, person = maya): Promise<string> =>
  (await tokensFor(browser, party, person)).id_token ?? ''
/** Where a product sends its person to sign out. */
const goodbye = (party: Party, more: Record<string, string> = {}): string =>
  oidc.buildEndSessionUrl(party.config, { post_logout_redirect_uri: party.afterSignOut, ...more }).href
const isSignedIn = async (browser: Browser): Promise<boolean> => (await browser.open('/account')).at === '/account'
const clear = () => {
  for (const { tokens } of [atLedger, atPayroll]) tokens.splice(0)
}

suite('a product signs its person out (L1, L2; OpenID Connect RP-Initiated Logout 1.0)', () => {
  test('with the hint of the person: at once, and back with state', async () => {
    const browser = browserOf(service)
    const hint = await hintFor(browser, ledger)
    const visit = await browser.open(goodbye(ledger, { id_token_hint: hint, state: 'a b&c' }))
    assert.equal(visit.at, `${ledger.afterSignOut}?state=a+b%26c`)
    assert.ok(!(await isSignedIn(browser)))
    assert.ok(!browser.cookies.has('passerelle-session'))
  })

  test('POST works as GET does (section 2)', async () => {
    const browser = browserOf(service)
    const hint = await hintFor(browser, ledger)
    const body = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: ledger.afterSignOut, state: 's' })
    const first = await browser.request('/oidc/sign-out', { method: 'POST', body, headers: { cookie: 'none=1' } })
    assert.equal(first.status, 303)
    const visit = await browser.open(new URL(first.headers.get('location') ?? '', service.origin).href)
    assert.equal(visit.at, `${ledger.afterSignOut}?state=s`)
    assert.ok(!(await isSignedIn(browser)))
  })

  test('without one a page asks, because anybody can make a browser load an address', async () => {
    const browser = browserOf(service)
    await hintFor(browser, ledger)
    const page = await browser.open(goodbye(ledger, { state: 'kept' }))
    assert.match(page.html, /Sign out\?/)
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /form-action 'self' [^;]*http:\/\/localhost:4000/,
      'the form may lead back to the product',
    )
    assert.ok(formsOf(page.html)[0]?.action.startsWith('/'))
    assert.ok(await isSignedIn(browser), 'asking is not doing')
    await browser.open(goodbye(ledger, { state: 'kept' }))
    const done = await browser.send({}, { button: 'Sign out' })
    assert.equal(done.at, `${ledger.afterSignOut}?state=kept`)
    assert.ok(!(await isSignedIn(browser)))
  })

  test('with somebody else’s hint, likewise', async () => {
    const browser = browserOf(service)
    const hint = await hintFor(browserOf(service), ledger, noah)
    await hintFor(browser, ledger)
    const page = await browser.open(goodbye(ledger, { id_token_hint: hint }))
    assert.match(page.html, /Sign out\?/)
    assert.ok(await isSignedIn(browser))
  })

  test('with a hint that is not ours, or of another product, likewise', async () => {
    const browser = browserOf(service)
    const hint = await hintFor(browser, ledger)
    for (const wrong of [`${hint}x`, 'x', 'eyJhbGciOiJub25lIn0.eyJhdWQiOiJsZWRnZXIifQ.'])
      assert.match((await browser.open(goodbye(ledger, { id_token_hint: wrong }))).html, /Sign out\?/, wrong)
    assert.match(
      (await browser.open(goodbye(payroll, { id_token_hint: hint }))).html,
      /Sign out\?/,
      'of another product',
    )
    assert.ok(await isSignedIn(browser))
  })

  test('with nothing at all: the page, and then our own goodbye', async () => {
    const browser = browserOf(service)
    await hintFor(browser, ledger)
    const page = await browser.open('/oidc/sign-out')
    assert.match(page.html, /Sign out\?/)
    assert.equal((await browser.send({}, { button: 'Sign out' })).at, '/signed-out')
    const only = browserOf(service)
    await hintFor(only, ledger)
    await only.open('/oidc/sign-out?state=x')
    assert.equal(
      (await only.send({}, { button: 'Sign out' })).at,
      '/signed-out',
      'state without an address goes nowhere',
    )
  })

  test('an address that is not registered ends on our page; nobody is signed out', async () => {
    const browser = browserOf(service)
    const hint = await hintFor(browser, ledger)
    for (const query of [
      { id_token_hint: hint, post_logout_redirect_uri: 'https://evil.example/' },
      { id_token_hint: hint, post_logout_redirect_uri: payroll.afterSignOut },
      { client_id: 'ledger', post_logout_redirect_uri: `${ledger.afterSignOut}?x=1` },
      { client_id: 'nobody', post_logout_redirect_uri: ledger.afterSignOut },
    ] as Record<string, string>[]) {
      const visit = await browser.open(`/oidc/sign-out?${new URLSearchParams(query)}`)
      assert.equal(visit.status, 400, JSON.stringify(query))
      assert.match(visit.html, /<html lang="en"/)
    }
    const address = new URLSearchParams({ post_logout_redirect_uri: ledger.afterSignOut })
    const bare = await browser.open(`/oidc/sign-out?${address}`)
    assert.match(bare.html, /Sign out\?/, 'an address of nobody’s is not heeded')
    assert.ok(!bare.html.includes(ledger.afterSignOut))
    assert.ok(await isSignedIn(browser))
  })

  test('where nobody is signed in there is nothing to ask: straight back', async () => {
    const hint = await hintFor(browserOf(service), ledger)
    for (const query of [{ id_token_hint: hint }, {}]) {
      const visit = await browserOf(service).open(goodbye(ledger, { ...query, state: 's' }))
      assert.equal(visit.at, `${ledger.afterSignOut}?state=s`)
    }
    assert.equal((await browserOf(service).open('/oidc/sign-out')).at, '/signed-out')
  })

  test('an old hint is good enough, and signing out is written down (Z6)', async () => {
    const browser = browserOf(service)
    const hint = await hintFor(browser, ledger)
    service.clock.advance(hours(11))
    const before = await service.db.selectFrom('history').selectAll().where('kind', '=', 'signed-out').execute()
    assert.ok((await browser.open(goodbye(ledger, { id_token_hint: hint }))).at.startsWith(ledger.afterSignOut))
    const after = await service.db.selectFrom('history').selectAll().where('kind', '=', 'signed-out').execute()
    assert.equal(after.length, before.length + 1)
    assert.equal(after.find(({ id }) => !before.some((it) => it.id === id))?.account_id, maya.id)
  })
})

suite('products are told (L2; OpenID Connect Back-Channel Logout 1.0)', () => {
  test('each gets a token of its own, and the person does not wait for it', async () => {
    await service.post()
    clear()
    const browser = browserOf(service)
    const first = decodeJwt(await hintFor(browser, ledger))
    const second = decodeJwt(await hintFor(browser, payroll))
    await hintFor(browser, plain)
    await signOutAtPortal(browser)
    assert.deepEqual([atLedger.tokens.length, atPayroll.tokens.length], [0, 0], 'not in the request')
    await service.post()
    const expected = { issuer: service.origin, typ: 'logout+jwt' }
    for (const [receiver, party, idToken, alg] of [
      [atLedger, ledger, first, 'ES256'],
      [atPayroll, payroll, second, 'RS256'],
    ] as const) {
      assert.equal(receiver.tokens.length, 1)
      const { payload, protectedHeader } = await jwtVerify(receiver.tokens[0] ?? '', keys, {
        ...expected,
        audience: party.id,
      })
      assert.equal(protectedHeader.alg, alg)
      assert.deepEqual(payload.events, { 'http://schemas.openid.net/event/backchannel-logout': {} })
      assert.equal(payload.sub, maya.id)
      assert.ok(payload.sid && payload.sid === idToken.sid, 'the sid of its ID token')
      assert.ok(!('nonce' in payload), 'section 2.4: nonce is prohibited')
      assert.ok(payload.jti && payload.iat && payload.exp && payload.exp - payload.iat <= 120)
    }
    assert.notEqual(first.sid, second.sid, 'products cannot compare notes')
  })

  test('a product that is down is tried again, until it answers', async () => {
    clear()
    const browser = browserOf(service)
    await hintFor(browser, ledger)
    await hintFor(browser, payroll)
    atPayroll.answer = 500
    await signOutAtPortal(browser)
    await service.post()
    assert.deepEqual(
      [atLedger.tokens.length, atPayroll.tokens.length],
      [1, 1],
      'the healthy one does not wait for the other',
    )
    for (const [answer, wait] of [
      [503, minutes(1)],
      [302, hours(1)],
      [500, days(1)],
    ] as const) {
      atPayroll.answer = answer
      service.clock.advance(wait)
      await service.post()
    }
    assert.equal(atPayroll.tokens.length, 4)
    atPayroll.answer = 204
    service.clock.advance(hours(5))
    await service.post()
    await service.post()
    assert.deepEqual([atLedger.tokens.length, atPayroll.tokens.length], [1, 5], 'and then no more')
    const expected = { issuer: service.origin, typ: 'logout+jwt', audience: 'payroll' }
    await jwtVerify(atPayroll.tokens[4] ?? '', keys, expected)
    atPayroll.answer = 200
  })

  test('signing out at one product tells the others too, and ends their tokens', async () => {
    clear()
    const browser = browserOf(service)
    const hint = await hintFor(browser, ledger)
    const { access_token: access } = await tokensFor(browser, payroll, maya)
    await browser.open(goodbye(ledger, { id_token_hint: hint }))
    assert.ok(!(await opens(service, access)))
    await service.post()
    assert.deepEqual([atLedger.tokens.length, atPayroll.tokens.length], [1, 1])
  })

  test('a new password tells them of every session (A4)', async () => {
    clear()
    const sids = [
      decodeJwt(await hintFor(browserOf(service), ledger)).sid,
      decodeJwt(await hintFor(browserOf(service), ledger)).sid,
    ]
    await resetPassword(service, maya, 'nine loud lighthouses')
    await service.post()
    const told = atLedger.tokens.map((token) => decodeJwt(token).sid)
    assert.ok(sids.every((sid) => told.includes(sid)))
    assert.equal(new Set(told).size, told.length)
  })

  test('somebody else who signs in on this browser ends the session of the one before', async () => {
    clear()
    const browser = browserOf(service)
    const { sid } = decodeJwt(await hintFor(browser, ledger))
    await tokensFor(browser, ledger, noah, { prompt: 'login' })
    await service.post()
    assert.deepEqual(
      atLedger.tokens.map((token) => [decodeJwt(token).sid, decodeJwt(token).sub]),
      [[sid, maya.id]],
    )
  })
})
