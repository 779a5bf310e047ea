/** Table `tries`: how many failed lately, by address, browser or network. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/db.ts'

type TriesTable = { key: string; count: number; expires_at: Date }
declare module '../../platform/database/db.ts' {
  interface Tables {
    tries: TriesTable
  }
}

const counted = (now: Date) => sql`
    on conflict (key) do update set
      count = case when t.expires_at <= ${now} then 1 else t.count + 1 end,
      expires_at = case when t.expires_at <= ${now} then excluded.expires_at else t.expires_at end`

/** Counts one try under every key, in one statement and in the order of the keys, so that two callers cannot deadlock. */
export async function countUnder(
  db: Db | Tx,
  keys: readonly string[],
  now: Date,
  until: Date,
): Promise<Map<string, number>> {
  const values = [...keys].sort().map((key) => sql`(${key}, 1, ${until})`)
  const { rows } = await sql<{ key: string; count: number }>`
    insert into tries as t (key, count, expires_at) values ${sql.join(values)} ${counted(now)}
    returning key, count`.execute(db)
  return new Map(rows.map(({ key, count }) => [key, count]))
}

/** What stands under keys now, without counting. */
export async function countsUnder(db: Db, keys: readonly string[], now: Date): Promise<Map<string, number>> {
  const query = db.selectFrom('tries').select(['key', 'count']).where('key', 'in', keys).where('expires_at', '>', now)
  return new Map((await query.execute()).map(({ key, count }) => [key, count]))
}

/** Counts one try, as a part of another statement. */
export const countOne = (key: string, now: Date, until: Date) => sql`
  insert into tries as t (key, count, expires_at) values (${key}, 1, ${until}) ${counted(now)} returning count`

/** Takes one try back from every key, by itself or as a part of another statement. */
export const takeBack = (keys: readonly string[]) =>
  sql`update tries set count = greatest(count - 1, 0) where key in (${sql.join(keys)})`

/** Forgets one key and takes one try back from others. */
export async function forgive(db: Db, forgotten: string, takenBack: readonly string[]): Promise<void> {
  await sql`with forgotten as (delete from tries where key = ${forgotten}) ${takeBack(takenBack)}`.execute(db)
}

export async function deleteExpiredTries(db: Db, now: Date, count: number): Promise<number> {
  const { rows } = await sql`delete from tries where key in
    (select key from tries where expires_at < ${now} limit ${count}) returning key`.execute(db)
  return rows.length
}
