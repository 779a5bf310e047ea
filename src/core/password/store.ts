/** Table `passwords`: at most one an account. */
import type { Db, Tx } from '../../platform/database/db.ts'
import type { AccountId } from '../account/store.ts'
import type { HashedPassword } from './hashing.ts'

type PasswordsTable = { account_id: AccountId; hash: string; pepper_id: string; changed_at: Date }
declare module '../../platform/database/db.ts' {
  interface Tables {
    passwords: PasswordsTable
  }
}

export async function setPassword(db: Db | Tx, account: AccountId, hashed: HashedPassword, now: Date): Promise<void> {
  const facts = { hash: hashed.hash, pepper_id: hashed.pepperId, changed_at: now }
  await db
    .insertInto('passwords')
    .values({ account_id: account, ...facts })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(facts))
    .execute()
}

export async function findPassword(db: Db | Tx, account: AccountId): Promise<HashedPassword | undefined> {
  const row = await db
    .selectFrom('passwords')
    .select(['hash', 'pepper_id'])
    .where('account_id', '=', account)
    .executeTakeFirst()
  return row && { hash: row.hash, pepperId: row.pepper_id }
}
