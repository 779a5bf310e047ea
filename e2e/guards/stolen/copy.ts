/** A copy of the database as a thief has it: every row in another one, and every value that could be a secret. */
import { sql } from 'kysely'
import { systemClock } from '../../../src/platform/clock.ts'
import { type Db, transact } from '../../../src/platform/database/db.ts'
import { migrate } from '../../../src/platform/database/migrate.ts'
import { openDatabase } from '../../../src/platform/database/open.ts'
import { temporaryDatabase } from '../../../src/platform/database/testing.ts'

type Rows = { name: string; columns: string; rows: object[] }[]

async function tablesOf(db: Db): Promise<Rows> {
  const { rows: tables } = await sql<{ name: string; columns: string }>`
    select table_name as name, string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
    where table_schema = current_schema() and table_name <> 'migrations' and is_generated = 'NEVER'
    group by table_name`.execute(db)
  const filled: Rows = []
  for (const table of tables) {
    const { rows } = await sql<{ row: object }>`select to_jsonb(it) as row from ${sql.table(table.name)} it`.execute(db)
    filled.push({ ...table, rows: rows.map(({ row }) => row) })
  }
  return filled
}

/** Another database with the same rows, closed by `close`. */
export async function copyOf(db: Db): Promise<{ db: Db; close(): Promise<void> }> {
  const server = process.env.PASSERELLE_TEST_DATABASE_URL
  const copy = await openDatabase(
    server ? { kind: 'postgres', url: await temporaryDatabase(server), poolSize: 2 } : { kind: 'memory' },
  )
  await migrate(copy.db, { clock: systemClock })
  const tables = await tablesOf(db)
  await transact(copy.db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    for (const { name } of tables) await sql`delete from ${sql.table(name)}`.execute(tx) // what migrations put there
    for (const { name, columns, rows } of tables)
      await sql`insert into ${sql.table(name)} (${sql.raw(columns)}) select ${sql.raw(columns)}
        from jsonb_populate_recordset(null::${sql.table(name)}, ${JSON.stringify(rows)}::jsonb)`.execute(tx)
  })
  return copy
}

const LONGEST = 4_000
/** As JSON says when something was. */
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/

/** Every text in every column, whole and in its parts: the names and leaves of JSON too. */
async function textsIn(db: Db): Promise<Set<string>> {
  const texts = new Set<string>()
  const take = (value: unknown): void => {
    if (typeof value === 'string' && !MOMENT.test(value))
      for (const one of [value, ...value.split(/[^\w.~-]+/), ...value.split(/[^\w-]+/)]) texts.add(one)
    else if (typeof value === 'number') texts.add(String(value))
    else if (value && typeof value === 'object')
      for (const [key, one] of Object.entries(value)) [key, one].forEach(take)
  }
  for (const { rows } of await tablesOf(db)) for (const row of rows) Object.values(row).forEach(take)
  return texts
}

/**
 * What else a text says to whoever reads hexadecimal and base64url, where it may be a hash or a key; and as the handle of
 * a record, where it may be one of the protocol's.
 */
function decodingsOf(text: string): string[] {
  if (text.split('.').length === 3) return [`handle ${text}`]
  if (text.startsWith('handle ')) return [text.slice('handle '.length)]
  if (/^([0-9a-f]{2}){16,64}$/.test(text)) return [Buffer.from(text, 'hex').toString('base64url')]
  if (!/^[\w-]{22,86}$/.test(text) || /^[a-z]{3}_[0-9a-f]{32}$/.test(text)) return []
  const bytes = Buffer.from(text, 'base64url')
  const plain = bytes.toString('utf8')
  return [bytes.toString('hex'), ...(/^[\x20-\x7e]+$/.test(plain) ? [plain] : [])]
}

/** Every stored value that could be tried, and what else it says; each once. */
export async function valuesIn(db: Db): Promise<{ stored: string[]; decoded: string[] }> {
  const texts = await textsIn(db)
  const stored = [...texts].filter((text) => text.length >= 6 && text.length < LONGEST)
  return { stored, decoded: [...new Set(stored.flatMap(decodingsOf))].filter((text) => !texts.has(text)) }
}
