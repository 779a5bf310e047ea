/** Table `tries`: what is counted under the limits (limits.ts), by address, browser, network, or over all. */
import { type RawBuilder, sql } from 'kysely'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { LimitName } from './limits.ts'

/** Nothing is counted but under the name of a limit. */
export type CounterKey = `${LimitName} ${string}`
/** `of`: what is counted for; a network or a mark comes last. */
export const counterKey = (name: LimitName, ...of: string[]): CounterKey => `${name} ${of.join(' ')}`

/** A challenge that was answered has a row as well. */
type TriesTable = { key: CounterKey | `challenge ${string}`; count: number; expires_at: Date }
declare module '../../../platform/database/db.ts' {
  interface Tables {
    tries: TriesTable
  }
}

const counted = (now: Date) => sql`
    on conflict (key) do update set
      count = case when t.expires_at <= ${now} then 1 else t.count + 1 end,
      expires_at = case when t.expires_at <= ${now} then excluded.expires_at else t.expires_at end`

export type Counted = { key: CounterKey; count: number; until: Date }

/**
 * Counts one try under every key, in one statement and in the order of the keys, so that two callers cannot deadlock.
 * `until`: when the count of a key ends that begins with this try; answered is when the one that holds does.
 */
export async function countEach(
  db: Db | Tx,
  tries: readonly { key: CounterKey; until: Date }[],
  now: Date,
): Promise<Counted[]> {
  const inOrder = [...tries].sort((a, b) => (a.key < b.key ? -1 : 1))
  const values = inOrder.map(({ key, until }) => sql`(${key}, 1, ${until}::timestamptz)`)
  const { rows } = await sql<Counted>`
    insert into tries as t (key, count, expires_at) values ${sql.join(values)} ${counted(now)}
    returning key, count, expires_at as until`.execute(db)
  return rows
}

/** Counts under several keys whose windows all end at one time. */
export async function countUnder(
  db: Db | Tx,
  keys: readonly CounterKey[],
  now: Date,
  until: Date,
): Promise<Map<CounterKey, number>> {
  const tries = keys.map((key) => ({ key, until }))
  return new Map((await countEach(db, tries, now)).map(({ key, count }) => [key, count]))
}

/** `of`: the keys, among `own`, of which each has a share of so many in what is counted under `shared`. */
export type Shares = {
  own: readonly CounterKey[]
  shared: readonly CounterKey[]
  of: readonly CounterKey[]
  share: number
}

const rowsOf = (keys: readonly CounterKey[]) => sql.join([...new Set(keys)].sort().map((key) => sql`(${key})`))

/**
 * Counts one try under every key of its own and, while its share is not used up, under the shared ones, in one statement:
 * the shared ones last, so that two callers cannot deadlock. Answered is what stands under each, and what was counted.
 */
export async function countShared(db: Db | Tx, { own, shared, of, share }: Shares, now: Date, until: Date) {
  const insert = (keys: readonly CounterKey[], where: RawBuilder<unknown>) => sql`
    insert into tries as t (key, count, expires_at)
    select k.key, 1, ${until}::timestamptz from (values ${rowsOf(keys)}) as k (key) ${where} ${counted(now)}
    returning key, count`
  const { rows } = await sql<{ key: CounterKey; count: number; counted: boolean }>`
    with own as (${insert(own, sql``)}),
      shared as (${insert(shared, sql`where (select max(count) from own where key in (${sql.join(of)})) <= ${share}`)})
    select key, count, true as counted from own union all select key, count, true from shared
    union all select key, count, false from tries
      where key in (${sql.join(shared)}) and expires_at > ${now} and not exists (select from shared)`.execute(db)
  return {
    counts: new Map(rows.map(({ key, count }) => [key, count])),
    counted: rows.filter((row) => row.counted).map(({ key }) => key),
  }
}

/** What stands under keys now, without counting. */
export async function countsUnder(db: Db | Tx, keys: readonly CounterKey[], now: Date) {
  const query = db.selectFrom('tries').select(['key', 'count']).where('key', 'in', keys).where('expires_at', '>', now)
  return new Map((await query.execute()).map(({ key, count }) => [key, count]))
}

/** Counts one try, as a part of a larger statement (a common table expression). */
export const countOne = (key: TriesTable['key'], now: Date, until: Date, where: RawBuilder<unknown> = sql`true`) => sql`
  insert into tries as t (key, count, expires_at)
  select ${key}, 1, ${until}::timestamptz where ${where} ${counted(now)} returning count`

/** Counts one try where the key is there already; undefined where it is not. */
export async function countIfThere(tx: Tx, key: CounterKey, now: Date): Promise<number | undefined> {
  const query = tx
    .updateTable('tries')
    .set((eb) => ({ count: eb('count', '+', 1) }))
    .where('key', '=', key)
  return (await query.where('expires_at', '>', now).returning('count').executeTakeFirst())?.count
}

/** Begins counting from nothing under some keys, and takes one try back from another. */
export async function beginAfresh(
  tx: Tx,
  keys: readonly CounterKey[],
  until: Date,
  takenBack: CounterKey,
): Promise<void> {
  await sql`with taken_back as (${takeBack([takenBack])})
    insert into tries (key, count, expires_at)
    select k.key, 0, ${until}::timestamptz from (values ${rowsOf(keys)}) as k (key)
    on conflict (key) do update set count = 0, expires_at = excluded.expires_at`.execute(tx)
}

/**
 * Takes one try back from every key, by itself or as a common table expression. The rows are locked in the order given: that
 * in which they were counted, so that two callers cannot deadlock.
 */
export const takeBack = (keys: readonly CounterKey[]) => sql`
  update tries set count = greatest(tries.count - 1, 0)
  from (select key from tries where key in (${sql.join(keys)})
    order by array_position(${[...keys]}::text[], key) for update) as held
  where tries.key = held.key`

export async function giveBack(db: Db | Tx, keys: readonly CounterKey[]): Promise<void> {
  await takeBack(keys).execute(db)
}

export async function forgetCounter(tx: Tx, key: CounterKey): Promise<void> {
  await tx.deleteFrom('tries').where('key', '=', key).execute()
}

/** Takes the answer to a challenge: true for one caller, until then. */
export async function takeOnce(db: Db, nonce: string, now: Date, until: Date): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`${countOne(`challenge ${nonce}`, now, until)}`.execute(db)
  return rows[0]?.count === 1
}

export const deleteExpiredTries = clearBy('tries', 'expires_at')
