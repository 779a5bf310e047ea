import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days } from '../../platform/clock.ts'
import { ask, isProblem, shop } from '../../testing/operator.ts'
import { testService } from '../../testing/world.ts'

test('a product from its registration to its end', async () => {
  const service = await testService()
  assert.deepEqual((await ask(service, 'GET', '/api/v1/products')).body, { products: [] })

  const added = await ask(service, 'POST', '/api/v1/products', shop)
  assert.equal(added.status, 201)
  const { client_secret: secret, ...rest } = added.body
  assert.match(secret, /^[\w-]{43}$/)
  assert.deepEqual(rest, { client_id: 'shop', issuer: service.origin })

  const described = {
    ...shop,
    post_logout_redirect_uris: [],
    backchannel_logout_uri: null,
    grant_types: ['authorization_code', 'refresh_token'],
    public: false,
    third_party: false,
    native: false,
    manages_addresses: false,
    require_second_step: false,
    second_step_grace_days: 0,
    id_token_signed_response_alg: 'ES256',
    resources: [],
    scopes: [],
  }
  const shown = await ask(service, 'GET', '/api/v1/products/shop')
  const list = await ask(service, 'GET', '/api/v1/products')
  assert.deepEqual([shown.status, shown.body], [200, described])
  assert.deepEqual(list.body, { products: [described] })
  assert.doesNotMatch(JSON.stringify([shown.body, list.body]), new RegExp(`secret|mark|${secret}`))

  const isLetIn = async (with_: string) => {
    const authorization = `Basic ${Buffer.from(`shop:${with_}`).toString('base64')}`
    const body = new URLSearchParams({ token: 'x' })
    return (await fetch(`${service.base}/oidc/revoke`, { method: 'POST', headers: { authorization }, body })).ok
  }
  assert.equal(await isLetIn(secret), true)
  const rotated = await ask(service, 'POST', '/api/v1/products/shop/secret')
  assert.deepEqual([rotated.status, rotated.body.client_id, rotated.body.issuer], [200, 'shop', service.origin])
  assert.deepEqual([await isLetIn(secret), await isLetIn(rotated.body.client_secret)], [false, true])

  const removed = await ask(service, 'DELETE', '/api/v1/products/shop')
  assert.deepEqual([removed.status, removed.body], [204, undefined])
  assert.equal(await isLetIn(rotated.body.client_secret), false)
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['PATCH', ''],
    ['POST', '/secret'],
  ] as const)
    isProblem(
      await ask(service, method, `/api/v1/products/shop${path}`, method === 'PATCH' ? {} : undefined),
      404,
      'unknown-product',
    )
})

test('every field is kept as it was given; a public product has no secret', async () => {
  const service = await testService()
  const given = {
    client_id: 'till',
    client_name: 'La caisse',
    redirect_uris: ['com.example.till:/callback', 'http://127.0.0.1/'],
    post_logout_redirect_uris: ['com.example.till:/bye'],
    backchannel_logout_uri: 'https://till.example.com/logout',
    grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
    public: true,
    third_party: true,
    native: true,
    manages_addresses: true,
    require_second_step: true,
    second_step_grace_days: 14,
    id_token_signed_response_alg: 'RS256',
    resources: ['https://api.example.com/'],
    scopes: ['read', 'write'],
  }
  const added = await ask(service, 'POST', '/api/v1/products', given)
  assert.deepEqual(added.body, { client_id: 'till', client_secret: null, issuer: service.origin })
  assert.deepEqual((await ask(service, 'GET', '/api/v1/products/till')).body, given)
  isProblem(await ask(service, 'POST', '/api/v1/products', given), 409, 'id-taken')
  isProblem(await ask(service, 'POST', '/api/v1/products/till/secret'), 409, 'no-secret')
  isProblem(await ask(service, 'POST', '/api/v1/products', { ...shop, redirect_uris: ['x'] }), 422, 'uri-unusable')
})

test('a field that is unknown, missing or of another type is refused, and named', async () => {
  const service = await testService()
  const add = (body: unknown) => ask(service, 'POST', '/api/v1/products', body)
  const values = [
    null,
    true,
    0,
    Number.POSITIVE_INFINITY,
    -1,
    '',
    'x',
    '\0',
    '\ud800',
    [],
    {},
    [null],
    [[]],
    [{}],
    [1],
    { $ne: 1 },
    'x'.repeat(9_000),
  ]
  for (const field of Object.keys((await add(shop)) && (await ask(service, 'GET', '/api/v1/products/shop')).body)) {
    for (const value of values) {
      const body = { ...shop, client_id: 'other', [field]: value }
      const answer = await add(body)
      assert.ok([201, 400, 422].includes(answer.status), `${field} ${JSON.stringify(value)}: ${answer.status}`)
      if (answer.status === 400) assert.match(answer.body.detail, new RegExp(`^${field}[.:]`))
      if (answer.status === 201)
        assert.equal((await ask(service, 'DELETE', `/api/v1/products/${body.client_id}`)).status, 204)
    }
  }
  for (const body of [null, [], [shop], 'shop', 1, true]) isProblem(await add(JSON.stringify(body)), 400, 'malformed')
  for (const unknown of ['client_secret', 'secretMark', 'id', 'toString'])
    isProblem(await add({ ...shop, client_id: 'other', [unknown]: 'x' }), 400, 'malformed')
  const polluted =
    '{"client_id":"other","client_name":"x","redirect_uris":["https://a.example"],"__proto__":{"public":true}}'
  isProblem(await add(polluted), 400, 'malformed')
  const { client_name: _name, ...nameless } = shop
  assert.match((await add(nameless)).body.detail, /^client_name: /)
  for (const id of ['%ff', '%2e%2e', 'a%2Fb', '%ED%A0%80', '__proto__', 'x'.repeat(5_000)])
    for (const method of ['GET', 'DELETE'])
      assert.equal((await ask(service, method, `/api/v1/products/${id}`)).status, 404, id)
})

test('E1: a second way is required of who goes there, for days of its own; what is not said stays', async () => {
  const service = await testService()
  await ask(service, 'POST', '/api/v1/products', shop)
  const change = async (body: object) => {
    const { status, body: answer } = await ask(service, 'PATCH', '/api/v1/products/shop', body)
    return [status, answer.require_second_step, answer.second_step_grace_days]
  }
  assert.deepEqual(await change({}), [200, false, 0])
  assert.deepEqual(await change({ require_second_step: true, second_step_grace_days: 7 }), [200, true, 7])
  assert.deepEqual(await change({ require_second_step: true }), [200, true, 7])
  const before = (await service.catalogue.find('shop'))?.secondStep
  service.clock.advance(days(3))
  assert.deepEqual(await change({ second_step_grace_days: 9 }), [200, true, 9])
  assert.deepEqual((await service.catalogue.find('shop'))?.secondStep, { since: before?.since, graceDays: 9 })
  assert.deepEqual(await change({ require_second_step: false }), [200, false, 0])
  assert.deepEqual(await change({ require_second_step: false }), [200, false, 0])
  const acts = await service.db.selectFrom('history').select('facts').where('kind', '=', 'product-changed').execute()
  const about = { product: 'shop', change: 'second-step' }
  assert.deepEqual(
    acts.map(({ facts }) => facts),
    [
      { ...about, required: true, graceDays: 7 },
      { ...about, required: true, graceDays: 9 },
      { ...about, required: false },
    ],
  )
  for (const body of [{ second_step_grace_days: -1 }, { second_step_grace_days: 366 }, { client_name: 'x' }])
    isProblem(await ask(service, 'PATCH', '/api/v1/products/shop', body), 400, 'malformed')
})
