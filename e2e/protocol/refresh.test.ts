import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decodeJwt } from 'jose'
import * as oidc from 'openid-client'
import { days, hours, minutes } from '../../src/platform/clock.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import {
  browserOf,
  makeParty,
  makePublicParty,
  opens,
  type Party,
  refreshRaw,
  refusedWith,
  tokensFor,
} from './party.ts'
import { makePerson, resetPassword, signOutAtPortal } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')
const payroll = await makeParty(service, 'payroll')
const spa = await makePublicParty(service, 'spa')
const OFFLINE = { scope: 'openid email offline_access', prompt: 'consent' }

const refreshTokenFor = async (
  party: Party,
  browser: Browser = browserOf(service),
  more: Record<string, string> = {},
): Promise<string> => {
  const { refresh_token: token } = await tokensFor(browser, party, maya, more)
  assert.ok(token)
  return token
}

suite('refresh (L1; RFC 6749, section 6; RFC 9700, section 4.14)', () => {
  test('a confidential product keeps its token: an answer that got lost can be asked for again', async () => {
    const token = await refreshTokenFor(ledger)
    for (let round = 0; round < 3; round++) {
      const tokens = await oidc.refreshTokenGrant(ledger.config, token)
      assert.ok(tokens.refresh_token === undefined || tokens.refresh_token === token)
      assert.ok(await opens(service, tokens.access_token))
      assert.equal(decodeJwt(tokens.id_token ?? '').sub, maya.id)
    }
    const all = await Promise.all(Array.from({ length: 16 }, () => refreshRaw(service, ledger, token)))
    assert.ok(
      all.every(({ status }) => status === 200),
      'many at once, as of a product with many processes',
    )
  })

  test('a public product gets a new one each time, and the former is spent', async () => {
    const first = await refreshTokenFor(spa)
    const second = await oidc.refreshTokenGrant(spa.config, first)
    assert.ok(second.refresh_token && second.refresh_token !== first)
    const third = await oidc.refreshTokenGrant(spa.config, second.refresh_token)
    assert.ok(third.refresh_token && third.refresh_token !== second.refresh_token)
    assert.ok(await opens(service, third.access_token))
    // Somebody has the first: either the thief or the owner holds the newest, and nobody knows which.
    await refusedWith('invalid_grant', oidc.refreshTokenGrant(spa.config, first))
    assert.ok(!(await opens(service, third.access_token)), 'the whole family is dead')
    await refusedWith('invalid_grant', oidc.refreshTokenGrant(spa.config, third.refresh_token))
  })

  test('of 64 at once one gets a child, and then the family is dead', async () => {
    for (let round = 0; round < 2; round++) {
      const token = await refreshTokenFor(spa)
      const all = await Promise.all(Array.from({ length: 64 }, () => refreshRaw(service, spa, token)))
      const won = all.filter(({ status }) => status === 200)
      assert.equal(won.length, 1)
      assert.ok(all.every(({ status, body }) => status === 200 || body.error === 'invalid_grant'))
      assert.equal((await refreshRaw(service, spa, String(won[0]?.body.refresh_token))).body.error, 'invalid_grant')
    }
  })

  test('a family ends without touching another browser, or another product', async () => {
    const browser = browserOf(service)
    const [spent, elsewhere] = [await refreshTokenFor(spa, browser), await refreshTokenFor(spa)]
    const neighbour = await refreshTokenFor(ledger, browser)
    await refreshRaw(service, spa, spent)
    await refreshRaw(service, spa, spent)
    assert.equal((await refreshRaw(service, spa, elsewhere)).status, 200)
    assert.equal((await refreshRaw(service, ledger, neighbour)).status, 200)
    assert.equal(
      (await refreshRaw(service, spa, await refreshTokenFor(spa, browser))).status,
      200,
      'and a new sign-in is a new family',
    )
  })

  test('a token is bound to its product', async () => {
    const token = await refreshTokenFor(ledger)
    assert.equal((await refreshRaw(service, payroll, token)).body.error, 'invalid_grant')
    assert.equal((await refreshRaw(service, spa, token)).body.error, 'invalid_grant')
    assert.equal((await refreshRaw(service, { ...ledger, secret: null }, token)).status, 401)
    assert.equal((await refreshRaw(service, ledger, token)).status, 200, 'and all that did it no harm')
  })

  test('scope can only shrink', async () => {
    const token = await refreshTokenFor(ledger, browserOf(service), { scope: 'openid email' })
    const less = await oidc.refreshTokenGrant(ledger.config, token, { scope: 'openid' })
    assert.equal(less.scope, 'openid')
    for (const scope of ['openid email profile', 'openid offline_access', 'openid email admin', 'profile'])
      assert.equal((await refreshRaw(service, ledger, token, { scope })).body.error, 'invalid_scope', scope)
    assert.equal(
      (await oidc.refreshTokenGrant(ledger.config, token)).scope,
      'openid email',
      'what was granted is still there',
    )
  })
})

