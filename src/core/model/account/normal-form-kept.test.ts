/** B3: no row keeps a normal form that names no mailbox, or one that is not folded. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { somebody } from '../../../testing/people.ts'
import { testService } from '../../../testing/world.ts'
import { emailKey, parseEmail } from './email.ts'

test('B3: the database refuses one without a domain, without a local part, or with a domain of other characters', async () => {
  const service = await testService()
  await somebody(service)
  for (const key of [
    'marie@',
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

test('B3: the database folds every letter as addresses are, and keeps none that is not', async () => {
  const { db } = await testService()
  const letters: string[] = []
  for (let code = 0x80; code <= 0x10ffff; code++) {
    const it = String.fromCodePoint(code)
    if (/\p{Changes_When_Casemapped}|\p{Changes_When_Casefolded}/u.test(it)) letters.push(it, `${it}\u0308`)
  }
  const read = letters.map((it) => parseEmail(`a${it}@exemple.ca`)).flatMap((one) => (one.ok ? [one.email] : []))
  assert.ok(read.length > 2000)
  const lower = read.map((email) => email.toLowerCase().normalize())
  const { rows } = await sql<{ key: string }>`select fold_email_key(key) as key
    from unnest(${lower}::text[]) with ordinality as kept (key, n) order by n`.execute(db)
  assert.deepEqual(
    rows.map(({ key }) => key),
    read.map(emailKey),
  )
})
