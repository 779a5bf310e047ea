import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { seconds } from '../../clock.ts'
import { DatabaseUnavailable } from '../../unavailable.ts'
import { type OpenDatabase, openDatabase } from '../open.ts'
import { type Embedded, openFolder, restoreFolder } from './embedded.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-embedded-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (statementLimit = seconds(30)) => openDatabase({ kind: 'embedded', folder }, { statementLimit })
const unavailable = (message: RegExp) => (error: unknown) =>
  error instanceof DatabaseUnavailable && message.test(error.message) && !error.message.includes('\n')

const keepOne = ({ db }: OpenDatabase) => sql`create table kept as select 1 as id`.execute(db)
const kept = async ({ db }: OpenDatabase) => (await sql`select * from kept`.execute(db)).rows

describe('the embedded database', () => {
  test('is there again after it was closed', async () => {
    const first = await open()
    await keepOne(first)
    await first.close()
    await assert.rejects(first.ping())
    const second = await open()
    assert.deepEqual(await kept(second), [{ id: 1 }])
    await second.close()
  })

  test('is made anew when the first start was interrupted', async () => {
    mkdirSync(join(folder, 'database.unfinished'))
    writeFileSync(join(folder, 'database.unfinished', 'PG_VERSION'), '')
    await (await open()).close()
  })

  test('is started again after a statement that ran too long or brought the server down', async () => {
    const victim = await open(seconds(2))
    await keepOne(victim)
    const started = performance.now()
    const sleeping = sql`select pg_sleep(60)`.execute(victim.db)
    await assert.rejects(sleeping, (error: Error) => 'code' in error && error.code === '57014')
    assert.ok(performance.now() - started < 20_000)
    assert.deepEqual(await kept(victim), [{ id: 1 }])
    await sql`create function endless(n int) returns int language sql as 'select endless($1) + 1'`.execute(victim.db)
    await assert.rejects(sql`select endless(1)`.execute(victim.db), /stopped: .*call stack/)
    assert.deepEqual(await kept(victim), [{ id: 1 }])
    await victim.close()
  })

  test('in memory is lost with its thread, and says so', async () => {
    const victim = await openDatabase({ kind: 'memory' }, { statementLimit: seconds(2) })
    await assert.rejects(sql`select pg_sleep(60)`.execute(victim.db), /longer than 2 s/)
    await assert.rejects(victim.ping(), unavailable(/was in memory and is lost/))
    await victim.close()
  })

  test('can be backed up while it is in use, and restored into an empty folder', async () => {
    const backup = join(folder, 'backups', 'one.tar.gz')
    const original = await open()
    await keepOne(original)
    await original.db
      .transaction()
      .execute(async (tx) => {
        await sql`insert into kept values (2)`.execute(tx)
        const saved = original.backup?.(backup) // waits for the end of the transaction
        await sql`insert into kept values (3)`.execute(tx)
        return { saved }
      })
      .then(({ saved }) => saved)
    await original.close()
    await assert.rejects(restoreFolder(folder, backup), unavailable(/already has a database/))
    rmSync(join(folder, 'database'), { recursive: true })
    await restoreFolder(folder, backup)
    const restored = await open()
    assert.deepEqual(await kept(restored), [{ id: 1 }, { id: 2 }, { id: 3 }])
    await restored.close()
  })

  test('refuses the files of another version, and files that are no database', async () => {
    await (await open()).close()
    writeFileSync(join(folder, 'database', 'PG_VERSION'), '17\n')
    await assert.rejects(open(), unavailable(/format of PostgreSQL 17.* reads 18.*backup.*restore/))
    rmSync(join(folder, 'database', 'PG_VERSION'))
    await assert.rejects(open(), unavailable(/no database/))
  })

  test("refuses a damaged database with the server's own words", async () => {
    await (await open()).close()
    writeFileSync(join(folder, 'database', 'global', 'pg_control'), 'nonsense')
    await assert.rejects(open(), unavailable(/pg_control/))
    await assert.rejects(open(), unavailable(/pg_control/), 'and leaves no lock behind')
  })

  test('refuses a folder that cannot be written to', async () => {
    writeFileSync(join(folder, 'file'), '')
    const inside = openDatabase({ kind: 'embedded', folder: join(folder, 'file', 'data') })
    await assert.rejects(inside, unavailable(/data cannot be written to: ENOTDIR/))
  })
})

describe('a connection to the embedded database', () => {
  let embedded: Embedded
  beforeEach(async () => {
    embedded = await openFolder(folder, seconds(30))
  })
  afterEach(() => embedded.close())

  async function connected(): Promise<pg.Client> {
    const client = new pg.Client({ stream: embedded.connection, user: 'postgres', database: 'postgres' })
    await client.connect()
    return client.on('error', () => {})
  }

  test('that goes away in the middle of a transaction leaves nothing to the next', async () => {
    const leaver = await connected()
    await leaver.query('create table kept (id int)')
    await leaver.query(`set application_name = 'leaver'`)
    await leaver.query({ name: 'named', text: 'select 1' })
    await leaver.query('begin')
    await leaver.query('insert into kept values (1)')
    const unanswered = leaver.query('insert into kept values (2)')
    await leaver.end()
    await assert.rejects(unanswered)
    const next = await connected()
    assert.deepEqual((await next.query({ name: 'named', text: 'select * from kept' })).rows, [])
    assert.deepEqual((await next.query('show application_name')).rows, [{ application_name: '' }])
    await next.query('insert into kept values (3)')
    await next.end()
    const third = await connected()
    assert.deepEqual((await third.query('select * from kept')).rows, [{ id: 3 }])
    await third.end()
  })
})
