/**
 * Table `oidc_records`: what oidc-provider keeps (codes, tokens, grants, interactions, …), but for sessions and
 * products. A record is found by the SHA-256 of its value: the table holds no token that could be used.
 */
import { type RawBuilder, sql } from 'kysely'
import { clearBy } from '../../../platform/database/clear-away.ts'
import { again, type Db, type Row, type Tx } from '../../../platform/database/db.ts'
import { letGo, MOST, MOST_CODES, MOST_PUSHED, type Most } from '../../../platform/database/of-strangers.ts'
import type { Bound } from '../../../platform/secrets/bound-row.ts'
import { sha256 } from '../../../platform/secrets/keyring.ts'
import type { AccountId } from '../account/store.ts'

type OidcRecordsTable = {
  model: string
  id_mark: string
  payload: object
  grant_id: string | null
  account_id: AccountId | null
  user_code_mark: string | null
  session_uid: string | null
  consumed_at: Date | null
  expires_at: Date
  /** The site of a stranger, while it is one's. */
  network: string | null
  mac: string | null
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    oidc_records: OidcRecordsTable
  }
}
export type OidcRecord = Row<'oidc_records'>
type NewRecord = Omit<OidcRecord, 'consumed_at' | 'network'> & { network?: string | null }

type BoundPart = Pick<OidcRecord, 'model' | 'id_mark' | 'user_code_mark' | 'payload'>
/** What a record says is said of one value, and of one code of a device. The answer that an interaction gets later is sealed by itself. */
export const boundRecord: Bound<BoundPart> = {
  table: 'oidc_records',
  identity({ model, id_mark, user_code_mark: code, payload }) {
    const { answer: _answer, ...said }: { answer?: unknown } = payload
    return [model, id_mark, said, ...(code ? [code] : [])]
  },
}

const MOST_OF: Record<string, Most> = {
  DeviceCode: MOST_CODES,
  PushedAuthorizationRequest: MOST_PUSHED,
  ReplayDetection: MOST_PUSHED,
}

/** Inserts the record and deletes strangers' records above the limit, in one statement. */
function keeping(db: Db, { model, id_mark, network: site = null }: NewRecord) {
  const others = sql`model = ${model} and id_mark <> ${id_mark}`
  const is = {
    newest: sql`expires_at desc, id_mark`,
    isLong: sql`octet_length(payload::text) > case model when 'DeviceCode' then 400 else 2400 end`,
  }
  const kept = { table: 'oidc_records', from: 'network', others, site, ...is } as const
  return db.with('too_many', () => letGo(kept, MOST_OF[model] ?? MOST))
}

export async function putRecord(db: Db, record: NewRecord): Promise<void> {
  const { model: _model, id_mark: _mark, ...changes } = record
  const query = keeping(db, record).insertInto('oidc_records').values(record)
  await again(() =>
    query.onConflict((conflict) => conflict.columns(['model', 'id_mark']).doUpdateSet(changes)).execute(),
  )
}

/** The same, unless it has an account already and is nobody else's to take: then false. */
export async function putUnclaimed(db: Db, record: NewRecord): Promise<boolean> {
  const { model: _model, id_mark: _mark, ...changes } = record
  const query = keeping(db, record).insertInto('oidc_records').values(record)
  const { numInsertedOrUpdatedRows } = await again(() =>
    query
      .onConflict((conflict) =>
        conflict.columns(['model', 'id_mark']).doUpdateSet(changes).where('oidc_records.account_id', 'is', null),
      )
      .executeTakeFirst(),
  )
  return numInsertedOrUpdatedRows === 1n
}

/** False when it is there already: of two uses of a one-time proof, the primary key lets one in. */
export async function addRecord(db: Db, record: NewRecord): Promise<boolean> {
  const query = keeping(db, record).insertInto('oidc_records').values(record)
  const { numInsertedOrUpdatedRows } = await again(() =>
    query.onConflict((conflict) => conflict.columns(['model', 'id_mark']).doNothing()).executeTakeFirst(),
  )
  return numInsertedOrUpdatedRows === 1n
}

export const findRecord = (db: Db, model: string, mark: string, now: Date): Promise<OidcRecord | undefined> =>
  live(db, model, now).where('id_mark', '=', mark).executeTakeFirst()

