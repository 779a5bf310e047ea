/** A later version brings a migration: it is applied to what stands, and processes of the version before go on. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { sql } from 'kysely'
import { migrate, migrationStatus } from '../../platform/database/migrate.ts'
import { packageRoot } from '../../platform/package-root.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const EMAIL = 'marie@exemple.ca'
const ours = join(packageRoot, 'db/migrations')
const next = { version: readdirSync(ours).length + 1, name: 'made-up' }
const folder = mkdtempSync(join(tmpdir(), 'passerelle-upgrade-'))
cpSync(ours, folder, { recursive: true })
writeFileSync(
  join(folder, `${String(next.version).padStart(4, '0')}-${next.name}.sql`),
  `alter table accounts add column initials text not null default '';
   update accounts set initials = left(first_name, 1) || left(last_name, 1);
   create table made_up (id text primary key);`,
)

suite('a migration of a later version', async () => {
  const service = await testService()
  const { db, clock } = service
  after(async () => {
    rmSync(folder, { recursive: true })
    await sql`drop table made_up; alter table accounts drop column initials`.execute(db)
    await db.deleteFrom('migrations').where('version', '=', next.version).execute()
  })

  test('is applied once, to the rows that stand', async () => {
    await somebody(service, EMAIL)
    assert.deepEqual(await migrate(db, { clock, folder }), [next])
    const { rows } = await sql`select email, initials from accounts`.execute(db)
    assert.deepEqual(rows, [{ email: EMAIL, initials: 'MT' }])
    assert.deepEqual(await migrate(db, { clock, folder }), [])
  })

  test('leaves the version before at work: it starts, signs people in and up', async () => {
    assert.deepEqual(await migrate(db, { clock }), [])
    assert.equal((await migrationStatus(db)).at(-1)?.name, next.name)
    const browser = service.browser()
    await browser.open('/sign-in')
    assert.equal((await browser.send({ email: EMAIL, password: PASSWORD })).at, '/account')
    await somebody(service, 'jean@exemple.ca')
  })
})
