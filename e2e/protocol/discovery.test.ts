import assert from 'node:assert/strict'
import { request } from 'node:http'
import { suite, test } from 'node:test'
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { rotateKeys } from '../../src/oidc/keys/keys.ts'
import { testService } from '../../src/testing/world.ts'
import { browserOf, makeParty, tokensFor } from './party.ts'
import { makePerson } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')

const WELL_KNOWN = '/.well-known/openid-configuration'
const readJson = async (path: string) => (await fetch(service.base + path)).json()
const keySet = async (): Promise<JSONWebKeySet> => readJson('/oidc/jwks')

/** One request with headers that fetch would not send; the path may be a whole address. */
const ask = (path: string, headers: Record<string, string>) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const { port, hostname } = new URL(service.base)
    request({ port, hostname, path, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (part) => (body += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
      .on('error', reject)
      .end()
  })

suite('discovery (L1; OpenID Connect Discovery 1.0; RFC 8414)', () => {
  test('says what is offered, and offers nothing that has been given up (RFC 9700, section 2.1)', async () => {
    const found = await readJson(WELL_KNOWN)
    assert.equal(found.issuer, service.origin)
    assert.deepEqual(found.response_types_supported, ['code'])
    assert.deepEqual(found.code_challenge_methods_supported, ['S256'])
    assert.deepEqual(found.prompt_values_supported.toSorted(), ['consent', 'create', 'login', 'none', 'select_account'])
    assert.deepEqual(found.grant_types_supported.toSorted(), [
      'authorization_code',
      'client_credentials',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
    ])
    assert.deepEqual(found.id_token_signing_alg_values_supported, ['ES256', 'RS256'])
    assert.deepEqual(found.token_endpoint_auth_methods_supported.toSorted(), [
      'client_secret_basic',
      'client_secret_post',
      'none',
    ])
    assert.deepEqual(found.subject_types_supported, ['public'])
    for (const tag of ['en', 'fr', 'fr-CA']) assert.ok(found.ui_locales_supported.includes(tag), tag)
    assert.equal(found.authorization_response_iss_parameter_supported, true, 'RFC 9207')
    assert.equal(found.backchannel_logout_supported, true)
    assert.equal(found.backchannel_logout_session_supported, true)
    assert.ok(found.dpop_signing_alg_values_supported.includes('ES256'))
    for (const scope of ['openid', 'profile', 'email', 'offline_access'])
      assert.ok(found.scopes_supported.includes(scope), scope)
    for (const claim of ['sub', 'email', 'email_verified', 'name', 'locale', 'auth_time'])
      assert.ok(found.claims_supported.includes(claim), claim)
    const text = JSON.stringify(found)
    for (const gone of ['implicit', 'password', 'HS256', 'plain']) assert.ok(!text.includes(gone), gone)
  })

  test('every endpoint is where it says, and answers', async () => {
    const found: Record<string, unknown> = await readJson(WELL_KNOWN)
    const endpoints = Object.entries(found).filter(([name]) => /_endpoint$|^jwks_uri$/.test(name))
    assert.equal(endpoints.length, 9, endpoints.map(([name]) => name).join(' '))
    for (const [name, address] of endpoints) {
      assert.ok(String(address).startsWith(`${service.origin}/`), name)
      const path = new URL(String(address)).pathname
      const init = /token|introspection|revocation|pushed|device/.test(name)
        ? { method: 'POST', body: new URLSearchParams() }
        : {}
      const response = await fetch(service.base + path, { ...init, redirect: 'manual' })
      assert.notEqual(response.status, 404, name)
      assert.ok(response.status < 500, name)
    }
  })

  test('both well-known addresses say the same', async () => {
    assert.deepEqual(await readJson('/.well-known/oauth-authorization-server'), await readJson(WELL_KNOWN))
  })

  test('addresses come from PASSERELLE_URL, whatever a request says of its host', async () => {
    const right = (await ask(WELL_KNOWN, {})).body
    const lies: Record<string, string>[] = [
      { host: 'evil.example' },
      { 'x-forwarded-host': 'evil.example' },
      { 'x-forwarded-proto': 'https' },
      { 'x-forwarded-port': '1' },
      { forwarded: 'host=evil.example;proto=https' },
      { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'javascript' },
      { 'x-original-host': 'evil.example', 'x-host': 'evil.example', 'x-rewrite-url': '/evil' },
    ]
    for (const headers of lies) {
      const { status, body } = await ask(WELL_KNOWN, headers)
      assert.ok(body === right || status === 421, JSON.stringify(headers)) // 421: in development no other host is answered
      assert.ok(!body.includes('evil'))
    }
    const whole = await ask(`http://evil.example${WELL_KNOWN}`, { host: 'evil.example' })
    assert.ok(!whole.body.includes('evil.example'), 'a whole address as the request target')
  })
})

suite('keys', () => {
  test('the key set is public, ES256 first, of 128-bit strength (ASVS 5.0, 11.2.3)', async () => {
    const { keys } = await keySet()
    assert.deepEqual(
      keys.map(({ alg }) => alg),
      ['ES256', 'RS256', 'ES256', 'RS256'],
      'signing, then waiting',
    )
    for (const key of keys) {
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth']) assert.ok(!(secret in key), secret)
      assert.equal(key.use, 'sig')
      if (key.kty === 'RSA') assert.equal(Buffer.from(key.n ?? '', 'base64url').length * 8, 3_072)
      else assert.equal(key.crv, 'P-256')
    }
    assert.equal(new Set(keys.map(({ kid }) => kid)).size, 4)
  })

  test('a product that cannot verify ES256 gets RS256', async () => {
    const old = await makeParty(service, 'old', { idTokenAlgorithm: 'RS256' })
    const { id_token: token = '' } = await tokensFor(browserOf(service), old, maya)
    assert.equal(decodeProtectedHeader(token).alg, 'RS256')
  })

  test('after a rotation the key that waited signs, and what the former one signed still verifies', async () => {
    const browser = browserOf(service)
    const before = await keySet()
    const { id_token: first = '' } = await tokensFor(browser, ledger, maya)
    assert.equal(decodeProtectedHeader(first).kid, before.keys[0]?.kid)
    await rotateKeys(service, async () => {})
    await service.app.protocol.followKeys()
    const { id_token: second = '' } = await tokensFor(browser, ledger, maya)
    assert.equal(decodeProtectedHeader(second).kid, before.keys[2]?.kid, 'the one that was published as the next')
    const expected = { issuer: service.origin, audience: 'ledger' }
    await jwtVerify(second, createLocalJWKSet(before), expected)
    await jwtVerify(first, createLocalJWKSet(await keySet()), expected)
    const after = (await keySet()).keys
    assert.deepEqual(
      after.map(({ alg }) => alg),
      ['ES256', 'RS256', 'ES256', 'RS256', 'ES256', 'RS256'],
    )
  })

  test('private keys stand sealed in the database (Z5)', async () => {
    const rows = await service.db.selectFrom('signing_keys').selectAll().execute()
    assert.ok(rows.length >= 4)
    for (const row of rows) assert.doesNotMatch(row.sealed_key, /"d"|"kty"|PRIVATE/)
  })
})
