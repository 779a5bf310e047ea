import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import * as oidc from 'openid-client'
import { testService } from '../../src/testing/world.ts'
import { answerOf, basic, browserOf, makeParty, makePublicParty, opens, post, tokensFor } from './party.ts'
import { makePerson } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger', {
  grants: ['authorization_code', 'refresh_token', 'client_credentials'],
})
const poster = await makeParty(service, 'poster', { auth: oidc.ClientSecretPost })
await makePublicParty(service, 'spa')

const client = (id: string, secret: string | null, more: Record<string, string> = {}) =>
  post(service, '/oidc/token', { grant_type: 'client_credentials', ...more }, basic(id, secret))

suite('how a product proves itself', () => {
  test('with its secret in the header or in the body, never both (RFC 6749, section 2.3)', async () => {
    assert.ok((await tokensFor(browserOf(service), ledger, maya)).access_token)
    assert.ok((await tokensFor(browserOf(service), poster, maya)).access_token)
    const both = await post(
      service,
      '/oidc/token',
      { grant_type: 'client_credentials', client_id: 'ledger', client_secret: ledger.secret ?? '' },
      basic('ledger', ledger.secret),
    )
    assert.equal(both.status, 400)
  })

  test('the database holds the hash, which opens nothing (L4)', async () => {
    const row = await service.db
      .selectFrom('products')
      .selectAll()
      .where('id', '=', ledger.config.clientMetadata().client_id as never)
      .executeTakeFirstOrThrow()
    assert.ok(row.secret_mark && row.secret_mark !== ledger.secret)
    assert.ok(!JSON.stringify(row).includes(ledger.secret ?? ''))
    for (const secret of [
      row.secret_mark,
      '',
      'undefined',
      'null',
      `${ledger.secret}x`,
      (ledger.secret ?? '').slice(0, -1),
    ]) {
      const { status, body, headers } = await client('ledger', secret)
      assert.ok(status === 401 || (secret === '' && status === 400), `${secret}: ${status}`)
      assert.ok(body.error === 'invalid_client' || secret === '')
      if (status === 401) assert.match(headers.get('www-authenticate') ?? '', /^Basic/)
    }
    assert.equal((await client('nobody', 'x')).status, 401)
  })

  test('no assertion signed with the secret or with nothing stands in for it (RFC 9700, section 2.5)', async () => {
    const claims = { iss: 'ledger', sub: 'ledger', aud: service.origin, jti: 'one' }
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    const row = await service.db
      .selectFrom('products')
      .selectAll()
      .where('id', '=', 'ledger' as never)
      .executeTakeFirstOrThrow()
    const signed = (key: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(Buffer.from(key))
    const none = new UnsecuredJWT(claims).setIssuedAt().setExpirationTime('1m').encode()
    for (const assertion of [none, await signed(ledger.secret ?? ''), await signed(row.secret_mark ?? '')]) {
      const { status } = await post(service, '/oidc/token', {
        grant_type: 'client_credentials',
        client_id: 'ledger',
        client_assertion_type: type,
        client_assertion: assertion,
      })
      assert.ok(status === 401 || status === 400)
    }
  })

  test('tokens somebody made up are not taken for ours (ASVS 5.0, 9.1)', async () => {
    const { id_token: token = '' } = await tokensFor(browserOf(service), ledger, maya)
    const [claims, header] = [decodeJwt(token), decodeProtectedHeader(token)]
    const publicKey = await (await fetch(`${service.base}/oidc/jwks`)).text()
    const forged = [
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from(publicKey)),
      await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from(ledger.secret ?? '')),
      `${token.slice(0, -4)}AAAA`,
    ]
    for (const hint of forged) {
      const asked = await ledger.ask({ id_token_hint: hint, prompt: 'none' })
      assert.equal(answerOf(await browserOf(service).open(asked.url.href)).error, 'invalid_request')
      assert.ok(!(await opens(service, hint)))
      const out = await fetch(`${service.base}/oidc/sign-out?${new URLSearchParams({ id_token_hint: hint })}`, {
        redirect: 'manual',
      })
      assert.equal(out.status, 400)
    }
    assert.ok(!(await opens(service, token)), 'an ID token is no access token')
  })

  test('userinfo takes the token from the header or a form, never from the address (RFC 6750, section 2)', async () => {
    const { access_token: token } = await tokensFor(browserOf(service), ledger, maya)
    const posted = await post(service, '/oidc/userinfo', { access_token: token })
    assert.equal(posted.body.sub, maya.id)
    const inAddress = await fetch(`${service.base}/oidc/userinfo?access_token=${token}`)
    assert.equal(inAddress.status, 400)
    const without = await fetch(`${service.base}/oidc/userinfo`)
    assert.equal(without.status, 401)
    assert.match(without.headers.get('www-authenticate') ?? '', /^Bearer/)
  })

  test('pages of the product’s own origin may call, others may not (CORS)', async () => {
    const call = async (origin: string) => {
      const init = {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ client_id: 'spa', grant_type: 'refresh_token', refresh_token: 'x' }),
      }
      return (await fetch(`${service.base}/oidc/token`, init)).headers.get('access-control-allow-origin')
    }
    assert.equal(await call('http://localhost:4000'), 'http://localhost:4000')
    for (const origin of [
      'https://evil.example',
      'http://localhost:4001',
      'null',
      'http://localhost:4000.evil.example',
    ])
      assert.notEqual(await call(origin), origin)
  })
})
