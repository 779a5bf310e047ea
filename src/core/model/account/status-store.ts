/**
 * How accounts stand, in table `accounts`: blocked, of staff, with two-step verification, about to close; and their end, in
 * `erased_accounts`, which keeps their subjects.
 */
import { sql } from 'kysely'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import { type Account, type AccountId, fromRow } from './store.ts'

/** Sets a time, or null; false where it is set, or null, already. Of several at once, one is answered true. */
async function setTime(
  tx: Tx,
  id: AccountId,
  column: 'blocked_at' | 'staff_since' | 'two_step_since' | 'closing_at',
  at: Date | null,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ [column]: at, ...(column === 'closing_at' && { closing_reminded_at: null }) })
    .where('id', '=', id)
    .where(column, at ? 'is' : 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Sets or lifts the operator's block; false where it is so already. */
export const setBlocked = (tx: Tx, id: AccountId, at: Date | null): Promise<boolean> =>
  setTime(tx, id, 'blocked_at', at)

/** Counts the person as staff from then on, or no more; false where it is so already. */
export const setStaff = (tx: Tx, id: AccountId, since: Date | null): Promise<boolean> =>
  setTime(tx, id, 'staff_since', since)

/** Switches two-step verification on or off; false where it is so already. */
export const setTwoStep = (tx: Tx, id: AccountId, on: boolean, now: Date): Promise<boolean> =>
  setTime(tx, id, 'two_step_since', on ? now : null)

/** Sets when the account is to be erased, or that it is not; false where the one or the other is so already. */
export const setClosing = (tx: Tx, id: AccountId, at: Date | null): Promise<boolean> =>
  setTime(tx, id, 'closing_at', at)

/** When every account closes, since when its person is staff and has two-step verification, as a subquery. */
export const accountStatus = (db: Db | Tx) =>
  db.selectFrom('accounts').select(['id', 'closing_at', 'staff_since', 'two_step_since'])

/** Accounts that close before `until` and were not reminded yet: `skip locked` gives each to one process. */
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
