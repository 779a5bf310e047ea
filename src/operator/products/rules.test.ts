import assert from 'node:assert/strict'
import { test } from 'node:test'
import { putRecord } from '../../core/model/grant/store.ts'
import type { Product, ProductId } from '../../core/model/product/product.ts'
import { system } from '../../platform/actor.ts'
import { after, days } from '../../platform/clock.ts'
import { testService, testWorld } from '../../testing/world.ts'
import { addProduct, type ProductProblem, removeProduct, rotateSecret, showProduct } from './rules.ts'

type Given = Partial<Omit<Product, 'id'>> & { id?: string }
const product = (given: Given = {}): Product => ({
  name: 'Shop',
  thirdParty: false,
  public: false,
  redirectUris: ['https://shop.example.com/callback'],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  grants: ['authorization_code', 'refresh_token'],
  native: false,
  idTokenAlgorithm: 'ES256',
  resources: [],
  scopes: [],
  ...given,
  id: (given.id ?? 'shop') as ProductId,
})

const flawed: Partial<Record<ProductProblem, Given[]>> = {
  'id-unusable': ['', '-a', '.a', 'a b', 'é', 'a/b', 'a\0', 'a'.repeat(65), '__proto__', 'constructor', 'toString'].map(
    (id) => ({ id }),
  ),
  'name-unusable': ['', ' ', 'a\nb', 'a\0', '\ud800', 'a\u202eb', 'a\u200fb', 'a\u2028b', 'a'.repeat(81)].map(
    (name) => ({ name }),
  ),
  'uri-needed': [{ redirectUris: [] }],
  'uri-unusable': [
    { postLogoutRedirectUris: ['https://shop.example.com/*'] },
    { backchannelLogoutUri: '' },
    { backchannelLogoutUri: 'com.example.app:/x', native: true },
  ],
  'grant-needed': [{ grants: [] }, { grants: ['refresh_token'] }],
  'public-without-secret': [{ public: true, grants: ['client_credentials'], redirectUris: [] }],
  'resource-unusable': ['', 'api', 'https://a.example/#x', 'https://a.example/\0'].map((it) => ({ resources: [it] })),
  'scope-unusable': ['', 'a b', 'a"', 'a\\', 'é', 'a\0', '\udfff'].map((scope) => ({ scopes: [scope] })),
}

test('every flaw is seen, and nothing is stored', async () => {
  const world = await testWorld()
  for (const [reason, products] of Object.entries(flawed))
    for (const given of products) {
      const added = await addProduct(world, product(given), system)
      assert.equal(added.ok ? 'added' : added.reason, reason, JSON.stringify(given))
    }
  const stored = await world.db.selectFrom('products').selectAll().execute()
  assert.deepEqual(stored, [])
})

const web = ['https://a.example', 'https://a.example/?x=1', 'https://a.example:8443/b', 'https://localhost/']
const loopback = ['http://localhost:4000/', 'http://127.0.0.1/', 'http://[::1]:1/x']
const schemes = ['com.example.app:/callback', 'com.example.app://callback']
const never = [
  ...[
    '',
    'x',
    '//a.example',
    'https://',
    'https:a.example',
    'https:/a.example',
    'https:\\\\a.example',
    'HTTPS://a.example',
  ],
  ...[
    'https://a.example/#',
    'https://a.example/#x',
    'https://*.example/',
    'https://u:p@a.example/',
    'https://u@a.example',
  ],
  ...[
    'https://a.example/ ',
    'https://a.example/é',
    'https://a.example/\0',
    'https://a.example/\n',
    'http://a.example/',
  ],
  ...['javascript:alert(1)', 'data:text/html,x', 'file:///x', 'about:blank', 'app:/x', 'com.example.app', '.a:/x'],
  ...[
    'http://127.0.0.2/',
    'http://localhost.evil.example/',
    'http://0.0.0.0/',
    `https://a.example/${'a'.repeat(2_000)}`,
  ],
]

