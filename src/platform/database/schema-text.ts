import { sql } from 'kysely'
import type { Db } from './db.ts'

type Line = { readonly table: string; readonly line: string }

const ofOurTables = sql`c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')`

/**
 * The schema in words, the same for the same migrations on every database: for a golden file. Tables, and in each its
 * columns, constraints and indexes, all by name. (PostgreSQL 18 lists "not null" among the constraints, 15 does not:
 * here it is said of the column only.)
 */
export async function schemaText(db: Db): Promise<string> {
  const columns = await sql<Line>`
    select c.relname as table, concat_ws(' ',
      a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then 'not null' end,
      case when a.attidentity <> '' then 'identity' end,
      case when a.attgenerated <> '' then 'generated' when d.adbin is not null then 'default' end,
      pg_get_expr(d.adbin, d.adrelid)) as line
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where ${ofOurTables}`.execute(db)
  const constraints = await sql<Line>`
    select c.relname as table, concat_ws(' ', 'constraint', k.conname, pg_get_constraintdef(k.oid)) as line
    from pg_class c join pg_constraint k on k.conrelid = c.oid and k.contype not in ('n', 't')
    where ${ofOurTables}`.execute(db)
  const indexes = await sql<Line>`
    select c.relname as table, pg_get_indexdef(i.indexrelid) as line
    from pg_class c join pg_index i on i.indrelid = c.oid
    where ${ofOurTables} and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))`.execute(
    db,
  )
  const tables = new Map<string, string[]>()
  for (const { rows } of [columns, constraints, indexes]) {
    for (const { table, line } of rows.toSorted((a, b) => (a.line < b.line ? -1 : 1)))
      tables.set(table, [...(tables.get(table) ?? []), `  ${line}\n`])
  }
  return [...tables.keys()]
    .sort()
    .map((table) => `table ${table}\n${tables.get(table)?.join('')}`)
    .join('\n')
}
