/** Table `passwords`: at most one an account. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/db.ts'
import type { Email } from '../account/email.ts'
import { type AccountId, idByEmail } from '../account/store.ts'
import { type Familiar, familiarTo } from '../browser/store.ts'
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

export type Owner = { id: AccountId; hashed: HashedPassword | undefined; familiar: Familiar }

/** Whose address it is, the password, and whether the person knows this browser: one statement, whatever there is. */
export async function findOwner(db: Db, email: Email, browser: string, now: Date): Promise<Owner | undefined> {
  const row = await db
    .selectFrom(idByEmail(db, email).as('owner'))
    .leftJoin('passwords', 'account_id', 'owner.id')
    .leftJoinLateral(familiarTo(sql.ref('owner.id'), browser, now).as('familiar'), (join) => join.onTrue())
    .select(['owner.id', 'hash', 'pepper_id', 'familiar.known', 'familiar.seen'])
    .executeTakeFirst()
  if (!row) return undefined
  const hashed = row.hash && row.pepper_id ? { hash: row.hash, pepperId: row.pepper_id } : undefined
  return { id: row.id, hashed, familiar: { known: !!row.known, seen: row.seen ?? [] } }
}

/** Whether this is the password still; if so, nobody changes it before the transaction ends. */
export async function holdPassword(tx: Tx, account: AccountId, { hash }: HashedPassword): Promise<boolean> {
  const row = await tx
    .selectFrom('passwords')
    .select('account_id')
    .where('account_id', '=', account)
    .where('hash', '=', hash)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}
