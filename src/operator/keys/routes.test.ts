import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, shop } from '../../testing/operator.ts'
import { testService } from '../../testing/world.ts'

test('a rotation signs with the key that waited, at once, and shows no key', async () => {
  const service = await testService()
  const api = { resources: ['https://api.example.com/'], scopes: ['read'], grant_types: ['client_credentials'] }
  const added = await ask(service, 'POST', '/api/v1/products', { ...shop, redirect_uris: [], ...api })
  const kidOfNewToken = async () => {
    const authorization = `Basic ${Buffer.from(`shop:${added.body.client_secret}`).toString('base64')}`
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      resource: 'https://api.example.com/',
      scope: 'read',
    })
    const answer = await fetch(`${service.base}/oidc/token`, { method: 'POST', headers: { authorization }, body })
    const { access_token: token } = JSON.parse(await answer.text())
    return JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString()).kid
  }
  type Key = { id: string; algorithm: string; state: string; made_at: string; retired_at: string | null }
  const find = ({ keys }: { keys: Key[] }, state: string) =>
    keys.filter((key) => key.algorithm === 'ES256' && key.state === state).map((key) => key.id)

  const before = (await ask(service, 'GET', '/api/v1/keys')).body
  assert.equal(before.keys.length, 4)
  assert.deepEqual(Object.keys(before.keys[0]), ['id', 'algorithm', 'state', 'made_at', 'retired_at'])
  assert.equal(await kidOfNewToken(), find(before, 'current')[0])

  const rotated = await ask(service, 'POST', '/api/v1/keys/rotate')
  assert.equal(rotated.status, 200)
  assert.equal(await kidOfNewToken(), find(before, 'next')[0])
  assert.deepEqual(find(rotated.body, 'current'), find(before, 'next'))
  assert.deepEqual(find(rotated.body, 'retired'), find(before, 'current'))
  assert.deepEqual((await ask(service, 'GET', '/api/v1/keys')).body, rotated.body)
  const published = JSON.parse(await (await fetch(`${service.base}/oidc/jwks`)).text())
  assert.deepEqual(
    new Set(published.keys.map(({ kid }: { kid: string }) => kid)),
    new Set(rotated.body.keys.map(({ id }: Key) => id)),
  )
  const kinds = await service.db.selectFrom('history').select('kind').where('kind', '=', 'keys-rotated').execute()
  assert.equal(kinds.length, 1)
})
