import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { seconds } from '../clock.ts'
import { DatabaseUnavailable } from '../unavailable.ts'
import { type Db, isUniqueViolation, transact } from './db.ts'
import { type Hooks, type OpenDatabase, openDatabase, type Where } from './open.ts'
import { temporaryDatabase } from './testing.ts'

const server = process.env.PASSERELLE_TEST_DATABASE_URL

const rows = async <Row>(db: Db, query: RawBuilder<Row>): Promise<Row[]> => (await query.execute(db)).rows
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** What is true of every kind of database. */
function sameOnEvery(kind: Where['kind'], where: () => Promise<Where>): void {
  describe(kind, () => {
    const statements: string[] = []
    const logged: string[] = []
    const hooks: Hooks = { onStatement: (text) => statements.push(text), log: (text) => logged.push(text) }
    let open: OpenDatabase
    before(async () => {
      open = await openDatabase(await where(), { ...hooks, statementLimit: seconds(2) })
      await sql`create table counters (name text primary key, value int not null)`.execute(open.db)
    })
    after(() => open.close())

    test('says which database it is, and answers', async () => {
      assert.match(open.describe(), kind === 'postgres' ? /^PostgreSQL at .*:\d+, database .* 1[5-9]/ : /^The embedded/)
      await open.ping()
    })

    test('carries results and parameters of several megabytes', async () => {
      const text = 'é€'.repeat(1_000_000)
      const query = sql<{ back: string; length: number }>`select ${text}::text as back, length(${text}) as length`
      const [row] = await rows(open.db, query)
      assert.equal(row?.length, text.length)
      assert.ok(row.back === text)
      const many = sql<{ n: number }>`select n, repeat('x', 1000) as text from generate_series(1, 5000) n`
      assert.equal((await rows(open.db, many)).length, 5000)
    })

    test('tells errors as PostgreSQL does, and goes on', async () => {
      const insert = () => sql`insert into counters values ('twice', 1)`.execute(open.db)
      await insert()
      await assert.rejects(insert, isUniqueViolation)
      await assert.rejects(sql`select nothing`.execute(open.db), (error) => codeOf(error) === '42703')
      await open.ping()
    })

    test('counts right when many callers count at once', async () => {
      await sql`insert into counters values ('all', 0)`.execute(open.db)
      const count = () =>
        transact(open.db, async (tx) => {
          const [row] = await rows(tx, sql<{ value: number }>`select value from counters where name = 'all' for update`)
          await sql`update counters set value = ${(row?.value ?? 0) + 1} where name = 'all'`.execute(tx)
        })
      await Promise.all(Array.from({ length: 40 }, count))
      const after = await rows(open.db, sql<{ value: number }>`select value from counters where name = 'all'`)
      assert.deepEqual(after, [{ value: 40 }])
    })

    test('undoes what a failed transaction did', async () => {
      const failing = transact(open.db, async (tx) => {
        await sql`insert into counters values ('undone', 1)`.execute(tx)
        throw new Error('on purpose')
      })
      await assert.rejects(failing, /on purpose/)
      assert.deepEqual(await rows(open.db, sql`select * from counters where name = 'undone'`), [])
    })

    test('refuses at once a query that forgot to take the transaction along', async () => {
      const forgetful = transact(open.db, () => sql`select 1`.execute(open.db))
      await assert.rejects(forgetful, /forgot to take tx along/)
      const nested = transact(open.db, () => transact(open.db, async () => {}))
      await assert.rejects(nested, /forgot to take tx along/)
      await open.ping()
    })

    test('reports every statement, begin, commit and rollback included', async () => {
      statements.length = 0
      await transact(open.db, (tx) => sql`select 1`.execute(tx))
      await assert.rejects(transact(open.db, (tx) => sql`select nothing`.execute(tx)))
      assert.deepEqual(statements, ['begin', 'select 1', 'commit', 'begin', 'select nothing', 'rollback'])
    })

    test('ends a statement that runs too long', async () => {
      await assert.rejects(sql`select pg_sleep(20)`.execute(open.db), (error) => codeOf(error) === '57014')
    })
  })
}

if (server) sameOnEvery('postgres', async () => ({ kind: 'postgres', url: await temporaryDatabase(server) }))
else {
  sameOnEvery('memory', async () => ({ kind: 'memory' }))
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-open-'))
  after(() => rmSync(folder, { recursive: true }))
  sameOnEvery('embedded', async () => ({ kind: 'embedded', folder }))
}

const unavailable = (message: RegExp) => (error: unknown) =>
  error instanceof DatabaseUnavailable && message.test(error.message) && !error.message.includes('\n')

describe('a PostgreSQL server that is not there', () => {
  test('is one clear line, without the password', async () => {
    const url = 'postgres://somebody:secret@127.0.0.1:1/accounts'
    const opening = openDatabase({ kind: 'postgres', url })
    await assert.rejects(
      opening,
      unavailable(/^PostgreSQL at 127\.0\.0\.1:1, database accounts cannot be used: .*REFUSED/),
    )
    await assert.rejects(opening, (error: Error) => !error.message.includes('secret'))
    const nonsense = openDatabase({ kind: 'postgres', url: 'postgres://[' })
    await assert.rejects(nonsense, unavailable(/address/))
  })

  test('is given up on when it takes the connection and says nothing', async (t) => {
    const mute = createServer().listen(0, '127.0.0.1')
    t.after(() => mute.close())
    await once(mute, 'listening')
    mute.on('connection', (socket) => t.after(() => socket.destroy()))
    const address = mute.address()
    assert.ok(address instanceof Object)
    const opening = openDatabase({ kind: 'postgres', url: `postgres://127.0.0.1:${address.port}/x` })
    await assert.rejects(opening, unavailable(/timeout/))
  })
})

describe('a PostgreSQL connection that breaks', { skip: !server }, () => {
  const kill = sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`

  test('fails the statement it was running, and no more', async (t) => {
    const logged: string[] = []
    const where: Where = { kind: 'postgres', url: await temporaryDatabase(server ?? '') }
    const victim = await openDatabase({ ...where, poolSize: 2 }, { log: (message) => logged.push(message) })
    const killer = await openDatabase({ ...where, poolSize: 1 })
    t.after(() => Promise.all([victim.close(), killer.close()]))
    const holding = victim.db.transaction().execute(async (tx) => {
      await kill.execute(killer.db)
      await pause(100) // it breaks while nothing waits for an answer
      await sql`select 1`.execute(tx)
    })
    await assert.rejects(holding, /terminat|connection error/)
    await victim.ping()
    await kill.execute(killer.db)
    while (logged.length === 0) await pause(20)
    assert.match(logged.join(), /idle connection/)
    await victim.ping()
  })
})
