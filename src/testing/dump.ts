/** The whole database as text, to see whether something changed it, or what stands in it. */
import { sql } from 'kysely'
import type { Db } from '../platform/database/db.ts'

export async function dumpOf(db: Db, except: readonly string[] = []): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db)
  const parts: string[] = []
  for (const { name } of tables.filter((table) => !except.includes(table.name))) {
    const { rows } = await sql<{ row: object }>`select to_jsonb(t) as row from ${sql.table(name)} t`.execute(db)
    const lines = rows.map(({ row }) => JSON.stringify(row)).sort()
    parts.push(`${name}\n${lines.join('\n')}`)
  }
  return parts.join('\n\n')
}
