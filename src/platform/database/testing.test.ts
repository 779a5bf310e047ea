import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { sql } from 'kysely'
import { transact } from './db.ts'
import { migrationStatus } from './migrate.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

describe('the database of a test process', () => {
  let open: TestDatabase
  before(async () => {
    open = await testDatabase()
    await sql`create table parents (id int primary key)`.execute(open.db)
    await sql`create table children (id int primary key, parent int references parents)`.execute(open.db)
    await sql`create table "Odd Name" (id int)`.execute(open.db)
  })
  beforeEach(() => open.reset())
  after(() => sql`drop table children, parents, "Odd Name"`.execute(open.db))

  for (const time of ['once', 'again']) {
    test(`is one, and empty: ${time}`, async () => {
      assert.equal(await testDatabase(), open)
      const { rows } =
        await sql`select from parents union all select from children union all select from "Odd Name"`.execute(open.db)
      assert.equal(rows.length, 0)
      await sql`insert into parents values (1)`.execute(open.db)
      await sql`insert into children values (1, 1)`.execute(open.db)
      await sql`insert into "Odd Name" values (1)`.execute(open.db)
    })
  }

  test('stays migrated', async () => {
    assert.ok((await migrationStatus(open.db)).every(({ appliedAt }) => appliedAt))
  })

  test('counts the statements of what it is given', async () => {
    const sent = await open.statementsOf(() => transact(open.db, (tx) => sql`select 1`.execute(tx)))
    assert.deepEqual(sent, ['begin', 'select 1', 'commit'])
    await sql`select 2`.execute(open.db)
    assert.equal(sent.length, 3)
  })
})
