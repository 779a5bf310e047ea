/** A test service as it was at one time, brought back in milliseconds: for tests that begin thousands of times alike. */
import { sql } from 'kysely'
import { between } from '../../../src/platform/clock.ts'
import type { TestService } from '../../../src/testing/world.ts'

/** Keeps every row, the letters and the time; answers what brings them back. `name`: of a schema for the rows. */
export async function checkpoint({ db, clock, box }: TestService, name: string): Promise<() => Promise<void>> {
  const { rows } = await sql<{ table: string; columns: string }>`
    select table_name as "table", string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE' and is_generated = 'NEVER'
      and table_name <> 'migrations'
    group by 1`.execute(db)
  const kept = `kept_${name}`
  const copies = rows.map(({ table, columns }) => `create table ${kept}.${table} as select ${columns} from ${table}`)
  await sql.raw([`create schema ${kept}`, ...copies].join('; ')).execute(db)
  const isFilled = async (table: string) => (await sql.raw(`select from ${kept}.${table} limit 1`).execute(db)).rows[0]
  const filled: typeof rows = []
  for (const row of rows) if (await isFilled(row.table)) filled.push(row)
  const back = [
    'set local session_replication_role = replica', // spares us the order of the references
    ...rows.map(({ table }) => `delete from ${table}`),
    ...filled.map(({ table, columns }) => `insert into ${table} (${columns}) select ${columns} from ${kept}.${table}`),
  ].join('; ')
  const now = clock.now()
  const [letters, texts] = [[...box.letters], [...box.texts]]
  return async () => {
    await sql.raw(back).execute(db)
    clock.advance(between(clock.now(), now))
    box.letters.splice(0, Infinity, ...letters)
    box.texts.splice(0, Infinity, ...texts)
  }
}