/** Finds a record that is read once, and is gone then. */
export async function takeRecord(db: Db, model: string, mark: string, now: Date): Promise<OidcRecord | undefined> {
  return db
    .deleteFrom('oidc_records')
    .where('model', '=', model)
    .where('id_mark', '=', mark)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/** Adds an answer to a record, sealed, and ends it then at the latest; answers the record, or nothing where there is none. */
export async function amendRecord(
  db: Db,
  model: string,
  mark: string,
  more: { answer: string },
  { now, ends }: { now: Date; ends: Date },
): Promise<OidcRecord | undefined> {
  return db
    .updateTable('oidc_records')
    .set({
      payload: sql`payload || ${JSON.stringify(more)}::jsonb`,
      expires_at: sql<Date>`least(expires_at, ${ends}::timestamptz)`,
    })
    .where('model', '=', model)
    .where('id_mark', '=', mark)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

export const findRecordByUserCode = (db: Db, model: string, mark: string, now: Date): Promise<OidcRecord | undefined> =>
  live(db, model, now).where('user_code_mark', '=', mark).executeTakeFirst()

const live = (db: Db, model: string, now: Date) =>
  db.selectFrom('oidc_records').selectAll().where('model', '=', model).where('expires_at', '>', now)

/** True for exactly one caller: a code, or a refresh token that is rotated, is used once. */
export async function consumeRecord(db: Db, model: string, mark: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('oidc_records')
    .set({ consumed_at: now })
    .where('model', '=', model)
    .where('id_mark', '=', mark)
    .where('consumed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteRecord(db: Db, model: string, mark: string): Promise<void> {
  await db.deleteFrom('oidc_records').where('model', '=', model).where('id_mark', '=', mark).execute()
}

/** All that was given out under a grant, of one model: oidc-provider asks for each in turn. */
export async function revokeOfGrant(db: Db, model: string, grantId: string): Promise<void> {
  await db.deleteFrom('oidc_records').where('model', '=', model).where('grant_id', '=', grantId).execute()
}

/** The grant itself and all that was given out under it: somebody has used again what works once. */
export async function revokeWholeGrant(db: Db, grantId: string, mark: string): Promise<void> {
  await db
    .deleteFrom('oidc_records')
    .where((eb) => eb.or([eb('grant_id', '=', grantId), eb.and([eb('model', '=', 'Grant'), eb('id_mark', '=', mark)])]))
    .execute()
}

/** What lives as long as a session does: all of it but what was granted for offline use. */
export async function revokeOfSession(tx: Tx, uid: string): Promise<void> {
  await tx.deleteFrom('oidc_records').where('session_uid', '=', uid).execute()
}

/** Deletes what lives as long as these sessions do: a common table expression. */
export const revokedOf = (uids: RawBuilder<unknown>) => sql<{ model: string }>`
  (delete from oidc_records where session_uid = any (array(${uids})) returning model)`

export async function revokeOfAccount(tx: Tx, account: AccountId): Promise<void> {
  await tx.deleteFrom('oidc_records').where('account_id', '=', account).execute()
}

/**
 * What products hold for an account, but what hangs on one of these grants: `kept` are their names. Answers whether
 * there was any.
 */
export async function revokeOtherGrants(tx: Tx, account: AccountId, kept: readonly string[]): Promise<boolean> {
  const { rows } = await sql`delete from oidc_records where account_id = ${account}
    and coalesce(grant_id, '') <> all(${kept}::text[])
    and not (model = 'Grant' and id_mark = any(${kept.map(sha256)}::text[])) returning model`.execute(tx)
  return rows.length > 0
}

/** What a product holds for an account: grants, codes and tokens, in every session and for offline use. */
export async function revokeOfUse(tx: Tx, account: AccountId, product: string): Promise<void> {
  await sql`delete from oidc_records where account_id = ${account} and payload ->> 'clientId' = ${product}`.execute(tx)
}

/** Reads the whole table: a product is not removed every day. */
export async function revokeOfProduct(tx: Tx, product: string): Promise<void> {
  await sql`delete from oidc_records where payload->>'clientId' = ${product}`.execute(tx)
}

export const deleteExpiredRecords = clearBy('oidc_records', 'expires_at')
