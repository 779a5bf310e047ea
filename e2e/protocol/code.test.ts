import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as oidc from 'openid-client'
import { seconds } from '../../src/platform/clock.ts'
import { testService } from '../../src/testing/world.ts'
import {
  answerOf,
  arrive,
  browserOf,
  makeParty,
  makePublicParty,
  opens,
  type Party,
  redeemRaw,
  refreshRaw,
} from './party.ts'
import { makePerson } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')
const payroll = await makeParty(service, 'payroll', {
  redirectUris: ['http://localhost:4000/payroll/callback', 'http://localhost:4000/payroll/other'],
})
const spa = await makePublicParty(service, 'spa')
const browser = browserOf(service)

/** A code for a person who is signed in, and the verifier that goes with it. */
async function code(party: Party, more: Record<string, string> = {}) {
  const { asked, visit } = await arrive(browser, party, maya, more)
  return { code: answerOf(visit).code ?? '', verifier: asked.verifier }
}

suite('authorization code with PKCE (L1; RFC 6749, RFC 7636, RFC 9700)', () => {
  test('the ID token carries what it must (OpenID Connect Core, section 2)', async () => {
    const { asked, visit } = await arrive(browserOf(service), ledger, maya)
    const tokens = await ledger.redeem(asked, visit.at)
    const claims = tokens.claims()
    assert.equal(claims?.iss, service.origin)
    assert.equal(claims?.aud, 'ledger')
    assert.equal(claims?.sub, maya.id)
    assert.equal(claims?.nonce, asked.nonce)
    assert.ok(claims && claims.exp - claims.iat <= 600)
    assert.equal(tokens.token_type, 'bearer')
    assert.ok(Number(tokens.expires_in) <= 600, 'RFC 9700: short')
    const about = await oidc.fetchUserInfo(ledger.config, tokens.access_token, maya.id)
    assert.deepEqual(about, {
      sub: maya.id,
      email: maya.email,
      email_verified: true,
      name: 'Maya Tremblay',
      given_name: 'Maya',
      family_name: 'Tremblay',
      locale: 'en',
    })
  })

  test('a request without a challenge, or with the plain one, goes back refused, from every product', async () => {
    const bad: Record<string, string>[] = [
      { code_challenge: '', code_challenge_method: '' },
      { code_challenge_method: 'plain' },
      { code_challenge_method: '' },
      { code_challenge_method: 's256' },
      { code_challenge: 'too-short' },
      { code_challenge: `${'a'.repeat(42)}=` },
    ]
    for (const party of [ledger, spa])
      for (const more of bad) {
        const asked = await party.ask(more)
        for (const [name, value] of Object.entries(more)) if (value === '') asked.url.searchParams.delete(name)
        const visit = await browserOf(service).open(asked.url.href)
        assert.ok(visit.at.startsWith(party.redirectUri), JSON.stringify(more))
        const { error, state, iss } = answerOf(visit)
        assert.deepEqual({ error, state, iss }, { error: 'invalid_request', state: asked.state, iss: service.origin })
      }
  })

  test('a wrong verifier, or none, redeems nothing and spoils nothing', async () => {
    for (const party of [ledger, spa]) {
      const given = await code(party)
      for (const verifier of ['', oidc.randomPKCECodeVerifier(), `${given.verifier}x`, given.verifier.toUpperCase()]) {
        const { status, body } = await redeemRaw(service, party, given.code, verifier)
        assert.equal(status, 400)
        assert.equal(body.error, 'invalid_grant')
      }
      assert.equal((await redeemRaw(service, party, given.code, given.verifier)).status, 200)
    }
  })

  test('a code works once; using it again ends what it gave (RFC 6749, section 4.1.2)', async () => {
    const given = await code(ledger)
    const { status, body } = await redeemRaw(service, ledger, given.code, given.verifier)
    assert.equal(status, 200)
    assert.ok(await opens(service, String(body.access_token)))

    const wrong = await redeemRaw(service, ledger, given.code, oidc.randomPKCECodeVerifier())
    assert.equal(wrong.body.error, 'invalid_grant')
    assert.ok(await opens(service, String(body.access_token)), 'a replay that proves nothing ends nothing')

    const again = await redeemRaw(service, ledger, given.code, given.verifier)
    assert.deepEqual([again.status, again.body.error], [400, 'invalid_grant'])
    assert.ok(!(await opens(service, String(body.access_token))), 'the access token is dead')
    assert.equal((await refreshRaw(service, ledger, String(body.refresh_token))).body.error, 'invalid_grant')
    assert.equal((await redeemRaw(service, ledger, given.code, given.verifier)).status, 400)
  })

  test('after that the person gets in again without a page', async () => {
    const fresh = await code(ledger)
    const { body } = await redeemRaw(service, ledger, fresh.code, fresh.verifier)
    assert.ok(await opens(service, String(body.access_token)))
  })

  test('of 64 redemptions at once one succeeds, and what it gave is revoked', async () => {
    for (const party of [ledger, spa]) {
      const given = await code(party)
      const all = await Promise.all(
        Array.from({ length: 64 }, () => redeemRaw(service, party, given.code, given.verifier)),
      )
      const won = all.filter(({ status }) => status === 200)
      assert.equal(won.length, 1)
      assert.ok(all.every(({ status, body }) => status === 200 || body.error === 'invalid_grant'))
      assert.ok(!(await opens(service, String(won[0]?.body.access_token))))
    }
  })

  test('a code is bound to its product', async () => {
    const given = await code(ledger)
    const other = await redeemRaw(service, payroll, given.code, given.verifier, { redirect_uri: ledger.redirectUri })
    assert.equal(other.body.error, 'invalid_grant')
    const nobody = await redeemRaw(service, { ...ledger, secret: null }, given.code, given.verifier)
    assert.deepEqual([nobody.status, nobody.body.error], [401, 'invalid_client'])
    assert.equal((await redeemRaw(service, ledger, given.code, given.verifier)).status, 200, 'its own still gets it')
  })

  test('a code is bound to its redirect URI', async () => {
    const given = await code(payroll)
    for (const redirect_uri of ['http://localhost:4000/payroll/other', `${payroll.redirectUri}/`, ''])
      assert.match(
        String((await redeemRaw(service, payroll, given.code, given.verifier, { redirect_uri })).body.error),
        /^invalid_(grant|request)$/,
      )
    assert.equal((await redeemRaw(service, payroll, given.code, given.verifier)).status, 200)
  })

  test('a code lives for a minute (OAuth 2.1, section 4.1.2)', async () => {
    const given = await code(ledger)
    service.clock.advance(seconds(61))
    assert.equal((await redeemRaw(service, ledger, given.code, given.verifier)).body.error, 'invalid_grant')
  })

  test('nothing else gives tokens: no implicit, no hybrid, no password (RFC 9700, sections 2.1.2 and 2.4)', async () => {
    for (const response_type of [
      'token',
      'id_token',
      'id_token token',
      'code id_token',
      'code token',
      'none',
      'CODE',
      'code code2',
      '',
      'device',
      'vp_token',
    ]) {
      const asked = await ledger.ask()
      asked.url.searchParams.set('response_type', response_type)
      const visit = await browser.open(asked.url.href)
      assert.doesNotMatch(visit.at, /access_token|id_token=|code=/, response_type)
      assert.match(visit.at, /error=(unsupported_response_type|invalid_request)/, response_type)
    }
    for (const grant_type of [
      'password',
      'implicit',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
      'urn:ietf:params:oauth:grant-type:token-exchange',
      '',
    ]) {
      const more = { grant_type, username: maya.email, password: maya.password }
      const { status, body } = await redeemRaw(service, ledger, 'x', 'y', more)
      assert.equal(status, 400)
      assert.match(String(body.error), /unsupported_grant_type|invalid_request/)
    }
  })
})
