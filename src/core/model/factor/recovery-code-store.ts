/** Table `recovery_codes`: the unused codes of an account. */

import { type RawBuilder, sql } from 'kysely'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import type { Keys } from '../../../platform/needs.ts'
import { type Bound, isOurs, macOf } from '../../../platform/secrets/bound-row.ts'
import type { AccountId } from '../account/store.ts'

declare module '../../../platform/database/db.ts' {
  interface Tables {
    recovery_codes: { account_id: AccountId; code_mark: string; made_at: Date; mac: string | null }
  }
}

type BoundPart = { account_id: AccountId; code_mark: string }
/** A code belongs to one account. */
export const boundRecoveryCode: Bound<BoundPart> = {
  table: 'recovery_codes',
  identity: ({ account_id, code_mark }) => [account_id, code_mark],
}

/** How many are left, as a subquery. */
export const codesLeftOf = (account: RawBuilder<unknown>) =>
  sql<number>`(select count(*)::int from recovery_codes where account_id = ${account})`

/** When they were made, as a subquery; null where there is none. */
export const codesMadeAt = (account: RawBuilder<unknown>) =>
  sql<Date | null>`(select max(made_at) from recovery_codes where account_id = ${account})`

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
export async function codesOf(tx: Tx, account: AccountId): Promise<{ codes: StoredCode[]; madeAt: Date | null }> {
  const rows = await tx.selectFrom('recovery_codes').selectAll().where('account_id', '=', account).execute()
  return { codes: rows.map(({ code_mark, mac }) => ({ code_mark, mac })), madeAt: rows[0]?.made_at ?? null }
}

export type StoredCode = Pick<Row<'recovery_codes'>, 'code_mark' | 'mac'>
/** New codes, as they are stored: each for that account. */
export const boundCodes = (needs: Keys, account_id: AccountId, marks: readonly string[]): StoredCode[] =>
  marks.map((code_mark) => ({ code_mark, mac: macOf(needs, boundRecoveryCode, { account_id, code_mark }) }))

/** Replaces the set. An empty one removes it. */
export async function insertCodes(
  tx: Tx,
  account: AccountId,
  codes: readonly StoredCode[],
  madeAt: Date,
): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('account_id', '=', account).execute()
  if (codes.length === 0) return
  const rows = codes.map((code) => ({ ...code, account_id: account, made_at: madeAt }))
  await tx.insertInto('recovery_codes').values(rows).execute()
}

/** True for exactly one caller. */
export async function takeRecoveryCode(needs: Keys, tx: Tx, account: AccountId, mark: string): Promise<boolean> {
  const taken = await tx
    .deleteFrom('recovery_codes')
    .where('account_id', '=', account)
    .where('code_mark', '=', mark)
    .returningAll()
    .executeTakeFirst()
  return taken !== undefined && isOurs(needs, boundRecoveryCode, taken)
}
