import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { repeated } from '../../testing/repeated.ts'
import { openDatabase, type Where } from './open.ts'
import { startCluster } from './testing/cluster.ts'
import type { Found } from './testing/insert.ts'
import { type Program, startProgram } from './testing/program.ts'
import { temporaryDatabase } from './testing.ts'

const server = process.env.PASSERELLE_TEST_DATABASE_URL
const dataOfServer = process.env.PASSERELLE_TEST_PGDATA
const ROUNDS = repeated(20)
/** A server that is killed keeps its rows by its own promise; here it is whether our process goes on. */
const ROUNDS_OF_SERVER = Math.min(ROUNDS, 6)

/**
 * In every round a process tells what it finds, and inserts rows until something is killed at a random moment. The next
 * one finds every row that was acknowledged, and no transaction by half.
 * @returns how many rows were acknowledged
 */
async function survives(
  where: Where,
  kill: (writer: Program, round: number) => Promise<void>,
  rounds = ROUNDS,
): Promise<number> {
  const prepared = await openDatabase(where)
  await sql`create table kept (id int primary key, text text not null)`.execute(prepared.db)
  await sql`create table halves (id int primary key)`.execute(prepared.db)
  await prepared.close()
  const acknowledged = new Set<number>()
  for (let round = 1; round <= rounds + 1; round++) {
    const writer = startProgram('insert', JSON.stringify(where))
    const found: Found = JSON.parse(await writer.nextLine())
    const there = new Set(found.whole)
    const lost = [...acknowledged].filter((id) => !there.has(id))
    assert.deepEqual(lost, [], `lost in round ${round - 1}`)
    assert.deepEqual(found.halves, [], `half there in round ${round - 1}`)
    await writer.nextLine()
    await pause(randomInt(300))
    await kill(writer, round)
    for (const line of writer.lines.slice(1)) acknowledged.add(Number(line))
  }
  return acknowledged.size
}

const killWriter = (writer: Program) => writer.kill()
const onPostgres = { skip: !server && 'PASSERELLE_TEST_DATABASE_URL is not set' }
const onOurOwn = { skip: !dataOfServer && 'PASSERELLE_TEST_PGDATA is not set' }

describe('what was acknowledged is kept', () => {
  test('when the process with the embedded database is killed', { skip: server && 'not of PostgreSQL' }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-kill-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const kept = await survives({ kind: 'embedded', folder }, killWriter)
    t.diagnostic(`${kept} rows in ${ROUNDS} rounds`)
  })

  test('when a process that uses PostgreSQL is killed', onPostgres, async (t) => {
    const kept = await survives({ kind: 'postgres', url: await temporaryDatabase(server ?? '') }, killWriter)
    t.diagnostic(`${kept} rows in ${ROUNDS} rounds`)
  })

  test('when PostgreSQL is killed, and the process goes on', onOurOwn, async (t) => {
    const cluster = await startCluster(dataOfServer ?? '')
    t.after(() => cluster.remove())
    const kept = await survives(
      { kind: 'postgres', url: cluster.url },
      async (writer, round) => {
        if (round % 2 === 0) cluster.stopAtOnce()
        else cluster.kill()
        await cluster.restart()
        assert.notEqual(await writer.nextLine(), '', 'the process ended with the server')
        await writer.kill()
      },
      ROUNDS_OF_SERVER,
    )
    t.diagnostic(`${kept} rows in ${ROUNDS_OF_SERVER} rounds`)
  })
})
