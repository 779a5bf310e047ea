/** Z6: checkpoints: when one is written, by whom, and to where. */

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { system } from '../../../platform/actor.ts'
import { minutes } from '../../../platform/clock.ts'
import { transact } from '../../../platform/database/db.ts'
import { emptyFolder } from '../../../testing/command-line.ts'
import { CALLERS } from '../../../testing/race.ts'
import { record } from '../../../testing/record.ts'
import { testWorld } from '../../../testing/world.ts'
import { keeperOf, writeCheckpoint } from './checkpoints.ts'

/** A log with so many acts in it, and a file for its checkpoints. */
async function aLog(rows: number) {
  const world = await testWorld()
  const file = join(emptyFolder(), 'checkpoints.jsonl')
  const act = (facts: object) =>
    transact(world.db, (tx) => record(world, tx, { kind: 'keys-rotated', actor: system, facts }))
  for (let n = 1; n <= rows; n++) await act({ n })
  const sign = () => writeCheckpoint(world, keeperOf(file))
  const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n')
  return { world, file, act, sign, lines }
}

test('a checkpoint is written where there is something new, once a minute, by one process of many', async () => {
  const { world, act, lines, file, sign } = await aLog(0)
  await sign()
  assert.equal(existsSync(file), false)
  await act({})
  const wrote = await Promise.all(Array.from({ length: CALLERS }, sign))
  assert.equal(wrote.filter(Boolean).length, 1)
  await act({})
  assert.equal(await sign(), false)
  world.clock.advance(minutes(1))
  assert.equal(await sign(), true)
  world.clock.advance(minutes(1))
  assert.equal(await sign(), false)
  await act({})
  assert.equal(await writeCheckpoint(world, keeperOf(file), true), true)
  assert.deepEqual(
    lines().map((line) => JSON.parse(line).seq),
    [1, 2, 3],
  )
  assert.deepEqual(Object.keys(JSON.parse(lines()[0] ?? '')), ['chain', 'seq', 'hash', 'at', 'key', 'signature'])
})

test('a checkpoint that was not taken is written a minute later; nobody puts it off in the database', async () => {
  const { world, act, sign, lines } = await aLog(1)
  await assert.rejects(writeCheckpoint(world, keeperOf('/dev/null/nowhere')))
  assert.equal(await sign(), false)
  world.clock.advance(minutes(1))
  assert.equal(await sign(), true)
  await sql`update history_checkpoints set leased_until = now() + interval '1 year'`.execute(world.db)
  await act({})
  assert.equal(await sign(), true)
  assert.equal(lines().length, 2)
})

test('a URL takes each checkpoint as a POST', async () => {
  const { world, act } = await aLog(1)
  const taken: string[] = []
  let status = 500
  const server = createServer(async (request, response) => {
    taken.push(`${request.method} ${request.url} ${await text(request)}`)
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  after(() => server.close())
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  const keep = keeperOf(`http://127.0.0.1:${address.port}/audit`)
  await assert.rejects(writeCheckpoint(world, keep), /answered with 500/)
  status = 204
  await act({})
  assert.equal(await writeCheckpoint(world, keep, true), true)
  assert.match(taken[1] ?? '', /^POST \/audit \{"chain":"history","seq":2,/)
})
