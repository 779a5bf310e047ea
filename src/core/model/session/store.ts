/** Table `sessions`: one row a browser that is signed in, and what oidc-provider keeps of it. */

import { sql } from 'kysely'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import type { Keys } from '../../../platform/needs.ts'
import { macOf } from '../../../platform/secrets/bound-row.ts'
import { accountStatus } from '../account/status-store.ts'
import type { AccountId } from '../account/store.ts'
import type { FactorKind } from '../factor/kinds.ts'
import { kindsOf } from '../factor/store.ts'
import { revokedOf } from '../grant/store.ts'
import { knownOfPasswords } from '../password/store.ts'
import { boundSession, ours } from './bound.ts'
import { type Ended, endedBy, sessionsEnded } from './ending.ts'
import { trustReceived } from './trust.ts'

/** What the protocol keeps with a session: which products it was used for, and how the person signed in. */
export type SessionDetails = {
  authorizations?: Record<string, { sid?: string | undefined; grantId?: string | undefined }>
  /** When and how the person signed in, as ID tokens say it: seconds since 1970, `auth_time`; `amr`; `acr`. */
  loginTs?: number
  amr?: string[]
  acr?: string
  state?: Record<string, unknown>
  transient?: boolean
}

type SessionsTable = {
  uid: string
  id_mark: string
  account_id: AccountId | null
  authenticated_at: Date | null
  started_at: Date
  seen_at: Date
  expires_at: Date
  user_agent: string
  network: string
  browser_mark: string | null
  details: SessionDetails
  better_password_later_at: Date | null
  second_way_later_at: Date | null
  /** When more than a password was proved. */
  factor_at: Date | null
  mac: string | null
  /** Nothing was proved in it but a way that counts as new until then. */
  cooling_off_until: Date | null
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    sessions: SessionsTable
  }
}
export type SessionRow = Row<'sessions'>

/** Answers which others ended, with the tokens that live with them: too many of the account, or others of this browser. */
export async function putSession(needs: Keys, tx: Tx, session: Omit<SessionRow, 'mac'>): Promise<Ended> {
  const row = { ...session, mac: session.account_id && macOf(needs, boundSession, session) }
  const { uid: _uid, started_at: _startedAt, ...changes } = row
  return tx
    .with('ended', () => endedBy(row))
    .with('revoked', () => revokedOf(sql`select uid from ended`))
    .with('started', (query) =>
      query
        .insertInto('sessions')
        .values(row)
        .onConflict((conflict) => conflict.column('uid').doUpdateSet(changes)),
    )
    .selectNoFrom([sessionsEnded.sessions.as('sessions'), sessionsEnded.named.as('named')])
    .executeTakeFirstOrThrow()
}

/** A session, and what is known of its account and of the password. */
export type FoundSession = SessionRow & {
  hash: string | null
  sealed_facts: string | null
  closing_at: Date | null
  staff_since: Date | null
  two_step_since: Date | null
  kinds: FactorKind[] | null
}

/** One that somebody is signed in to only where the service has written it so. Being looked up is being used. */
export async function findByIdMark(
  needs: Keys & { db: Db },
  mark: string,
  now: Date,
): Promise<FoundSession | undefined> {
  const { db } = needs
  const row = await db
    .with('received', () => trustReceived(mark))
    .selectFrom('sessions')
    .leftJoin(knownOfPasswords(db).as('password'), 'owner', 'account_id')
    .leftJoin(accountStatus(db).as('person'), 'person.id', 'account_id')
    .selectAll('sessions')
    .select(['hash', 'sealed_facts', 'closing_at', 'staff_since', 'two_step_since'])
    .select(kindsOf(sql.ref('sessions.account_id')).as('kinds'))
    .where('id_mark', '=', mark)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return ours(needs, row)
}

export async function findByUid(needs: Keys, db: Db | Tx, uid: string, now: Date): Promise<SessionRow | undefined> {
  const query = db.selectFrom('sessions').selectAll().where('uid', '=', uid).where('expires_at', '>', now)
  return ours(needs, await query.executeTakeFirst())
}

/**
 * The notes of the protocol on a session that is still there; one that has ended meanwhile stays ended. Products are
 * added to those noted before, so that two that are opened at once, in two tabs, are both known afterwards. How the
 * person signed in is not for the protocol to say.
 */
