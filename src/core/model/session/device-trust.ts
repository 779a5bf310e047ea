/** Reads of the table `known_browsers` at a sign-in: whether the account knows this browser, and where it was used before. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { AccountId } from '../account/store.ts'
import type { FoundSkip } from './skips.ts'
import { type Here, trusts } from './trust.ts'

/** What an account knows of a browser, and the networks that its person has signed in from, each with the last time. */
export type DeviceTrust = {
  /** The person has signed in there, or has it from their mailbox that they may try (`grantOwnCounter`). */
  known: boolean
  skipsSecondFactor: boolean
  /** It came with a value of its trust cookie that was replaced: there is a copy. */
  copied: boolean
  /** What it said it was when its person signed in last. */
  userAgent: string | undefined
  seen: readonly { network: string; at: string }[]
}
/** `used`: not only allowed to try, somebody has signed in there. */
type FoundTrust = {
  known: boolean | null
  used: boolean | null
  /** Until when, and the mark of that. */
  skips: FoundSkip | null
  copied: boolean | null
  user_agent: string | null
  seen: DeviceTrust['seen'] | null
}

/** How many browsers, those used last, say where somebody usually signs in. */
export const MOST_SEEN = 50

/**
 * A subquery of one row, for a query that knows the account. Through its indexes it reads the row of that browser and the
 * latest few, however many there are.
 */
export const deviceTrustOf = (account: RawBuilder<unknown>, { browser, trust = '' }: Here, now: Date) =>
  sql<FoundTrust>`(
    select here.*, lately.seen from (
      select bool_or(trusted) as known, bool_or(trusted and signed_in_at is not null) as used,
        (json_agg(json_build_object('until', second_step_until, 'mac', mac)) filter (where trusted)) -> 0 as skips,
        bool_or(not trusted) as copied, max(user_agent) as user_agent
      from (select *, ${trusts(trust, now)} as trusted from known_browsers
        where account_id = ${account} and browser_mark = ${browser} and expires_at > ${now}) as row) as here
    cross join (
      select json_agg(json_build_object('network', network, 'at', at)) as seen from (
        select network, max(last_seen_at) as at from (
          select network, last_seen_at, expires_at from known_browsers
          where account_id = ${account} and signed_in_at is not null
          order by last_seen_at desc limit ${MOST_SEEN}) as latest
        where expires_at > ${now} group by network order by at desc) as networks) as lately)`

/** Who of them has signed in somewhere, and is remembered there. */
export async function seenSomewhere(db: Db | Tx, accounts: readonly AccountId[]): Promise<ReadonlySet<AccountId>> {
  if (accounts.length === 0) return new Set()
  const seen = db
    .selectFrom('known_browsers')
    .select('account_id')
    .distinct()
    .where('account_id', 'in', accounts)
    .where('signed_in_at', 'is not', null)
  return new Set((await seen.execute()).map((row) => row.account_id))
}
