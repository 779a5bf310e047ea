/** H12: no row keeps a normal form that names no mailbox; an installation that has such rows is mended as it is upgraded. */
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { systemClock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { openDatabase } from '../../platform/database/open.ts'
import { packageRoot } from '../../platform/package-root.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'
import { emailKey, parseEmail } from './email.ts'
import { accountsByOwnForm } from './search.ts'

const MIGRATIONS = join(packageRoot, 'db/migrations')
const BROKEN = 'marie@'

test('H12: the database refuses one without a domain, without a local part, or with a domain of other characters', async () => {
  const service = await testService()
  await somebody(service)
  for (const key of [
    BROKEN,
    '@exemple.ca',
    '',
    'marie',
    'marie@⚰.example',
    'marie@exemple',
    'a@b@exemple.ca',
    'ος@exemple.ca',
  ])
    await assert.rejects(sql`update accounts set email_key = ${key}`.execute(service.db), /email_key/, key)
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where column_name = 'email_key' and table_schema = 'public' and table_name not in (
      select conrelid::regclass::text from pg_constraint where pg_get_constraintdef(oid) like '%is_email_key%')`.execute(
    service.db,
  )
  assert.deepEqual(rows, [], 'every table that keeps one')
})

test('H12: who has an address that is no longer read signs in with its form, and gets letters where they always went', async () => {
  const service = await testService()
  await somebody(service)
  const form = 'c4ca4238a0b923820dcc509a6f75849b@unreadable.invalid'
  await sql`update accounts set email = 'marie@⚰.example', email_key = ${form}`.execute(service.db)
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email: form, password: PASSWORD })
  assert.equal(browser.page.at, '/account')
  await browser.open('/forgot')
  await browser.send({ email: form })
  await service.post()
  assert.equal(service.box.newest('marie@⚰.example').template, 'reset-link')
})

/** A database as it was before one migration, with accounts in it. */
async function databaseBefore(
  t: TestContext,
  migration: string,
  accounts: readonly (readonly string[])[],
): Promise<Db> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-upgrade-'))
  const open = await openDatabase({ kind: 'memory' })
  t.after(async () => {
    await open.close()
    rmSync(folder, { recursive: true })
  })
  const files = readdirSync(MIGRATIONS).toSorted()
  const before = files.slice(
    0,
    files.findIndex((file) => file.endsWith(migration)),
  )
  for (const file of before) cpSync(join(MIGRATIONS, file), join(folder, file))
  await migrate(open.db, { clock: systemClock, folder })
  for (const [id, email, key] of accounts)
    await sql`insert into accounts (id, email, email_key, first_name, last_name, language, created_at)
      values (${id}, ${email}, ${key}, 'A', 'B', 'fr', now())`.execute(open.db)
  return open.db
}

test('H12: what was kept without a domain is begun anew, or gets a form of its own that can be signed in with', async (t) => {
  const db = await databaseBefore(t, 'one-normal-form.sql', [
    ['acc_1', 'marie@⚰.example', BROKEN],
    ['acc_2', 'paul@exemple.ca', 'paul@exemple.ca'],
  ])
  await sql`insert into former_addresses (id, account_id, email, email_key, changed_at, undoable_until)
    values ('fad_1', 'acc_2', 'paul@⚰.example', 'paul@', now(), now())`.execute(db)
  await sql`insert into email_changes (account_id, email, email_key, browser_mark, expires_at)
    values ('acc_2', 'paul@⚰.example', 'paul@', '', now())`.execute(db)
  await migrate(db, { clock: systemClock })

  const accounts = await db.selectFrom('accounts').select(['email', 'email_key']).orderBy('id').execute()
  const [marked, paul] = accounts.map(({ email_key }) => email_key)
  assert.equal(paul, 'paul@exemple.ca')
  const typed = parseEmail(marked ?? '')
  assert.ok(typed.ok && emailKey(typed.email) === marked, 'it is read as an address')
  assert.equal(accounts[0]?.email, 'marie@⚰.example', 'to which letters go as before')
  assert.equal((await db.selectFrom('email_changes').selectAll().execute()).length, 0)
  const former = await db.selectFrom('former_addresses').select(['email', 'email_key']).execute()
  assert.equal(former[0]?.email, 'paul@⚰.example')
})

test('B3: what was kept in lower case alone is folded; of two accounts with one address, each stays and is found', async (t) => {
  const db = await databaseBefore(t, 'folded-addresses.sql', [
    ['acc_1', 'μαριος.π@exemple.ca', 'μαριος.π@exemple.ca'],
    ['acc_2', 'ΜΑΡΙΟΣ.Π@exemple.ca', 'μαριοσ.π@exemple.ca'],
    ['acc_3', 'ᲂ\u0308@exemple.ca', 'ᲂ\u0308@exemple.ca'],
    ['acc_4', 'ᲄ@exemple.ca', 'ᲄ@exemple.ca'],
    ['acc_5', 'ᲅ@exemple.ca', 'ᲅ@exemple.ca'],
    ['acc_6', 'Straße@exemple.ca', 'straße@exemple.ca'],
  ])
  for (const [id, key] of [
    ['fad_1', 'ος@exemple.ca'],
    ['fad_2', 'οσ@exemple.ca'],
  ])
    await sql`insert into former_addresses (id, account_id, email, email_key, changed_at, undoable_until)
      values (${id}, 'acc_1', ${key}, ${key}, now(), now())`.execute(db)
  await migrate(db, { clock: systemClock })

  const accounts = await db.selectFrom('accounts').select(['id', 'email', 'email_key']).orderBy('id').execute()
  const byOwnForm = await accountsByOwnForm(db, 10)
  assert.deepEqual(
    byOwnForm.map(({ id }) => id),
    ['acc_1', 'acc_5'],
  )
  for (const { id, email, email_key: key } of accounts)
    assert.equal(key.endsWith('@unreadable.invalid'), !(emailKey(email) === key), `${id} ${key}`)
  const former = await db.selectFrom('former_addresses').select(['id', 'email_key']).execute()
  assert.deepEqual(former, [{ id: 'fad_2', email_key: 'οσ@exemple.ca' }])
})

test('B3: the database folds every letter as addresses are, and keeps none that is not', async () => {
  const { db } = await testService()
  const letters: string[] = []
  for (let code = 0x80; code <= 0x10ffff; code++) {
    const it = String.fromCodePoint(code)
    if (/\p{Changes_When_Casemapped}|\p{Changes_When_Casefolded}/u.test(it)) letters.push(it, `${it}\u0308`)
  }
  const read = letters.map((it) => parseEmail(`a${it}@exemple.ca`)).flatMap((one) => (one.ok ? [one.email] : []))
  assert.ok(read.length > 2000)
  const lower = read.map((email) => email.toLowerCase().normalize()) // as it was before
  const { rows } = await sql<{ key: string }>`select fold_email_key(key) as key
    from unnest(${lower}::text[]) with ordinality as kept (key, n) order by n`.execute(db)
  assert.deepEqual(
    rows.map(({ key }) => key),
    read.map(emailKey),
  )
})
