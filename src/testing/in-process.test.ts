import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askInProcess } from './in-process.ts'
import { testService } from './world.ts'

test('a request without a socket is answered as one with a socket', async () => {
  const { app, base } = await testService()
  for (const path of ['/sign-in', '/account', '/oidc/jwks', '/health/live', '/nowhere']) {
    const there = await fetch(base + path, { redirect: 'manual', headers: { accept: 'text/html' } })
    const here = await askInProcess(app.server, path, {})
    assert.deepEqual([here.status, here.location], [there.status, there.headers.get('location') ?? ''], path)
    assert.equal(here.text !== '', (await there.text()) !== '', path)
  }
  const form = { grant_type: 'refresh_token', client_id: 'nobody', refresh_token: 'none' }
  const refused = await askInProcess(app.server, '/oidc/token', { form, headers: { accept: 'application/json' } })
  assert.deepEqual([refused.status, JSON.parse(refused.text).error], [401, 'invalid_client'])
})