suite('how long a refresh token lives', () => {
  test('as long as the session: it dies when the person signs out (L2)', async () => {
    const browser = browserOf(service)
    const token = await refreshTokenFor(ledger, browser)
    const { access_token: access } = await oidc.refreshTokenGrant(ledger.config, token)
    await signOutAtPortal(browser)
    await refusedWith('invalid_grant', oidc.refreshTokenGrant(ledger.config, token))
    assert.ok(!(await opens(service, access)))
  })

  test('and when the session has not been used for 12 hours (Z4)', async () => {
    const token = await refreshTokenFor(ledger)
    service.clock.advance(hours(13))
    await refusedWith('invalid_grant', oidc.refreshTokenGrant(ledger.config, token))
  })

  test('with offline_access it outlives the session', async () => {
    const browser = browserOf(service)
    const token = await refreshTokenFor(ledger, browser, OFFLINE)
    await signOutAtPortal(browser)
    assert.equal((await refreshRaw(service, ledger, token)).status, 200)
    service.clock.advance(days(29))
    assert.equal((await refreshRaw(service, ledger, token)).status, 200, 'idle for 29 days')
  })

  test('offline_access has to be asked for with consent (OpenID Connect Core, section 11)', async () => {
    const browser = browserOf(service)
    const token = await refreshTokenFor(ledger, browser, { scope: 'openid offline_access' })
    await signOutAtPortal(browser)
    assert.equal((await refreshRaw(service, ledger, token)).body.error, 'invalid_grant')
  })

  test('never longer than 30 days unused, and 90 in all (ASVS 5.0, 10.4.8)', async () => {
    const idle = await refreshTokenFor(ledger, browserOf(service), OFFLINE)
    let rotated = await refreshTokenFor(spa, browserOf(service), OFFLINE)
    service.clock.advance(days(31))
    assert.equal((await refreshRaw(service, ledger, idle)).body.error, 'invalid_grant')
    assert.equal((await refreshRaw(service, spa, rotated)).body.error, 'invalid_grant')
    rotated = await refreshTokenFor(spa, browserOf(service), OFFLINE)
    for (let day = 0; day < 75; day += 25) {
      service.clock.advance(days(25))
      const { body } = await refreshRaw(service, spa, rotated)
      assert.ok(body.refresh_token, `after ${day + 25} days`)
      rotated = String(body.refresh_token)
    }
    service.clock.advance(days(16))
    assert.equal((await refreshRaw(service, spa, rotated)).body.error, 'invalid_grant', 'after 91 days')
  })

  test('a new password ends every token, those for offline use too (A4, C4)', async () => {
    const browser = browserOf(service)
    const tokens = [
      await refreshTokenFor(ledger, browser),
      await refreshTokenFor(payroll, browserOf(service), OFFLINE),
      await refreshTokenFor(spa, browser, OFFLINE),
    ]
    const { access_token: access } = await tokensFor(browser, ledger, maya)
    await resetPassword(service, maya, 'eight loud lighthouses')
    for (const [index, party] of [ledger, payroll, spa].entries())
      assert.equal((await refreshRaw(service, party, tokens[index] ?? '')).body.error, 'invalid_grant', party.id)
    assert.ok(!(await opens(service, access)))
    const asked = await ledger.ask({ prompt: 'none' })
    assert.match((await browser.open(asked.url.href)).at, /error=login_required/, 'and every session')
    service.clock.advance(minutes(1))
    await refreshTokenFor(ledger)
  })
})
