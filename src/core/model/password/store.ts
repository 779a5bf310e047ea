/** Table `passwords`: at most one an account. */
import type { Db, Tx } from '../../../platform/database/db.ts'
import { macOf } from '../../../platform/secrets/bound-row.ts'
import type { Keyring } from '../../../platform/secrets/keyring.ts'
import { type AccountId, heldUnblocked } from '../account/store.ts'
import { firstUseOf, isFirstUse } from './first-use.ts'
import { boundPassword, type HashedPassword } from './hashing.ts'

type PasswordsTable = {
  account_id: AccountId
  hash: string
  pepper_id: string
  sealed_facts: string | null
  changed_at: Date
  mac: string | null
  /** What it says: first-use.ts. */
  first_use: string | null
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    passwords: PasswordsTable
  }
}

/** `firstUse`: it was chosen through the mailbox; its first sign-in is accepted from anywhere, once. */
export async function setPassword(
  needs: { keyring: Keyring },
  db: Db | Tx,
  account: AccountId,
  hashed: HashedPassword,
  now: Date,
  { firstUse = false } = {},
): Promise<void> {
  const { hash, pepperId: pepper_id, sealedFacts: sealed_facts = null } = hashed
  const mac = macOf(needs, boundPassword, { account_id: account, hash, pepper_id })
  const first_use = firstUseOf(needs, { account, hash }, firstUse)
  const facts = { hash, pepper_id, sealed_facts, changed_at: now, mac, first_use }
  await db
    .insertInto('passwords')
    .values({ account_id: account, ...facts })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(facts))
    .execute()
}

/** The password opens nothing any more. */
export async function deletePassword(tx: Tx, account: AccountId): Promise<void> {
  await tx.deleteFrom('passwords').where('account_id', '=', account).execute()
}

/** When the password was set; undefined where there is none. */
export async function passwordSetAt(db: Db, account: AccountId): Promise<Date | undefined> {
  const row = await db.selectFrom('passwords').select('changed_at').where('account_id', '=', account).executeTakeFirst()
  return row?.changed_at
}

type Found = Pick<PasswordsTable, 'sealed_facts' | 'mac'> & { hash: string | null; pepper_id: string | null }
/** The password of a row that was read with `everyPassword`; undefined where the account has none. */
export const hashedOf = (
  account: AccountId,
  { hash, pepper_id: pepperId, sealed_facts: sealedFacts, mac }: Found,
): HashedPassword | undefined =>
  hash && pepperId ? { hash, pepperId, sealedFacts, boundTo: { account, mac } } : undefined

export async function findPassword(db: Db | Tx, account: AccountId): Promise<HashedPassword | undefined> {
  const row = await db.selectFrom('passwords').selectAll().where('account_id', '=', account).executeTakeFirst()
  return row && hashedOf(account, row)
}

/** A subquery: every password. */
export const everyPassword = (db: Db | Tx) => db.selectFrom('passwords').selectAll()

/** A subquery: of every password what its strength is judged by. */
export const knownOfPasswords = (db: Db | Tx) =>
  db.selectFrom('passwords').select(['account_id as owner', 'hash', 'sealed_facts'])

/** The next so many passwords in the order of their accounts, from the one after `after` on. */
export const passwordsAfter = (db: Db, after: string, count: number) =>
  knownOfPasswords(db)
    .where('account_id', '>', after as AccountId)
    .orderBy('account_id')
    .limit(count)
    .execute()

/**
 * Whether this is the password still, and of nobody who is blocked; if so, that holds until the transaction ends. `firstUse`:
 * and nobody has signed in since.
 */
export async function holdPassword(
  tx: Tx,
  account: AccountId,
  { hash }: Pick<HashedPassword, 'hash'>,
  { firstUse = false } = {},
): Promise<boolean> {
  const row = await tx
    .selectFrom(heldUnblocked(tx, account).as('owner'))
    .innerJoin('passwords', 'account_id', 'owner.id')
    .select('account_id')
    .where('hash', '=', hash)
    .$if(firstUse, (query) => query.where('first_use', 'is not', null))
    .forNoKeyUpdate('passwords')
    .executeTakeFirst()
  return row !== undefined
}

export type KeptPassword = HashedPassword & { account: AccountId; changedAt: Date; firstUse: boolean }

/** The passwords of accounts that have just been inserted. */
export async function insertPasswords(
  needs: { keyring: Keyring },
  tx: Tx,
  passwords: readonly KeptPassword[],
): Promise<void> {
  if (passwords.length === 0) return
  await tx
    .insertInto('passwords')
    .values(
      passwords.map(({ account, hash, pepperId, changedAt, firstUse }) => ({
        account_id: account,
        hash,
        pepper_id: pepperId,
        changed_at: changedAt,
        mac: macOf(needs, boundPassword, { account_id: account, hash, pepper_id: pepperId }),
        first_use: firstUseOf(needs, { account, hash }, firstUse),
      })),
    )
    .execute()
}

export async function passwordsOf(
  needs: { db: Db; keyring: Keyring },
  accounts: readonly AccountId[],
): Promise<Map<AccountId, KeptPassword>> {
  if (accounts.length === 0) return new Map()
  const rows = await needs.db.selectFrom('passwords').selectAll().where('account_id', 'in', accounts).execute()
  return new Map(
    rows.map(({ account_id: account, hash, pepper_id: pepperId, changed_at: changedAt, first_use }) => [
      account,
      { account, hash, pepperId, changedAt, firstUse: isFirstUse(needs, { account, hash }, first_use) },
    ]),
  )
}
