/** Table `known_browsers`: where a person has signed in before. Such a browser has a counter of failed tries to itself. */
import { type Generated, sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { after, days } from '../../../platform/clock.ts'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import type { AccountId } from '../account/store.ts'
import { firstUseSpent } from '../password/first-use.ts'
import type { Skips } from './skips.ts'
import { givenTo, type Here, knownHere, type NextTrust, replacedJustNow, trusts } from './trust.ts'

export type { Here }

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
  /** SHA-256 of the value that its trust cookie has now, and of the one before; null where it was only allowed to try. */
  trust_mark: Generated<string | null>
  former_trust_mark: Generated<string | null>
  /** Since when, and whether the browser has shown that it received it. */
  trust_since: Generated<Date | null>
  trust_seen: Generated<boolean>
  /** Of that: null where the second step is not skipped. */
  mac: Generated<string | null>
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    known_browsers: KnownBrowsersTable
  }
}
export type KnownBrowser = Row<'known_browsers'>

/** As long as the cookie that names it. */
const KNOWN_FOR = days(400)
/** How many browsers an account keeps. */
export const MOST_BROWSERS = 100

/** Those seen longest ago go, where there are too many with the one that is written down, in the same statement. */
const tooMany = (account: AccountId, mark: string) => sql<{ account_id: AccountId }>`
  (delete from known_browsers where account_id = ${account} and browser_mark in (
    select browser_mark from known_browsers where account_id = ${account} and browser_mark <> ${mark}
    order by last_seen_at desc offset ${MOST_BROWSERS - 1}))`

/**
 * The person has signed in there: the value of the trust cookie is replaced, for every account that knows this browser by
 * it. Who brings the same value at once is given the same one. Answers its mark; undefined where what came was replaced
 * before: then the account knows the browser no more. Either way its password was used. `skips`: until when the second step is skipped there from now on.
 */
export async function rememberBrowser(
  db: Db | Tx,
  account: AccountId,
  { browser, trust: came = '', network, userAgent }: Actor,
  now: Date,
  { next, skips }: { next?: NextTrust; skips?: Skips | undefined } = {},
): Promise<string | null | undefined> {
  if (browser === '') return next?.own ?? ''
  const given = sql`(select mark from given)`
  const isNew = sql`(known_browsers.trust_mark is distinct from ${given})`
  const turned = sql`trust_mark = ${given},
    former_trust_mark = case when ${isNew} then ${came} else known_browsers.former_trust_mark end,
    trust_since = case when ${isNew} then ${now} else known_browsers.trust_since end,
    trust_seen = known_browsers.trust_seen and not ${isNew}`
  const { rows } = await sql<{
    trust_mark: string | null
  }>`with first_use as ${firstUseSpent(account)}, too_many as ${tooMany(account, browser)},
    known as ${knownHere(account, browser, came, now)},
    given as ${givenTo(account, browser, came, next, now)},
    copied as (select account_id from known where not trusted),
    forgotten as (delete from known_browsers where browser_mark = ${browser} and account_id in (select account_id from copied)),
    others as (update known_browsers set ${turned}
      where browser_mark = ${browser} and account_id <> ${account} and ${trusts(came, now)}
        and not ${replacedJustNow(came, now)})
    insert into known_browsers (account_id, browser_mark, user_agent, network, signed_in_at, first_seen_at, last_seen_at,
      expires_at, second_step_until, mac, trust_mark, former_trust_mark, trust_since, trust_seen)
    select ${account}, ${browser}, ${userAgent}, ${network}, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz,
      ${after(now, KNOWN_FOR)}::timestamptz, ${skips?.second_step_until ?? null}::timestamptz, ${skips?.mac ?? null}::text, ${given}, ${came}, ${now}::timestamptz, false
    where not exists (select from copied)
    on conflict (account_id, browser_mark) do update set ${turned}, user_agent = excluded.user_agent,
      network = excluded.network, signed_in_at = excluded.signed_in_at, last_seen_at = excluded.last_seen_at,
      expires_at = excluded.expires_at,
      second_step_until = coalesce(excluded.second_step_until, known_browsers.second_step_until),
      mac = coalesce(excluded.mac, known_browsers.mac)
    returning trust_mark`.execute(db)
  return rows[0]?.trust_mark
}

/** Deletes a browser that sent a replaced value. Of several at once, one is answered true. */
export async function forgetCopied(
  tx: Tx,
  account: AccountId,
  { browser, trust = '' }: Here,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`delete from known_browsers where account_id = ${account} and browser_mark = ${browser}
    and not ${trusts(trust, now)} returning account_id`.execute(tx)
  return rows.length > 0
}

/** Failed sign-ins in this browser count apart until then (sign-in-lockout.ts): its person has shown that they read the mailbox. */
export async function grantOwnCounter(tx: Tx, account: AccountId, actor: Actor, now: Date, until: Date): Promise<void> {
  const { browser: browser_mark, network, userAgent: user_agent } = actor
  if (browser_mark === '') return
  const allowed = {
    user_agent,
    network,
    signed_in_at: null,
    first_seen_at: now,
    last_seen_at: now,
    expires_at: until,
    trust_mark: null,
  }
  await tx
    .with('too_many', () => tooMany(account, browser_mark))
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
export async function isKnownBrowser(db: Db | Tx, account: AccountId, here: Here, now: Date): Promise<boolean> {
  return (await signedInAt(db, here, now).where('account_id', '=', account).executeTakeFirst()) !== undefined
}

/** Whether anybody at all has signed in there before. */
export async function isKnownToSomebody(db: Db, here: Here, now: Date): Promise<boolean> {
  return (await signedInAt(db, here, now).limit(1).executeTakeFirst()) !== undefined
}

const signedInAt = (db: Db | Tx, { browser, trust = '' }: Here, now: Date) =>
  db
    .selectFrom('known_browsers')
    .select('browser_mark')
    .where('browser_mark', '=', browser)
    .where('signed_in_at', 'is not', null)
    .where('expires_at', '>', now)
    .where(trusts(trust, now))

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

/** The second factor is asked for again in every browser of the account, or in the one of that mark. */
export async function revokeTrustedBrowsers(tx: Tx, account: AccountId, mark?: string): Promise<void> {
  const asked = { second_step_until: null, mac: null }
  const ofAccount = tx.updateTable('known_browsers').set(asked).where('account_id', '=', account)
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
