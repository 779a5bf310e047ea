/** Table `password_policies`: every version of what was asked of passwords, and who needs a second factor. None is ever changed. */
import type { Db, Tx } from '../../../../platform/database/db.ts'
import type { ListStrength } from './list.ts'

/** Who needs a second factor. */
export const askedOf = ['nobody', 'staff', 'everyone'] as const
export type AskedOf = (typeof askedOf)[number]

type PasswordPoliciesTable = {
  version: number
  min_length: number
  list: ListStrength
  grace_days: number
  second_step: AskedOf
  second_step_grace_days: number
  made_at: Date
}
declare module '../../../../platform/database/db.ts' {
  interface Tables {
    password_policies: PasswordPoliciesTable
  }
}
export type PolicyRow = PasswordPoliciesTable

export const listPolicies = (db: Db): Promise<PolicyRow[]> =>
  db.selectFrom('password_policies').selectAll().orderBy('version').execute()

/** False where that version exists: of two operators at once, the primary key lets the first in. */
export async function insertPolicy(tx: Tx, row: PolicyRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('password_policies')
    .values(row)
    .onConflict((conflict) => conflict.column('version').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
