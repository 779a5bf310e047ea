import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { sql } from 'kysely'
import { type Clock, movableClock } from '../clock.ts'
import { type Migration, MigrationFailed, migrate, migrationStatus } from './migrate.ts'
import { type OpenDatabase, openDatabase, type Where } from './open.ts'
import { temporaryDatabase } from './testing.ts'

const server = process.env.PASSERELLE_TEST_DATABASE_URL
const noon = new Date('2026-11-22T12:00:00Z')
const clock: Clock = movableClock({ now: () => noon })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passerelle-migrate-'))
  write('0001-accounts.sql', 'create table accounts (id text primary key);\ncreate table more (id text);\n')
  write('0002-names.sql', 'alter table accounts add column name text;')
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
const failing = (message: RegExp) => (error: unknown) =>
  error instanceof MigrationFailed && message.test(error.message) && !error.message.includes('\n')
const accounts = { version: 1, name: 'accounts' }
const names = { version: 2, name: 'names' }

function sameOnEvery(kind: Where['kind'], where: () => Promise<Where>): void {
  describe(`migrations: ${kind}`, () => {
    let open: OpenDatabase
    let place: Where
    before(async () => {
      place = await where()
      open = await openDatabase(place)
    })
    beforeEach(() => sql`drop schema public cascade; create schema public`.execute(open.db))
    after(() => open.close())
    const migrateAll = () => migrate(open.db, { clock, folder })

    test('are applied once, in order', async () => {
      assert.deepEqual(await migrationStatus(open.db, { folder }), [
        { ...accounts, appliedAt: null },
        { ...names, appliedAt: null },
      ])
      const seen: Migration[] = []
      assert.deepEqual(await migrate(open.db, { clock, folder, onStep: (step) => seen.push(step) }), [accounts, names])
      assert.deepEqual(seen, [accounts, names])
      assert.deepEqual(await migrateAll(), [])
      write('0003-later.sql', 'create index on accounts (name);')
      const later = { version: 3, name: 'later' }
      assert.deepEqual(await migrationStatus(open.db, { folder }), [
        { ...accounts, appliedAt: noon },
        { ...names, appliedAt: noon },
        { ...later, appliedAt: null },
      ])
      assert.deepEqual(await migrateAll(), [later])
    })

    test('that were edited afterwards are refused, line ends aside', async () => {
      await migrateAll()
      write('0002-names.sql', 'alter table accounts add column name text;\r\n'.trim())
      write('0001-accounts.sql', 'create table accounts (id text primary key);\r\ncreate table more (id text);\r\n')
      assert.deepEqual(await migrateAll(), [])
      write('0001-accounts.sql', 'create table accounts (id int primary key);\n')
      await assert.rejects(migrateAll(), failing(/^0001-accounts\.sql was changed/))
      await assert.rejects(migrationStatus(open.db, { folder }), failing(/^0001-accounts\.sql was changed/))
    })

    test('that fail are undone as a whole, and tell the line', async () => {
      write('0002-names.sql', 'create table half (id int);\ninsert into half values (1);\nselect nothing;\n')
      await assert.rejects(migrateAll(), failing(/^0002-names\.sql, line 3, failed and was undone: .*nothing/))
      const halves = () =>
        sql`select to_regclass('accounts') is not null as whole, to_regclass('half') as half`.execute(open.db)
      assert.deepEqual((await halves()).rows, [{ whole: true, half: null }])
      write('0002-names.sql', 'create table half (id int);\nalter table migrations add check (version < 2);')
      await assert.rejects(migrateAll(), failing(/^0002-names\.sql failed and was undone/))
      assert.deepEqual((await halves()).rows, [{ whole: true, half: null }])
    })

    test('of a newer version are left alone', async () => {
      write('0003-newer.sql', 'create table newer (id int);')
      await migrateAll()
      rmSync(join(folder, '0003-newer.sql'))
      assert.deepEqual(await migrateAll(), [])
      const newest = (await migrationStatus(open.db, { folder })).at(-1)
      assert.deepEqual(newest, { version: 3, name: 'newer', appliedAt: noon })
    })

    test('are numbered without a gap', async () => {
      write('0004-late.sql', '')
      await assert.rejects(migrateAll(), failing(/^0004-late\.sql should be called 0003/))
    })

    test('run once when several processes start at once', async () => {
      write('0002-names.sql', 'select pg_sleep(0.2); create table names (id int);')
      const others = place.kind === 'postgres' ? [place, place, place] : []
      const opened = [open, ...(await Promise.all(others.map((other) => openDatabase(other))))]
      const applied = await Promise.all([...opened, ...opened].map(({ db }) => migrate(db, { clock, folder })))
      assert.deepEqual(
        applied.flat().sort((a, b) => a.version - b.version),
        [accounts, names],
      )
      await Promise.all(opened.filter((each) => each !== open).map(({ close }) => close()))
    })
  })
}

if (server) sameOnEvery('postgres', async () => ({ kind: 'postgres', url: await temporaryDatabase(server) }))
else sameOnEvery('memory', async () => ({ kind: 'memory' }))
