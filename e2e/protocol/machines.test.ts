import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { minutes } from '../../src/platform/clock.ts'
import { fetchFrom } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import {
  answerOf,
  basic,
  browserOf,
  makeParty,
  makePublicParty,
  opens,
  post,
  refreshRaw,
  refusedWith,
  tokensFor,
} from './party.ts'
import { makePerson } from './person.ts'

const service = await testService()
const API = 'https://api.example/ledger'
const maya = await makePerson(service, 'maya@example.com')
const grants = ['authorization_code', 'refresh_token', 'client_credentials'] as const
const ledger = await makeParty(service, 'ledger', { grants, scopes: ['entries:read', 'entries:write'] })
const poster = await makeParty(service, 'poster', { auth: oidc.ClientSecretPost })
const spa = await makePublicParty(service, 'spa', { scopes: ['entries:read'] })
const third = await makeParty(service, 'third', {
  thirdParty: true,
  grants,
  resources: ['https://api.example/open'],
  scopes: ['open:read'],
})
const keys = createRemoteJWKSet(new URL(`${service.origin}/oidc/jwks`), {
  [customFetch]: fetchFrom(service.origin, service.base),
})

const client = (id: string, secret: string | null, more: Record<string, string> = {}) =>
  post(service, '/oidc/token', { grant_type: 'client_credentials', ...more }, basic(id, secret))

suite('products that act for themselves (L1; RFC 6749, section 4.4)', () => {
  test('an opaque token, which says nothing of a person and opens nothing of one', async () => {
    const tokens = await oidc.clientCredentialsGrant(ledger.config)
    assert.equal(tokens.access_token.split('.').length, 1)
    assert.ok(Number(tokens.expires_in) <= 600)
    assert.equal(tokens.refresh_token, undefined)
    assert.equal(tokens.id_token, undefined)
    assert.ok(!(await opens(service, tokens.access_token)))
    const seen = await oidc.tokenIntrospection(ledger.config, tokens.access_token)
    assert.deepEqual([seen.active, seen.client_id, seen.sub], [true, 'ledger', undefined])
    const greedy = await oidc.clientCredentialsGrant(ledger.config, { scope: 'openid email entries:read' })
    assert.ok(!(await opens(service, greedy.access_token)))
  })

  test('for an API, a JWT access token (RFC 9068)', async () => {
    const { access_token: token, scope } = await oidc.clientCredentialsGrant(ledger.config, {
      resource: API,
      scope: 'entries:read',
    })
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: service.origin,
      audience: API,
      typ: 'at+jwt',
    })
    assert.equal(protectedHeader.alg, 'ES256')
    assert.deepEqual(
      [payload.sub, payload.client_id, payload.scope, scope],
      ['ledger', 'ledger', 'entries:read', 'entries:read'],
    )
    assert.ok(payload.exp && payload.iat && payload.jti && payload.exp - payload.iat <= 600)
  })

  test('only for products that were given the grant, and can prove who they are', async () => {
    assert.equal((await client('poster', poster.secret)).status, 400)
    assert.equal(
      (await post(service, '/oidc/token', { grant_type: 'client_credentials', client_id: 'spa' })).status,
      400,
    )
    assert.equal((await client('ledger', 'wrong')).status, 401)
  })

  test('scopes are those the operator registered', async () => {
    const { body } = await client('ledger', ledger.secret, { resource: API, scope: 'entries:read admin:all' })
    assert.equal(body.scope ?? body.error, body.error === undefined ? 'entries:read' : 'invalid_scope')
  })
})

