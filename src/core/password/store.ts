/** Table `passwords`: at most one an account. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/db.ts'
import type { Email } from '../account/email.ts'
import { type AccountId, idByEmail } from '../account/store.ts'
import { type Familiar, familiarTo } from '../browser/store.ts'
import type { HashedPassword } from './hashing.ts'

type PasswordsTable = {
  account_id: AccountId
  hash: string
  pepper_id: string
  sealed_facts: string | null
  changed_at: Date
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    passwords: PasswordsTable
  }
}

export async function setPassword(db: Db | Tx, account: AccountId, hashed: HashedPassword, now: Date): Promise<void> {
  const { hash, pepperId: pepper_id, sealedFacts: sealed_facts = null } = hashed
  const facts = { hash, pepper_id, sealed_facts, changed_at: now }
  await db
    .insertInto('passwords')
    .values({ account_id: account, ...facts })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(facts))
    .execute()
}

/** When the password was set; undefined where there is none. */
export async function passwordSetAt(db: Db, account: AccountId): Promise<Date | undefined> {
  const row = await db.selectFrom('passwords').select('changed_at').where('account_id', '=', account).executeTakeFirst()
  return row?.changed_at
}

export type Owner = { id: AccountId; hashed: HashedPassword | undefined; familiar: Familiar }

/** Whose address it is, the password, and whether the person knows this browser: one statement, whatever there is. */
export async function findOwner(db: Db, email: Email, browser: string, now: Date): Promise<Owner | undefined> {
  const row = await db
    .selectFrom(idByEmail(db, email).as('owner'))
    .leftJoin('passwords', 'account_id', 'owner.id')
    .leftJoinLateral(familiarTo(sql.ref('owner.id'), browser, now).as('familiar'), (join) => join.onTrue())
    .select(['owner.id', 'hash', 'pepper_id', 'sealed_facts', 'familiar.known', 'familiar.seen'])
    .executeTakeFirst()
  if (!row) return undefined
  return { id: row.id, hashed: hashedOf(row), familiar: { known: !!row.known, seen: row.seen ?? [] } }
}

type Found = Pick<PasswordsTable, 'sealed_facts'> & { hash: string | null; pepper_id: string | null }
const hashedOf = ({ hash, pepper_id: pepperId, sealed_facts: sealedFacts }: Found): HashedPassword | undefined =>
  hash && pepperId ? { hash, pepperId, sealedFacts } : undefined

export async function findPassword(db: Db, account: AccountId): Promise<HashedPassword | undefined> {
  const row = await db.selectFrom('passwords').selectAll().where('account_id', '=', account).executeTakeFirst()
  return row && hashedOf(row)
}

/** What is known of every password, as a part of another query. */
export const knownOfPasswords = (db: Db | Tx) =>
  db.selectFrom('passwords').select(['account_id as owner', 'hash', 'sealed_facts'])

/** The next so many passwords in the order of their accounts, from the one after `after` on. */
export const passwordsAfter = (db: Db, after: string, count: number) =>
  knownOfPasswords(db)
    .where('account_id', '>', after as AccountId)
    .orderBy('account_id')
    .limit(count)
    .execute()

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
