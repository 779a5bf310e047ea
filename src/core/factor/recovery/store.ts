/** Table `recovery_codes`: those of an account that were not used yet. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { AccountId } from '../../account/store.ts'

declare module '../../../platform/database/db.ts' {
  interface Tables {
    recovery_codes: { account_id: AccountId; code_mark: string; made_at: Date }
  }
}

/** How many are left, as a part of another query. */
export const codesLeftOf = (account: RawBuilder<unknown>) =>
  sql<number>`(select count(*)::int from recovery_codes where account_id = ${account})`

export type CodesLeft = { left: number; madeAt: Date | null }

export async function codesLeft(db: Db | Tx, account: AccountId): Promise<CodesLeft> {
  const row = await db
    .selectFrom('recovery_codes')
    .select([sql<number>`count(*)::int`.as('left'), sql<Date | null>`max(made_at)`.as('madeAt')])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  return row
}

/** What is stored of the codes that are left, and when the set was made; null where there is none. */
export async function codeMarksOf(tx: Tx, account: AccountId): Promise<{ marks: string[]; madeAt: Date | null }> {
  const rows = await tx.selectFrom('recovery_codes').selectAll().where('account_id', '=', account).execute()
  return { marks: rows.map(({ code_mark }) => code_mark), madeAt: rows[0]?.made_at ?? null }
}

/** A set in the place of the one before; an empty one is none. */
export async function insertCodes(tx: Tx, account: AccountId, marks: readonly string[], madeAt: Date): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('account_id', '=', account).execute()
  if (marks.length === 0) return
  const rows = marks.map((code_mark) => ({ account_id: account, code_mark, made_at: madeAt }))
  await tx.insertInto('recovery_codes').values(rows).execute()
}

/** True for exactly one caller. */
export async function takeRecoveryCode(tx: Tx, account: AccountId, mark: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('recovery_codes')
    .where('account_id', '=', account)
    .where('code_mark', '=', mark)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
