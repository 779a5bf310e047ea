/**
 * How accounts stand, in table `accounts`: blocked, of staff, with two-step verification, about to close; and their end, in
 * `erased_accounts`, which keeps their subjects.
 */
import { sql } from 'kysely'
import type { Db, Row, Tx } from '../../platform/database/db.ts'
import { type Account, type AccountId, fromRow } from './store.ts'

/** Sets or lifts the operator's block; false where it is so already. */
export async function setBlocked(tx: Tx, id: AccountId, at: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ blocked_at: at })
    .where('id', '=', id)
    .where('blocked_at', at ? 'is' : 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Counts the person as staff from then on, or no more; false where it is so already. */
export async function setStaff(tx: Tx, id: AccountId, since: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ staff_since: since })
    .where('id', '=', id)
    .where('staff_since', since ? 'is' : 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Switches two-step verification on or off; false where it is so already. */
export async function setTwoStep(tx: Tx, id: AccountId, on: boolean, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ two_step_since: on ? now : null })
    .where('id', '=', id)
    .where('two_step_since', on ? 'is' : 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Sets when the account is to be erased, or that it is not; false where the one or the other is so already. */
export async function setClosing(tx: Tx, id: AccountId, at: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ closing_at: at, closing_reminded_at: null })
    .where('id', '=', id)
    .where('closing_at', at ? 'is' : 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** When every account closes, since when its person is staff and has two-step verification, as a part of another query. */
export const standingOf = (db: Db | Tx) =>
  db.selectFrom('accounts').select(['id', 'closing_at', 'staff_since', 'two_step_since'])

/** Accounts that close before `until`, and whose people were not written to again: of several processes one gets each. */
export async function takeUnreminded(tx: Tx, now: Date, until: Date, count: number): Promise<Account[]> {
  const { rows } = await sql<Row<'accounts'>>`update accounts set closing_reminded_at = ${now} where id in
    (select id from accounts where closing_at > ${now} and closing_at <= ${until} and closing_reminded_at is null
      limit ${count} for update skip locked) returning *`.execute(tx)
  return rows.map(fromRow)
}

/** Accounts whose time is up. */
export async function findEnded(db: Db, now: Date, count: number): Promise<AccountId[]> {
  const query = db.selectFrom('accounts').select('id').where('closing_at', '<=', now)
  const rows = await query.orderBy('closing_at').limit(count).execute()
  return rows.map(({ id }) => id)
}

/** The account, and with it all rows that belong to it. Its subject stays taken for ever. */
export async function deleteAccount(tx: Tx, id: AccountId, now: Date): Promise<void> {
  await tx.insertInto('erased_accounts').values({ id, erased_at: now }).execute()
  await tx.deleteFrom('accounts').where('id', '=', id).execute()
}

/** Those of these subjects that were erased: nobody may have them again. */
export async function erasedAmong(db: Db | Tx, ids: readonly AccountId[]): Promise<AccountId[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('erased_accounts').select('id').where('id', 'in', ids).execute()
  return rows.map(({ id }) => id)
}
