import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as oidc from 'openid-client'
import { seconds } from '../../src/platform/clock.ts'
import { testService } from '../../src/testing/world.ts'
import { answerOf, arrive, browserOf, makeParty, makePublicParty, type Party, post, provesItself } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')
const payroll = await makeParty(service, 'payroll')
const spa = await makePublicParty(service, 'spa')
const signedIn = browserOf(service)
await arrive(signedIn, ledger, maya)

/** Pushes a request; answers the address that the browser is sent to. */
async function push(party: Party, more: Record<string, string> = {}) {
  const asked = await party.ask(more)
  const { status, body } = await post(service, '/oidc/par', {
    ...Object.fromEntries(asked.url.searchParams),
    ...provesItself(party),
  })
  const uri = String(body.request_uri)
  return {
    asked,
    status,
    body,
    uri,
    at: `/oidc/authorize?${new URLSearchParams({ client_id: party.id, request_uri: uri })}`,
  }
}

suite('pushed authorization requests (L1; RFC 9126)', () => {
  test('a confidential and a public product can push what they ask', async () => {
    for (const party of [ledger, spa]) {
      const asked = await party.ask()
      const url = await oidc.buildAuthorizationUrlWithPAR(party.config, asked.url.searchParams)
      assert.deepEqual([...url.searchParams.keys()].toSorted(), ['client_id', 'request_uri'])
      const visit = await signedIn.open(url.href)
      assert.equal((await party.redeem(asked, visit.at)).claims()?.sub, maya.id)
    }
  })

  test('it lives a minute (section 2.2) and is good for one answer', async () => {
    const first = await push(ledger)
    assert.equal(first.status, 201)
    assert.ok(Number(first.body.expires_in) <= 60)
    assert.ok(answerOf(await signedIn.open(first.at)).code)
    const again = await signedIn.open(first.at)
    assert.match(again.html, /invalid_request_uri/)
    assert.equal(again.status, 400)
    const late = await push(ledger)
    service.clock.advance(seconds(61))
    assert.match((await signedIn.open(late.at)).html, /invalid_request_uri/)
  })

  test('of 16 browsers at once with the same request one gets an answer', async () => {
    const { at } = await push(ledger)
    const all = await Promise.all(Array.from({ length: 16 }, () => signedIn.request(at)))
    const codes = all.filter(({ headers }) => /[?&]code=/.test(headers.get('location') ?? ''))
    assert.equal(codes.length, 1)
    for (const { headers, html } of all)
      assert.match(`${headers.get('location')} ${html}`, /[?&]code=|invalid_request_uri/)
  })

  test('the person may take their time: signing in, the language, an hour later', async () => {
    const browser = browserOf(service)
    const { asked, at } = await push(ledger, { state: 'kept all the way' })
    await browser.open(at)
    await browser.open(browser.page.at)
    service.clock.advance(seconds(3_000))
    const visit = await signIn(browser, maya)
    assert.equal((await ledger.redeem(asked, visit.at)).claims()?.sub, maya.id)
  })

  test('it is bound to the product that pushed it', async () => {
    const { uri, at } = await push(ledger)
    const query = new URLSearchParams({ client_id: 'payroll', request_uri: uri })
    const visit = await signedIn.open(`/oidc/authorize?${query}`)
    assert.equal(visit.status, 400)
    assert.doesNotMatch(visit.at, /code=/)
    assert.ok(answerOf(await signedIn.open(at)).code, 'which can still use it')
  })

  test('what was pushed counts, not what the address adds', async () => {
    const { asked, at } = await push(ledger)
    const visit = await signedIn.open(
      `${at}&${new URLSearchParams({ state: 'changed', redirect_uri: payroll.redirectUri, scope: 'openid', prompt: 'none' })}`,
    )
    assert.ok(visit.at.startsWith(ledger.redirectUri) || visit.status === 400)
    if (visit.status !== 400) assert.equal(answerOf(visit).state, asked.state)
  })

  test('only after the product has proved itself, and never with another request inside', async () => {
    const { url } = await ledger.ask()
    const params = Object.fromEntries(url.searchParams)
    assert.equal((await post(service, '/oidc/par', params)).status, 401)
    assert.equal((await post(service, '/oidc/par', { ...params, client_secret: 'wrong' })).status, 401)
    const nested = await post(service, '/oidc/par', {
      ...params,
      ...provesItself(ledger),
      request_uri: (await push(ledger)).uri,
    })
    assert.equal(nested.status, 400)
    const { body } = await post(service, '/oidc/par', {
      ...params,
      ...provesItself(ledger),
      code_challenge_method: 'plain',
    })
    assert.equal(body.error, 'invalid_request')
    const get = await fetch(`${service.base}/oidc/par?${url.searchParams}`)
    assert.ok(get.status === 404 || get.status === 405)
  })

  test('X12: characters that no request has are refused, at the latest where it is used', async () => {
    for (const name of ['state', 'nonce', 'login_hint'])
      for (const party of [ledger, spa]) {
        const { at } = await push(party, { [name]: 'a\u0000b', prompt: 'login' })
        const visit = await browserOf(service).open(at)
        assert.ok(
          visit.status === 400 || answerOf(visit).error === 'invalid_request',
          `${party.id}: ${name} ${visit.at}`,
        )
      }
  })

  test('a state too long for an address can be pushed', async () => {
    const state = 's'.repeat(10_000)
    const { asked, at } = await push(ledger, { state })
    const visit = await signedIn.request(at)
    const back = visit.headers.get('location') ?? ''
    assert.equal(answerOf({ ...visit, at: back }).state, state)
    assert.equal((await ledger.redeem(asked, back)).claims()?.sub, maya.id)
  })
})
