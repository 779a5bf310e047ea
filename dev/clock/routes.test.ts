import assert from 'node:assert/strict'
import { test } from 'node:test'
import { movableClock } from '../../src/platform/clock.ts'
import { clockRoutes } from './routes.ts'

function open() {
  const clock = movableClock({ now: () => new Date('2026-11-22T12:00:00Z') })
  const seen: string[] = []
  const app = clockRoutes(clock, () => void seen.push(clock.now().toISOString()))
  const ask = async (method: string, body?: string, headers: Record<string, string> = {}) =>
    app.request('http://localhost:3000/dev/clock', { method, headers, ...(body === undefined ? {} : { body }) })
  return { clock, seen, ask }
}

test('the clock moves on, by as much as is asked and once more, and is set right again', async () => {
  const { ask, seen } = open()
  const first = await ask('POST', '{"advanceSeconds":90}')
  assert.deepEqual([first.status, await first.json()], [200, { now: '2026-11-22T12:01:30.000Z' }])
  assert.deepEqual(await (await ask('POST', '{"advanceSeconds":3600}')).json(), { now: '2026-11-22T13:01:30.000Z' })
  assert.deepEqual(await (await ask('POST', '{"advanceSeconds":0}')).json(), { now: '2026-11-22T13:01:30.000Z' })
  assert.deepEqual(await (await ask('DELETE')).json(), { now: '2026-11-22T12:00:00.000Z' })
  assert.deepEqual(seen, [
    '2026-11-22T12:01:30.000Z',
    '2026-11-22T13:01:30.000Z',
    '2026-11-22T13:01:30.000Z',
    '2026-11-22T12:00:00.000Z',
  ])
})

test('what is no whole number of seconds up to ten years is refused in one line, and nothing moves', async () => {
  const { ask, clock, seen } = open()
  const bodies = ['', 'x', '[]', 'null', '{}', '-1', '{"advanceSeconds":-1}', '{"advanceSeconds":1.5}']
  bodies.push(
    '{"advanceSeconds":"60"}',
    '{"advanceSeconds":null}',
    '{"advanceSeconds":1e9}',
    '{"advanceSeconds":1e999}',
  )
  for (const body of bodies) {
    const answer = await ask('POST', body)
    assert.equal(answer.status, 400, body)
    assert.match(await answer.text(), /^advanceSeconds must be .*\n$/)
  }
  assert.deepEqual([clock.now().toISOString(), seen], ['2026-11-22T12:00:00.000Z', []])
  assert.equal((await ask('POST', '{"advanceSeconds":315360000}')).status, 200)
})

test('a page of another site cannot move it', async () => {
  const { ask, seen } = open()
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  assert.equal((await ask('POST', '{"advanceSeconds":60}', headers)).status, 404)
  assert.equal((await ask('DELETE', undefined, headers)).status, 404)
  const answer = await ask('OPTIONS', undefined, { origin: 'https://evil.example' })
  assert.deepEqual(
    [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
    [],
  )
  assert.deepEqual(seen, [])
})