export async function updateDetails(
  db: Db,
  uid: string,
  { details, seen_at, expires_at }: Pick<SessionRow, 'details' | 'seen_at' | 'expires_at'>,
): Promise<void> {
  const { authorizations = {}, amr: _amr, acr: _acr, loginTs: _loginTs, ...rest } = details
  await sql`update sessions set seen_at = ${seen_at}, expires_at = ${expires_at},
    details = ${JSON.stringify(rest)}::jsonb || jsonb_build_object('authorizations',
      coalesce(details -> 'authorizations', '{}'::jsonb) || ${JSON.stringify(authorizations)}::jsonb)
      || jsonb_strip_nulls(jsonb_build_object('amr', details -> 'amr', 'acr', details -> 'acr',
        'loginTs', details -> 'loginTs'))
    where uid = ${uid}`.execute(db)
}

/** Whether it is live; if so, nobody ends it before the transaction ends. */
export async function holdSession(tx: Tx, uid: string, now: Date): Promise<boolean> {
  const query = tx.selectFrom('sessions').select('uid').where('uid', '=', uid).where('expires_at', '>', now)
  return (await query.forUpdate().executeTakeFirst()) !== undefined
}

/** The one seen last comes first. */
export const liveSessionsOf = (db: Db | Tx, account: AccountId, now: Date): Promise<SessionRow[]> =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .execute()

/**
 * One session of an account, while nobody else ends or changes any of them before this transaction is over: all are held in
 * one order.
 */
export async function holdAmong(tx: Tx, account: AccountId, uid: string): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`with held as materialized (
      select * from sessions where account_id = ${account} order by uid for update)
    select * from held where uid = ${uid}`.execute(tx)
  return rows[0]
}

/** Written when it was seen, not at every look: at most once a minute. */
export async function markSeen(db: Db, uid: string, now: Date, expiresAt: Date): Promise<void> {
  await db.updateTable('sessions').set({ seen_at: now, expires_at: expiresAt }).where('uid', '=', uid).execute()
}

/** The person puts a better password, or a second factor, off for this session. */
export async function markLater(
  db: Db,
  uid: string,
  what: 'better_password_later_at' | 'second_way_later_at',
  now: Date,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ [what]: now })
    .where('uid', '=', uid)
    .execute()
}

/** More than a password was proved in this session. */
export async function markFactor(needs: Keys, tx: Tx, uid: string, now: Date): Promise<void> {
  await amend(needs, tx, uid, now, { factor_at: now })
}

/** A new secret for a session that is still there; false when it has ended. */
export const replaceIdMark = (needs: Keys, tx: Tx, uid: string, mark: string, now: Date): Promise<boolean> =>
  amend(needs, tx, uid, now, { id_mark: mark, better_password_later_at: null })

/** Changes a live session, and its mark with it; false when it has ended. */
async function amend(needs: Keys, tx: Tx, uid: string, now: Date, changes: Partial<SessionRow>): Promise<boolean> {
  const live = tx.selectFrom('sessions').selectAll().where('uid', '=', uid).where('expires_at', '>', now)
  const row = ours(needs, await live.forUpdate().executeTakeFirst())
  if (!row) return false
  const mac = macOf(needs, boundSession, { ...row, ...changes })
  await tx
    .updateTable('sessions')
    .set({ ...changes, mac })
    .where('uid', '=', uid)
    .execute()
  return true
}

export const deleteSession = (tx: Tx, uid: string): Promise<SessionRow[]> =>
  tx.deleteFrom('sessions').where('uid', '=', uid).returningAll().execute()

/** Deletes a live session of the account; of several at once, one gets the row. */
export const deleteLiveSession = (
  tx: Tx,
  account: AccountId,
  uid: string,
  now: Date,
): Promise<SessionRow | undefined> =>
  tx
    .deleteFrom('sessions')
    .where('uid', '=', uid)
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()

export const deleteSessionByIdMark = (db: Db | Tx, mark: string): Promise<SessionRow[]> =>
  db.deleteFrom('sessions').where('id_mark', '=', mark).returningAll().execute()

export const deleteExpiredSessions = clearBy('sessions', 'expires_at')