test('an address is taken where nobody else can answer it', async () => {
  const world = await testWorld()
  let count = 0
  const isTaken = async (uri: string, native: boolean, development: boolean) => {
    const given = product({ id: `p${count++}`, redirectUris: [uri], native })
    return (await addProduct({ ...world, development }, given, system)).ok
  }
  for (const uri of never)
    for (const [native, development] of [
      [false, true],
      [true, true],
      [false, false],
    ] as const)
      assert.equal(await isTaken(uri, native, development), false, uri)
  for (const uri of web) assert.equal(await isTaken(uri, false, false), true, uri)
  for (const uri of [...loopback, ...schemes]) assert.equal(await isTaken(uri, false, false), false, uri)
  for (const uri of loopback) assert.equal(await isTaken(uri, false, true), true, uri)
  for (const uri of [...loopback, ...schemes, 'https://a.example/'])
    assert.equal(await isTaken(uri, true, false), true, uri)
  assert.equal(await isTaken('https://localhost/', true, true), false)
})

test('the protocol takes every product that was taken here', async () => {
  const service = await testService()
  const variants: Given[] = [
    ...[...web, ...loopback].map((uri) => ({ redirectUris: [uri, uri], postLogoutRedirectUris: [uri] })),
    ...[...loopback, ...schemes, 'https://a.example/'].map((uri) => ({
      redirectUris: [uri],
      native: true,
      public: true,
    })),
    ...[[...web], [...loopback]].map((redirectUris) => ({ redirectUris, idTokenAlgorithm: 'RS256' as const })),
    { redirectUris: [], grants: ['client_credentials'] },
    { redirectUris: [], grants: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'] },
    { redirectUris: [], grants: ['client_credentials', 'client_credentials', 'refresh_token'], native: true },
    { backchannelLogoutUri: 'http://localhost:4000/logout', name: 'Élan 👩‍🔧', thirdParty: true },
    { resources: ['urn:example:api', 'https://api.example.com/'], scopes: ['read', 'a:b/c'] },
  ]
  for (const [at, variant] of variants.entries()) {
    const given = product({ ...variant, id: `p.${at}` })
    const added = await addProduct(service, given, system)
    assert.ok(added.ok, JSON.stringify(variant))
    const basic = Buffer.from(`${given.id}:${added.secret}`).toString('base64')
    const answer = await fetch(`${service.base}/oidc/revoke`, {
      method: 'POST',
      headers: added.secret ? { authorization: `Basic ${basic}` } : {},
      body: new URLSearchParams({ token: 'x', ...(added.secret === null && { client_id: given.id }) }),
    })
    assert.equal(answer.status, 200, `${JSON.stringify(variant)}: ${await answer.text()}`)
  }
})

test('a product is added once, its secret changed, and removed with all that it was given', async () => {
  const world = await testWorld()
  const first = await addProduct(world, product(), system)
  assert.ok(first.ok && first.secret !== null)
  const again = await addProduct(world, product({ name: 'Another' }), system)
  assert.deepEqual(again, { ok: false, reason: 'id-taken', figures: { id: 'shop' } })

  const rotated = await rotateSecret(world, 'shop', system)
  assert.ok(rotated.ok && rotated.secret !== first.secret)

  const nobodys = { grant_id: null, account_id: null, user_code_mark: null, session_uid: null, mac: null }
  const record = { model: 'RefreshToken', ...nobodys }
  const expires_at = after(world.clock.now(), days(1))
  for (const clientId of ['shop', 'other'])
    await putRecord(world.db, { ...record, id_mark: clientId, payload: { clientId }, expires_at })
  assert.ok((await removeProduct(world, 'shop', system)).ok)
  assert.equal(await world.catalogue.find('shop'), undefined)
  const left = await world.db.selectFrom('oidc_records').select('id_mark').execute()
  assert.deepEqual(left, [{ id_mark: 'other' }])

  const kinds = await world.db.selectFrom('history').select(['kind', 'facts']).orderBy('id').execute()
  assert.deepEqual(kinds, [
    { kind: 'product-added', facts: { product: 'shop' } },
    { kind: 'product-changed', facts: { product: 'shop', change: 'secret' } },
    { kind: 'product-removed', facts: { product: 'shop' } },
  ])
})

test('what is not there, and what has no secret', async () => {
  const world = await testWorld()
  assert.ok((await addProduct(world, product({ public: true }), system)).ok)
  assert.deepEqual(await rotateSecret(world, 'shop', system), {
    ok: false,
    reason: 'no-secret',
    figures: { id: 'shop' },
  })
  for (const id of ['other', '', 'a\0', '\ud800', '__proto__'])
    for (const outcome of [
      await rotateSecret(world, id, system),
      await removeProduct(world, id, system),
      await showProduct(world, id),
    ])
      assert.equal(outcome.ok ? 'ok' : outcome.reason, 'unknown-product', id)
})
