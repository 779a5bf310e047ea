/**
 * The trust cookie: what comes with the name of a browser, and is replaced at each sign-in. The table `known_browsers` has the
 * SHA-256 of its value of now, and of the one before. Parts of the queries of browsers.ts and store.ts.
 */
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { before, minutes } from '../../../platform/clock.ts'
import type { AccountId } from '../account/store.ts'

/** A request as far as it says which browser it is. */
export type Here = Pick<Actor, 'browser' | 'trust'>

/** For so long the former value of the trust cookie is accepted: of two tabs, one may still send it. */
const GRACE = minutes(1)

/**
 * Whether a row of the same browser had its value replaced at the same time: two accounts were signed in to at once, one of
 * them for the first time, and each was given a value of its own. The browser has kept the one that came last.
 */
const isTwin = (other: string) => {
  const [its, apart] = [sql.id(other), sql`${GRACE.ms}::float8 * interval '1 millisecond'`]
  return sql<boolean>`(known_browsers.browser_mark = ${its}.browser_mark
    and known_browsers.former_trust_mark = ${its}.former_trust_mark
    and known_browsers.trust_since between ${its}.trust_since - ${apart} and ${its}.trust_since + ${apart})`
}

/**
 * Whether a row is trusted with the value that came: the one it has now, or a twin has; or the one before, while no session
 * has been used that began with the one of now. Anything else was replaced: it comes from a copy, or there is a copy.
 */
export const trusts = (came: string, now: Date) => sql<boolean>`(trust_mark is null or trust_mark = ${came}
  or (former_trust_mark = ${came} and (not trust_seen or trust_since > ${before(now, GRACE)}))
  or exists (select from known_browsers as twin where twin.trust_mark = ${came} and ${isTwin('twin')}))`

/** Whether what came was replaced just now, in another tab: its value stays, as that of a twin. */
export const replacedJustNow = (came: string, now: Date) =>
  sql<boolean>`coalesce(former_trust_mark = ${came} and trust_mark <> ${came} and trust_since > ${before(now, GRACE)}, false)`

/** SHA-256 of what may follow the value that came: for every account of the browser the same, or this account's own. */
export type NextTrust = { shared: string; own: string }

/** The row of the account, with whether it is trusted: as it is once everybody who writes it at this moment has done so. */
export const knownHere = (account: AccountId, browser: string, came: string, now: Date) => sql`(
  select account_id, trust_mark, former_trust_mark, ${trusts(came, now)} as trusted from known_browsers
  where account_id = ${account} and browser_mark = ${browser} and expires_at > ${now} for update)`

/**
 * What follows, where `known` is `knownHere`: the same again, where a tab brings once more what was replaced just now. Else what is shared, where this
 * account is known by what came, and no other by another value; in all other cases its own, which nobody else can
 * compute: a copy of an older value gets no newer one by signing in to another account.
 */
export const givenTo = (account: AccountId, browser: string, came: string, next: NextTrust | undefined, now: Date) => {
  const [shared, own] = [next?.shared ?? null, next?.own ?? null]
  return sql`(select case
      when known.former_trust_mark = ${came} and known.trust_mark in (${shared}::text, ${own}::text) then known.trust_mark
      when known.trust_mark = ${came} and not exists (select from known_browsers
        where browser_mark = ${browser} and account_id <> ${account} and expires_at > ${now} and not ${trusts(came, now)})
        then ${shared}::text
      else ${own}::text end as mark
    from (values (1)) as one left join known on true)`
}

/**
 * Somebody uses the session of that cookie: its secret came with the value that its browser has by now, so that the one before
 * is worth nothing from now on. Whether the browser shows the new one is no matter: a thief's would not.
 */
export const trustReceived = (sessionMark: string) => sql<{ account_id: AccountId }>`(
  update known_browsers set trust_seen = true
  from sessions join known_browsers as own
    on own.account_id = sessions.account_id and own.browser_mark = sessions.browser_mark and not own.trust_seen
  where sessions.id_mark = ${sessionMark} and known_browsers.browser_mark = own.browser_mark
    and (known_browsers.trust_mark = own.trust_mark or ${isTwin('own')}) and not known_browsers.trust_seen
  returning known_browsers.account_id)`
