/** Table `sign_in_guards`: failed sign-ins in a row, of an address, by all unknown browsers or by one known. */
import { type RawBuilder, sql } from 'kysely'
import { after, type Duration } from '../../platform/clock.ts'
import { clearBy } from '../../platform/database/clear-away.ts'
import { again, type Db, type Tx } from '../../platform/database/db.ts'
import type { LimitFigures } from './counters/limits.ts'
import { type CounterKey, countOne, giveBack, takeBack } from './counters/store.ts'

type SignInGuardsTable = {
  address_mark: string
  browser_mark: string
  failures: number
  failures_ever: number
  waits_until: Date | null
  blocked_until: Date | null
  blocks: number
  expires_at: Date
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    sign_in_guards: SignInGuardsTable
  }
}

/** `limits`: failures in a row from which an unknown browser waits, is blocked, and from which the password is off. */
export type LockoutFigures = LimitFigures<'sign-in-network' | 'sign-in-waits' | 'sign-in-blocks' | 'sign-in-off'> & {
  firstWait: Duration
  longestWait: Duration
  firstBlock: Duration
  longestBlock: Duration
}
export type CountedAttempt = {
  address: string
  browser: string
  /** Whose tries are counted too, past the limit only where the try is `proven`. */
  network?: { key: CounterKey; until: Date; proven: boolean }
  now: Date
  kept: Date
  keptLong: Date
  figures: LockoutFigures
}
type LockoutRow = Pick<SignInGuardsTable, 'failures' | 'failures_ever' | 'blocked_until'>
/** `unproven`: the network has used up its tries. `waits`: the guard waits, blocks or is off. */
export type LockoutCount = LockoutRow | 'unproven' | 'waits'

/** `first`, doubled for every step, and never longer than `longest`. */
const doubled = (now: Date, first: Duration, longest: Duration, steps: RawBuilder<unknown>) =>
  sql`${now}::timestamptz + least(${first.ms} * power(2, ${steps}), ${longest.ms}) * interval '1 millisecond'`

/**
 * Counts the try under its guard, and under its network where that one is asked, in one statement: of so many callers at
 * once no more are let through than one after another. A try that is not let through counts for nobody: a guard that waits
 * is seen before the network is counted, and of callers at once the network has back what the guard did not let through.
 */
export async function countAttempt(db: Db, tried: CountedAttempt): Promise<LockoutCount> {
  const { address, browser, network, now, figures } = tried
  const { limits, firstWait, longestWait, firstBlock, longestBlock } = figures
  const [waitsFrom, blocksAt] = [limits['sign-in-waits'], limits['sign-in-blocks']]
  // After a block that ended by itself the counting begins anew.
  const n = sql`(case when g.blocked_until <= ${now} then 1 else g.failures + 1 end)`
  const firstWaits = waitsFrom <= 1 ? after(now, firstWait) : null
  const isOpen = sql`coalesce(g.waits_until, ${now}) <= ${now} and coalesce(g.blocked_until, ${now}) <= ${now}
    and g.failures_ever < ${limits['sign-in-off']}`
  const waiting = sql`not exists (select from sign_in_guards as g
    where address_mark = ${address} and browser_mark = ${browser} and not (${isOpen}))`
  const counted = network ? countOne(network.key, now, network.until, waiting) : sql`select 0 as count`
  const limit = network && !network.proven ? limits['sign-in-network'] : null
  const { rows } = await again(() =>
    sql<
      { count: number | null } & (LockoutRow | Record<keyof LockoutRow, null>)
    >`with network as (${counted}), guard as (
    insert into sign_in_guards as g
      (address_mark, browser_mark, failures, failures_ever, waits_until, blocked_until, blocks, expires_at)
    select ${address}, ${browser}, 1, 1, ${firstWaits}::timestamptz, null, 0, ${tried.kept}::timestamptz
    from network where ${limit}::int is null or count <= ${limit}::int
    on conflict (address_mark, browser_mark) do update set
      failures = ${n},
      failures_ever = g.failures_ever + 1,
      waits_until = case when ${n} >= ${waitsFrom} and ${n} < ${blocksAt}
        then ${doubled(now, firstWait, longestWait, sql`${n} - ${waitsFrom}`)} end,
      blocked_until = case when ${n} >= ${blocksAt} then ${doubled(now, firstBlock, longestBlock, sql`g.blocks`)} end,
      blocks = case when ${n} >= ${blocksAt} then g.blocks + 1 else g.blocks end,
      expires_at = case when g.failures_ever + 1 >= ${blocksAt} then ${tried.keptLong} else excluded.expires_at end
    where ${isOpen}
    returning failures, failures_ever, blocked_until)
    select count, guard.* from (select 1) as one left join network on true left join guard on true`.execute(db),
  )
  const [row] = rows
  if (row && row.failures !== null) return row
  if (!network || !row?.count) return 'waits'
  await again(() => giveBack(db, [network.key]))
  return limit !== null && row.count > limit ? 'unproven' : 'waits'
}

/** `also`: what is counted in the same statement. */
type Forgiven = { address: string; browser: string; network: CounterKey | undefined; also?: RawBuilder<unknown> }

/** Forgets one counter, and takes the try back from the network that it was counted under. */
export const clearLockout = (db: Db, { address, browser, network, also = sql`select 1` }: Forgiven): Promise<void> =>
  again(async () => {
    await sql`with network as (${network ? takeBack([network]) : sql`select 1`}), also as (${also})
      delete from sign_in_guards where address_mark = ${address} and browser_mark = ${browser}`.execute(db)
  })

/** False where no failure counted. */
export async function lift(tx: Tx, address: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sign_in_guards')
    .set({ failures: 0, waits_until: null, blocked_until: null })
    .where('address_mark', '=', address)
    .where('failures', '>', 0)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function forgetAll(tx: Tx, address: string): Promise<void> {
  await tx.deleteFrom('sign_in_guards').where('address_mark', '=', address).execute()
}

export const deleteExpiredLockouts = clearBy('sign_in_guards', 'expires_at')
