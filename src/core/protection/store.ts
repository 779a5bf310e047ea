/** Table `tries`: how many failed lately, by address, browser or network. */
import { sql } from 'kysely'
import { clearBy } from '../../platform/database/clear-away.ts'
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

export type Counted = { key: string; count: number; until: Date }

/**
 * Counts one try under every key, in one statement and in the order of the keys, so that two callers cannot deadlock.
 * `until`: when the count of a key ends that begins with this try; answered is when the one that holds does.
 */
export async function countEach(
  db: Db | Tx,
  tries: readonly { key: string; until: Date }[],
  now: Date,
): Promise<Counted[]> {
  const inOrder = [...tries].sort((a, b) => (a.key < b.key ? -1 : 1))
  const values = inOrder.map(({ key, until }) => sql`(${key}, 1, ${until}::timestamptz)`)
  const { rows } = await sql<Counted>`
    insert into tries as t (key, count, expires_at) values ${sql.join(values)} ${counted(now)}
    returning key, count, expires_at as until`.execute(db)
  return rows
}

/** The same where all end at one time. */
export async function countUnder(
  db: Db | Tx,
  keys: readonly string[],
  now: Date,
  until: Date,
): Promise<Map<string, number>> {
  const tries = keys.map((key) => ({ key, until }))
  return new Map((await countEach(db, tries, now)).map(({ key, count }) => [key, count]))
}

/** What stands under keys now, without counting. */
export async function countsUnder(db: Db | Tx, keys: readonly string[], now: Date): Promise<Map<string, number>> {
  const query = db.selectFrom('tries').select(['key', 'count']).where('key', 'in', keys).where('expires_at', '>', now)
  return new Map((await query.execute()).map(({ key, count }) => [key, count]))
}

/** Counts one try, as a part of another statement. */
export const countOne = (key: string, now: Date, until: Date) => sql`
  insert into tries as t (key, count, expires_at) values (${key}, 1, ${until}) ${counted(now)} returning count`

/** Takes one try back from every key, by itself or as a part of another statement. */
export const takeBack = (keys: readonly string[]) =>
  sql`update tries set count = greatest(count - 1, 0) where key in (${sql.join(keys)})`

export async function giveBack(tx: Tx, keys: readonly string[]): Promise<void> {
  await takeBack(keys).execute(tx)
}

/** Forgets one key and takes one try back from others. */
export async function forgive(db: Db, forgotten: string, takenBack: readonly string[]): Promise<void> {
  await sql`with forgotten as (delete from tries where key = ${forgotten}) ${takeBack(takenBack)}`.execute(db)
}

export const deleteExpiredTries = clearBy('tries', 'expires_at')
