/** Table `known_browsers`: where a person has signed in before. Such a browser has a counter of failed tries to itself. */
import { type Generated, type RawBuilder, sql } from 'kysely'
import { after, days } from '../../platform/clock.ts'
import { clearBy } from '../../platform/database/clear-away.ts'
import type { Db, Row, Tx } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import type { AccountId } from '../account/store.ts'

type KnownBrowsersTable = {
  account_id: AccountId
  /** SHA-256 of the secret that names the browser: a copy of this table makes no browser known. */
  browser_mark: string
  user_agent: string
  network: string
  /** Null where it was only allowed to try. */
  signed_in_at: Date | null
  first_seen_at: Date
  last_seen_at: Date
  expires_at: Date
  /** Until when the second step is skipped there. */
  second_step_until: Generated<Date | null>
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    known_browsers: KnownBrowsersTable
  }
}
export type KnownBrowser = Row<'known_browsers'>

/** As long as the cookie that names it. */
const KNOWN_FOR = days(400)
/** So many of an account are kept. */
export const MOST_BROWSERS = 100

/** To write one down: those seen longest ago go in the same statement, where there are too many with it. */
const withRoomFor = (db: Db | Tx, account: AccountId, mark: string) =>
  db.with('too_many', (query) =>
    query
      .deleteFrom('known_browsers')
      .where('account_id', '=', account)
      .where('browser_mark', 'in', () =>
        query
          .selectFrom('known_browsers')
          .select('browser_mark')
          .where('account_id', '=', account)
          .where('browser_mark', '<>', mark)
          .orderBy('last_seen_at', 'desc')
          .offset(MOST_BROWSERS - 1),
      ),
  )

/** The person has signed in there. `skips`: until when the second step is skipped there from now on. */
export async function rememberBrowser(
  db: Db | Tx,
  account: AccountId,
  origin: Origin,
  now: Date,
  skips?: Date,
): Promise<void> {
  const { browser: browser_mark, network, userAgent: user_agent } = origin
  if (browser_mark === '') return
  const seen = {
    user_agent,
    network,
    signed_in_at: now,
    last_seen_at: now,
    expires_at: after(now, KNOWN_FOR),
    ...(skips && { second_step_until: skips }),
  }
  await withRoomFor(db, account, browser_mark)
    .insertInto('known_browsers')
    .values({ account_id: account, browser_mark, first_seen_at: now, ...seen })
    .onConflict((conflict) => conflict.columns(['account_id', 'browser_mark']).doUpdateSet(seen))
    .execute()
}

/** Lets a browser try with a counter of its own, until then: its person has shown that they read the mailbox. */
export async function letTry(tx: Tx, account: AccountId, origin: Origin, now: Date, until: Date): Promise<void> {
  const { browser: browser_mark, network, userAgent: user_agent } = origin
  if (browser_mark === '') return
  const allowed = {
    user_agent,
    network,
    signed_in_at: null,
    first_seen_at: now,
    last_seen_at: now,
    expires_at: until,
  }
  await withRoomFor(tx, account, browser_mark)
    .insertInto('known_browsers')
    .values({ account_id: account, browser_mark, ...allowed })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'browser_mark'])
        .doUpdateSet(allowed)
        // One in which the person has signed in stays so, while that holds.
        .where((eb) =>
          eb.or([eb('known_browsers.signed_in_at', 'is', null), eb('known_browsers.expires_at', '<=', now)]),
        ),
    )
    .execute()
}

/** Whether the person has signed in there before. */
export async function isKnownBrowser(db: Db | Tx, account: AccountId, mark: string, now: Date): Promise<boolean> {
  const query = db.selectFrom('known_browsers').select('browser_mark').where('account_id', '=', account)
  const there = query.where('browser_mark', '=', mark).where('signed_in_at', 'is not', null)
  return (await there.where('expires_at', '>', now).executeTakeFirst()) !== undefined
}

/** Whether anybody at all has signed in there before. */
export async function isKnownToSomebody(db: Db, mark: string, now: Date): Promise<boolean> {
  const query = db.selectFrom('known_browsers').select('browser_mark').where('browser_mark', '=', mark)
  const there = query.where('signed_in_at', 'is not', null).where('expires_at', '>', now)
  return (await there.limit(1).executeTakeFirst()) !== undefined
}

/** Where somebody has signed in before: whether in this browser, and from which networks, when last. */
export type Familiar = {
  known: boolean
  /** The second step is skipped in this browser. */
  skips: boolean
  seen: readonly { network: string; at: string }[]
}
/** `used`: not only allowed to try, somebody has signed in there. */
type FoundFamiliar = {
  known: boolean | null
  used: boolean | null
  skips: boolean | null
  seen: Familiar['seen'] | null
}

/** So many browsers, the latest, say where somebody is at home. */
export const MOST_SEEN = 50

/**
 * The same as a part of another query that knows the account: one row, of the columns `known`, `used`, `skips` and `seen`.
 * Through its indexes it reads the row of that browser and the latest few, however many there are.
 */
export const familiarTo = (account: RawBuilder<unknown>, mark: string, now: Date) =>
  sql<FoundFamiliar>`(
    select here.*, lately.seen from (
      select bool_or(true) as known, bool_or(signed_in_at is not null) as used, bool_or(second_step_until > ${now}) as skips
      from known_browsers where account_id = ${account} and browser_mark = ${mark} and expires_at > ${now}) as here
    cross join (
      select json_agg(json_build_object('network', network, 'at', at)) as seen from (
        select network, max(last_seen_at) as at from (
          select network, last_seen_at, expires_at from known_browsers
          where account_id = ${account} and signed_in_at is not null
          order by last_seen_at desc limit ${MOST_SEEN}) as latest
        where expires_at > ${now} group by network order by at desc) as networks) as lately)`

/** Those a person has signed in with, the latest first; all, or so many. */
export const browsersOf = (db: Db | Tx, account: AccountId, now: Date, count?: number): Promise<KnownBrowser[]> =>
  db
    .selectFrom('known_browsers')
    .selectAll()
    .where('account_id', '=', account)
    .where('signed_in_at', 'is not', null)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .$if(count !== undefined, (query) => query.limit(count ?? 0))
    .execute()

/** The second step is asked for again in every browser, or in the one of that mark. */
export async function skipNoMore(tx: Tx, account: AccountId, mark?: string): Promise<void> {
  const ofAccount = tx.updateTable('known_browsers').set({ second_step_until: null }).where('account_id', '=', account)
  await (mark === undefined ? ofAccount : ofAccount.where('browser_mark', '=', mark)).execute()
}

export async function forgetBrowser(tx: Tx, account: AccountId, mark: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('known_browsers')
    .where('account_id', '=', account)
    .where('browser_mark', '=', mark)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** All of them, but the one of that mark; false where there were none. */
export async function forgetBrowsers(tx: Tx, account: AccountId, but = ''): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('known_browsers')
    .where('account_id', '=', account)
    .where('browser_mark', '<>', but)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const deleteExpiredBrowsers = clearBy('known_browsers', 'expires_at')
