/** Table `sessions`: how they end, however many, in one statement that answers one row. */
import { type RawBuilder, sql } from 'kysely'
import { before, minutes } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import type { AccountId } from '../account/store.ts'

/** So many live sessions an account has; with one more those seen longest ago end. */
export const MOST_SESSIONS = 200
/** So many sessions at most are told to a product one by one (`sid`); of more it is told that all of the person's are over. */
export const MOST_NAMED = 10

/** `named`: by product, what it called them; null where they are too many. */
export type Ended = { sessions: number; named: Readonly<Record<string, readonly string[] | null>> }

/** The products of the sessions in the common table expression `ended` (uid, details). */
export const sessionsEnded = {
  sessions: sql<number>`(select count(*)::int from ended)`,
  named: sql<Ended['named']>`(select coalesce(json_object_agg(product, sids), '{}') from (
    select product, case when count(*) <= ${MOST_NAMED} then json_agg(said ->> 'sid') end as sids
    from ended, jsonb_each(details -> 'authorizations') as noted (product, said)
    where said ->> 'sid' is not null group by product) as products)`,
}

const end = async (tx: Tx, which: RawBuilder<unknown>): Promise<Ended> => {
  const { rows } = await sql<Ended>`with ended as (delete from sessions where ${which} returning uid, details)
    select ${sessionsEnded.sessions} as sessions, ${sessionsEnded.named} as named`.execute(tx)
  return rows[0] ?? { sessions: 0, named: {} }
}

/** All of them, or all but one. */
export const deleteSessionsOf = (tx: Tx, account: AccountId, but = ''): Promise<Ended> =>
  end(tx, sql`account_id = ${account} and uid <> ${but}`)

/** Of two tabs that sign in at once, one gets a session whose cookie the browser overwrites. Neither is a stolen copy. */
const AT_ONCE = minutes(1)

type Beginning = { uid: string; account_id: AccountId | null; browser_mark: string | null; seen_at: Date }
/**
 * Those that the one that begins puts an end to: of too many, those seen longest ago; and any other that was begun in this
 * browser, which holds one. That one is lost, or is held by a copy that waited for its owner to sign in (trust.ts). A part
 * of the statement that writes it.
 */
export const endedBy = ({ uid, account_id: account, browser_mark: browser, seen_at: now }: Beginning) =>
  sql<{ uid: string; details: object }>`(delete from sessions where account_id = ${account} and uid <> ${uid} and (
      (browser_mark = nullif(${browser}::text, '') and authenticated_at <= ${before(now, AT_ONCE)})
      or uid in (select uid from sessions where account_id = ${account} and uid <> ${uid} and expires_at > ${now}
        order by seen_at desc offset ${MOST_SESSIONS - 1})) returning uid, details)`

/**
 * Takes a product's names of an account's sessions (`sid`) out of the notes, and answers them as those of sessions that
 * ended. The name of its grant stays: after one that was revoked comes another, and another name of the session with it.
 */
export async function takeProductNames(tx: Tx, account: AccountId, product: string): Promise<Ended['named']> {
  const { rows } = await sql<Pick<Ended, 'named'>>`with ended as (
      select uid, jsonb_build_object('authorizations', jsonb_build_object(${product}::text,
        details -> 'authorizations' -> ${product})) as details from sessions
      where account_id = ${account} and details -> 'authorizations' -> ${product} ->> 'sid' is not null
      order by uid for update),
    taken as (update sessions set details = sessions.details #- array['authorizations', ${product}, 'sid']
      from ended where sessions.uid = ended.uid)
    select ${sessionsEnded.named} as named`.execute(tx)
  return rows[0]?.named ?? {}
}
