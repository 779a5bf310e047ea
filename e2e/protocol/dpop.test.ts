import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { type CryptoKey, calculateJwkThumbprint, exportJWK, type JWK, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { testService } from '../../src/testing/world.ts'
import {
  answerOf,
  arrive,
  basic,
  browserOf,
  makeParty,
  makePublicParty,
  post,
  redeemRaw,
  refreshRaw,
  refusedWith,
} from './party.ts'
import { makePerson } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const spa = await makePublicParty(service, 'spa')
const ledger = await makeParty(service, 'ledger', {
  grants: ['authorization_code', 'refresh_token', 'client_credentials'],
})
const [mine, theirs] = [await oidc.randomDPoPKeyPair('ES256'), await oidc.randomDPoPKeyPair('ES256')]
const jkt = await calculateJwkThumbprint(await exportJWK(mine.publicKey))
const browser = browserOf(service)
const TOKEN = `${service.origin}/oidc/token`
const USERINFO = `${service.origin}/oidc/userinfo`

type Changes = { payload?: Record<string, unknown>; header?: Record<string, unknown>; key?: CryptoKey; at?: number }
const now = () => Math.floor(Date.now() / 1_000)

/** A proof as RFC 9449 (section 4.2) has it, or wrong where a test wants it. */
async function proof(
  htm: string,
  htu: string,
  { payload = {}, header = {}, key, at = now() }: Changes = {},
): Promise<string> {
  const jwk: JWK = await exportJWK(mine.publicKey)
  return new SignJWT({ htm, htu, jti: randomUUID(), iat: at, ...payload })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
    .sign(key ?? mine.privateKey)
}
const ath = (token: string): string => createHash('sha256').update(token).digest('base64url')
const about = async (token: string, dpop: string) =>
  (await fetch(`${service.base}/oidc/userinfo`, { headers: { authorization: `DPoP ${token}`, dpop } })).status

/** A token for the public product, bound to our key. */
async function boundTokens() {
  const { asked, visit } = await arrive(browser, spa, maya)
  return oidc.authorizationCodeGrant(
    spa.config,
    new URL(visit.at),
    { expectedState: asked.state, expectedNonce: asked.nonce, pkceCodeVerifier: asked.verifier },
    {},
    { DPoP: oidc.getDPoPHandle(spa.config, mine) },
  )
}

suite('tokens bound to a key (L1; RFC 9449)', () => {
  test('a bound token opens with its key and with nothing else', async () => {
    const tokens = await boundTokens()
    assert.equal(tokens.token_type, 'dpop')
    const handle = oidc.getDPoPHandle(spa.config, mine)
    assert.equal((await oidc.fetchUserInfo(spa.config, tokens.access_token, maya.id, { DPoP: handle })).sub, maya.id)
    const stolen = oidc.getDPoPHandle(spa.config, theirs)
    await assert.rejects(oidc.fetchUserInfo(spa.config, tokens.access_token, maya.id, { DPoP: stolen }))
    const bearer = await fetch(`${service.base}/oidc/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    assert.equal(bearer.status, 401)
    const seen = await post(service, '/oidc/introspect', { token: tokens.access_token }, basic('ledger', ledger.secret))
    assert.deepEqual(seen.body.cnf, { jkt })
  })

  test('a bound refresh token is not rotated, and needs its key (section 5)', async () => {
    const { refresh_token: token = '' } = await boundTokens()
    const again = await oidc.refreshTokenGrant(spa.config, token, {}, { DPoP: oidc.getDPoPHandle(spa.config, mine) })
    assert.ok(again.refresh_token === undefined || again.refresh_token === token)
    await refusedWith(
      'invalid_grant',
      oidc.refreshTokenGrant(spa.config, token, {}, { DPoP: oidc.getDPoPHandle(spa.config, theirs) }),
    )
    assert.equal((await refreshRaw(service, spa, token)).body.error, 'invalid_grant')
  })

  test('a proof works once, at every endpoint (section 11.1)', async () => {
    const { access_token: token } = await boundTokens()
    const shown = await proof('GET', USERINFO, { payload: { ath: ath(token) } })
    assert.equal(await about(token, shown), 200)
    assert.ok([400, 401].includes(await about(token, shown)))
    const once = { DPoP: await proof('POST', TOKEN) }
    const grant = { grant_type: 'client_credentials' }
    assert.equal(
      (await post(service, '/oidc/token', grant, { ...basic('ledger', ledger.secret), ...once })).status,
      200,
    )
    assert.equal(
      (await post(service, '/oidc/token', grant, { ...basic('ledger', ledger.secret), ...once })).status,
      400,
    )
  })

  test('of 64 who show one proof at once, one is believed', async () => {
    const { access_token: token } = await boundTokens()
    const shown = await proof('GET', USERINFO, { payload: { ath: ath(token) } })
    const all = await Promise.all(Array.from({ length: 64 }, () => about(token, shown)))
    assert.equal(all.filter((status) => status === 200).length, 1)
    assert.ok(
      all.every((status) => [200, 400, 401].includes(status)),
      all.join(' '),
    )
    const headers = { ...basic('ledger', ledger.secret), DPoP: await proof('POST', TOKEN) }
    const grants = await Promise.all(
      Array.from({ length: 64 }, () => post(service, '/oidc/token', { grant_type: 'client_credentials' }, headers)),
    )
    assert.equal(grants.filter(({ status }) => status === 200).length, 1)
    assert.ok(grants.every(({ status }) => [200, 400].includes(status)))
  })

  test('a proof from a clock that is fast is remembered for as long as it is good', async () => {
    const headers = { ...basic('ledger', ledger.secret), DPoP: await proof('POST', TOKEN, { at: now() + 290 }) }
    assert.equal((await post(service, '/oidc/token', { grant_type: 'client_credentials' }, headers)).status, 200)
    const [kept] = await service.db
      .selectFrom('oidc_records')
      .selectAll()
      .where('model', '=', 'ReplayDetection')
      .orderBy('expires_at', 'desc')
      .execute()
    assert.ok(kept && kept.expires_at.getTime() / 1_000 >= now() + 290 + 300, 'until five minutes after its iat')
  })

  test('proofs that are wrong in any way are refused (section 4.3)', async () => {
    const { access_token: token } = await boundTokens()
    const good = { ath: ath(token) }
    const wrong: [string, Promise<string>][] = [
      ['another method', proof('POST', USERINFO, { payload: good })],
      ['another address', proof('GET', TOKEN, { payload: good })],
      ['another host', proof('GET', 'http://evil.example/oidc/userinfo', { payload: good })],
      ['another token', proof('GET', USERINFO, { payload: { ath: ath('x') } })],
      ['no ath', proof('GET', USERINFO)],
      ['old', proof('GET', USERINFO, { payload: good, at: now() - 320 })],
      ['from the future', proof('GET', USERINFO, { payload: good, at: now() + 320 })],
      ['no jti', proof('GET', USERINFO, { payload: { ...good, jti: undefined } })],
      ['no iat', proof('GET', USERINFO, { payload: { ...good, iat: undefined } })],
      ['typ JWT', proof('GET', USERINFO, { payload: good, header: { typ: 'JWT' } })],
      ['signed by another key', proof('GET', USERINFO, { payload: good, key: theirs.privateKey })],
      [
        'with a private key in it',
        (async () =>
          proof('GET', USERINFO, {
            payload: good,
            header: { jwk: { ...(await exportJWK(mine.publicKey)), d: 'x' } },
          }))(),
      ],
      ['alg none', Promise.resolve(`${Buffer.from('{"alg":"none","typ":"dpop+jwt"}').toString('base64url')}.e30.`)],
      ['nonsense', Promise.resolve('x')],
    ]
    for (const [what, made] of wrong) assert.ok([400, 401].includes(await about(token, await made)), what)
    assert.equal(await about(token, await proof('GET', USERINFO, { payload: good })), 200)
    assert.equal(
      await about(token, await proof('GET', USERINFO, { payload: good, at: now() - 10 })),
      200,
      'ten seconds either way are fine',
    )
    assert.equal(await about(token, await proof('GET', USERINFO, { payload: good, at: now() + 10 })), 200)
  })

  test('a code can be bound to the key beforehand (section 10)', async () => {
    const ask = async () => {
      const { asked, visit } = await arrive(browser, spa, maya, { dpop_jkt: jkt })
      return { code: answerOf(visit).code ?? '', verifier: asked.verifier }
    }
    const first = await ask()
    assert.equal(
      (await redeemRaw(service, spa, first.code, first.verifier)).body.error,
      'invalid_grant',
      'without a proof',
    )
    const second = await ask()
    const headers = { DPoP: await proof('POST', TOKEN) }
    const body = {
      grant_type: 'authorization_code',
      client_id: 'spa',
      code: second.code,
      code_verifier: second.verifier,
      redirect_uri: spa.redirectUri,
    }
    assert.equal((await post(service, '/oidc/token', body, headers)).status, 200)
  })
})
