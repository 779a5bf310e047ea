import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { api } from '../app.ts'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log/log.ts'
import { systemRandom } from '../platform/random.ts'
import { listen, makeServer } from '../platform/web/server.ts'
import { ask, isProblem, shop } from '../testing/operator.ts'
import { testService } from '../testing/world.ts'
import { apiRoutes, operatorApi } from './api.ts'

test('only the operator gets in', async () => {
  const service = await testService({ PASSERELLE_METRICS_TOKEN: 'the token of the metrics' })
  const token = service.adminToken
  const wrong = [
    '',
    'Bearer',
    'Bearer ',
    token,
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token} x`,
    `Bearer x ${token}`,
  ]
  for (const authorization of [...wrong, 'Bearer the token of the metrics', `Bearer ${token.slice(1)}`])
    for (const path of ['/api/v1/products', '/api/v1/keys', '/api/v1/nowhere', '/api/v1/products/shop/secret']) {
      const answer = await ask(service, 'POST', path, shop, { authorization })
      isProblem(answer, 401, 'token-needed')
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
    }
  const cookie = await ask(service, 'GET', '/api/v1/products', undefined, {
    authorization: '',
    cookie: `token=${token}`,
  })
  isProblem(cookie, 401, 'token-needed')
  const query = await ask(service, 'GET', `/api/v1/products?access_token=${token}`, undefined, { authorization: '' })
  isProblem(query, 401, 'token-needed')
  assert.equal(
    (await ask(service, 'GET', '/api/v1/products', undefined, { authorization: `bearer  ${token}` })).status,
    200,
  )
})

test('no page of another origin may read an answer, and none sets a cookie', async () => {
  const service = await testService()
  for (const method of ['GET', 'OPTIONS'])
    for (const path of ['/api/v1/products', '/api/openapi.json']) {
      const { headers } = await ask(service, method, path, undefined, { origin: 'https://elsewhere.example' })
      assert.equal(headers.get('access-control-allow-origin'), null)
      assert.deepEqual(headers.getSetCookie(), [])
      assert.equal(headers.get('cache-control'), 'no-store')
    }
})

test('X12: the character NUL in an address is refused, wherever it stands', async () => {
  const service = await testService()
  for (const path of [
    '/accounts?x=%00',
    '/accounts?search=a%00',
    '/accounts/%00',
    '/accounts?%00=1',
    '/products/%00',
    '/nowhere/a%00b',
    '/accounts/export?after=%00',
  ])
    isProblem(await ask(service, 'GET', `/api/v1${path}`), 422, 'unreadable')
})

test('what is not JSON, too large or nowhere is refused with a problem', async () => {
  const service = await testService()
  const post = (body: string, more = {}) => ask(service, 'POST', '/api/v1/products', body, more)
  isProblem(await post('client_id=shop', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'not-json')
  isProblem(await post(JSON.stringify(shop), { 'content-type': 'text/plain' }), 415, 'not-json')
  isProblem(await post(JSON.stringify(shop), { 'content-type': 'application/jsonp' }), 415, 'not-json')
  isProblem(await post('{"client_id":', {}), 400, 'malformed')
  isProblem(await post('', {}), 400, 'malformed')
  isProblem(await post(`{"client_id":"${'x'.repeat(64 * 1024)}"}`), 413, 'too-large')
  isProblem(await ask(service, 'GET', '/api/v1/nowhere'), 404, 'not-found')
  isProblem(await ask(service, 'PATCH', '/api/v1/products'), 404, 'not-found')
  isProblem(await ask(service, 'GET', '/api/'), 404, 'not-found')
  const chunked = await fetch(`${service.base}/api/v1/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${service.adminToken}` },
    body: new Blob(['x'.repeat(65 * 1024)]).stream(),
    duplex: 'half',
  } as RequestInit)
  assert.equal(chunked.status, 413)
})

test('a fault is told in the log, and not to the caller, who is given the number of the request', async () => {
  const part = apiRoutes()
  part.post('/broken', () => {
    throw new Error('the inner workings')
  })
  const told: object[] = []
  const log = { ...silentLog, error: (fields: object) => told.push(fields) }
  const handle = getRequestListener(operatorApi({ adminToken: 'token', log }, [part]).fetch)
  const front = { handlers: [{ serves: () => true, handle }], log, random: systemRandom, clock: systemClock }
  const server = makeServer({ ...front, origin: 'http://localhost:3000', seen() {} })
  const port = await listen(server, 0, '127.0.0.1')
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/broken`, {
    method: 'POST',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json', 'x-request-id': 'of the caller' },
    body: '{}',
  })
  const text = await answer.text()
  server.close()
  const request = answer.headers.get('x-request-id')
  isProblem({ status: answer.status, headers: answer.headers, body: JSON.parse(text) }, 500, 'fault')
  assert.match(request ?? '', /^req_/)
  assert.ok(text.includes(`under request ${request}.`), text)
  assert.doesNotMatch(text, /inner workings/)
  assert.deepEqual(
    told.map((fields) => ({ ...fields, err: '' })),
    [{ err: '', request }],
  )
})

test('the description is public, whole, and lists exactly what is served', async () => {
  const service = await testService()
  const { status, body: document } = await ask(service, 'GET', '/api/openapi.json', undefined, { authorization: '' })
  assert.equal(status, 200)
  assert.equal(document.openapi, '3.1.0')
  assert.deepEqual(document.security, [{ operator: [] }])
  assert.deepEqual(document.components.securitySchemes, { operator: { type: 'http', scheme: 'bearer' } })

  type Operation = {
    operationId: string
    summary: string
    parameters?: { in: string }[]
    responses: Record<string, unknown>
  }
  const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const served = api(service, { ...service.app.protocol }).routes.filter(({ method }) => method !== 'ALL')
  const shapeOf = (method: string, path: string) => `${method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`
  const mounted = new Set(served.map(({ method, path }) => shapeOf(method, path)))
  mounted.delete('GET /api/openapi.json')
  assert.deepEqual(new Set(operations.map(({ method, path }) => shapeOf(method, path))), mounted)

  assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length)
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }))
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    assert.deepEqual(inPath, named, path)
    assert.match(operation.summary, /./)
    assert.deepEqual(Object.keys(operation.responses).at(-1), 'default')
  }
  for (const [, name] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
    assert.ok(name && name in document.components.schemas, name)
})