suite('access tokens for APIs (L1; RFC 8707, RFC 9068)', () => {
  test('a person’s token for one API is a JWT about that person, for that API alone', async () => {
    const tokens = await tokensFor(browserOf(service), ledger, maya, { resource: API, scope: 'openid entries:read' })
    const { payload } = await jwtVerify(tokens.access_token, keys, {
      issuer: service.origin,
      audience: API,
      typ: 'at+jwt',
    })
    assert.deepEqual([payload.sub, payload.client_id, payload.scope], [maya.id, 'ledger', 'entries:read'])
    assert.equal(payload.email, undefined, 'an API learns no more than it needs')
    assert.ok(!(await opens(service, tokens.access_token)), 'it does not open userinfo')
    const again = await oidc.refreshTokenGrant(ledger.config, tokens.refresh_token ?? '')
    assert.equal(decodeJwt(again.access_token).aud, API, 'the audience stays')
    const wider = await refreshRaw(service, ledger, tokens.refresh_token ?? '', { resource: 'https://other.example/' })
    assert.notEqual(wider.status, 200)
  })

  test('somebody else’s product gets none for an API it was not registered for', async () => {
    for (const resource of [
      API,
      'https://api.example/open/',
      'https://api.example/Open',
      'not a uri',
      'https://api.example/open#x',
    ]) {
      const asked = await third.ask({ resource, scope: 'openid open:read' })
      const { error } = answerOf(await browserOf(service).open(asked.url.href))
      assert.equal(error, 'invalid_target', resource)
      assert.equal((await client('third', third.secret, { resource })).body.error, 'invalid_target', resource)
    }
    const { body } = await client('third', third.secret, { resource: 'https://api.example/open', scope: 'open:read' })
    assert.equal(decodeJwt(String(body.access_token)).aud, 'https://api.example/open')
  })

  test('two APIs need two tokens', async () => {
    const { status, body } = await post(
      service,
      '/oidc/token',
      [
        ['grant_type', 'client_credentials'],
        ['resource', API],
        ['resource', 'https://two.example/'],
      ],
      basic('ledger', ledger.secret),
    )
    assert.deepEqual([status, body.error], [400, 'invalid_target'])
  })
})

suite('introspection and revocation (L1; RFC 7662, RFC 7009)', () => {
  test('a product learns of a token what it needs; nobody learns of one that is not live', async () => {
    const tokens = await tokensFor(browserOf(service), ledger, maya)
    const seen = await oidc.tokenIntrospection(ledger.config, tokens.access_token)
    assert.deepEqual(
      [seen.active, seen.sub, seen.client_id, seen.scope, seen.iss],
      [true, maya.id, 'ledger', 'openid profile email', service.origin],
    )
    assert.equal((await oidc.tokenIntrospection(ledger.config, tokens.refresh_token ?? '')).active, true)
    for (const token of ['x', `${tokens.access_token}x`, tokens.access_token.toLowerCase()])
      assert.deepEqual(await oidc.tokenIntrospection(ledger.config, token), { active: false })
    service.clock.advance(minutes(11))
    assert.deepEqual(await oidc.tokenIntrospection(ledger.config, tokens.access_token), { active: false })
  })

  test('public products may not ask, nor may anybody without a secret', async () => {
    const { access_token: token } = await tokensFor(browserOf(service), spa, maya)
    const asked = await post(service, '/oidc/introspect', { client_id: 'spa', token })
    assert.ok(asked.status === 401 || asked.body.active === false)
    assert.notEqual((await post(service, '/oidc/introspect', { token })).status, 200)
    assert.equal((await post(service, '/oidc/introspect', { token }, basic('ledger', 'wrong'))).status, 401)
  })

  test('somebody else’s product learns nothing of tokens that are not its own', async () => {
    const tokens = await tokensFor(browserOf(service), ledger, maya)
    for (const token of [tokens.access_token, tokens.refresh_token ?? ''])
      assert.deepEqual((await post(service, '/oidc/introspect', { token }, basic('third', third.secret))).body, {
        active: false,
      })
    const { body } = await post(
      service,
      '/oidc/introspect',
      { token: tokens.access_token },
      basic('poster', poster.secret),
    )
    assert.equal(body.active, true, 'an API of ours may look at what it is given')
    const refresh = await post(
      service,
      '/oidc/introspect',
      { token: tokens.refresh_token ?? '' },
      basic('poster', poster.secret),
    )
    assert.deepEqual(refresh.body, { active: false }, 'but a refresh token is nobody else’s business')
  })

  test('revoking the refresh token ends what came of it, and only its product can', async () => {
    const tokens = await tokensFor(browserOf(service), ledger, maya)
    const token = tokens.refresh_token ?? ''
    assert.equal(
      (await post(service, '/oidc/revoke', { token }, basic('poster', poster.secret))).status,
      200,
      'says nothing',
    )
    assert.ok(await opens(service, tokens.access_token), 'and does nothing')
    await oidc.tokenRevocation(ledger.config, token)
    await refusedWith('invalid_grant', oidc.refreshTokenGrant(ledger.config, token))
    assert.ok(!(await opens(service, tokens.access_token)))
    await oidc.tokenRevocation(ledger.config, 'unknown')
    assert.equal((await post(service, '/oidc/revoke', { token }, basic('ledger', 'wrong'))).status, 401)
  })
})
