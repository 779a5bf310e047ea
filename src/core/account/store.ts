/** Table `accounts`: one row a person. */
import { type Generated, sql } from 'kysely'
import type { Clock } from '../../platform/clock.ts'
import { type Db, isUniqueViolation, type Row, type Tx } from '../../platform/database/db.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { drawId, type Random } from '../../platform/random.ts'
import { type Email, type EmailKey, emailKey } from './email.ts'

declare const brand: unique symbol
/** The subject by which products know a person: immutable, never used again. */
export type AccountId = string & { readonly [brand]: 'AccountId' }

type AccountsTable = {
  id: AccountId
  email: Email
  email_key: EmailKey
  first_name: string
  last_name: string
  language: Language
  created_at: Date
  closing_at: Date | null
  closing_reminded_at: Generated<Date | null>
  email_fixed: Generated<boolean>
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    accounts: AccountsTable
    erased_accounts: { id: AccountId; erased_at: Date }
  }
}

export type Account = {
  readonly id: AccountId
  readonly email: Email
  readonly firstName: string
  readonly lastName: string
  readonly language: Language
  readonly createdAt: Date
  /** When it closes, where its owner has asked for that and may still change their mind. */
  readonly closingAt: Date | null
  /** The operator looks after the address: its owner cannot change it. */
  readonly emailFixed: boolean
}

export const newAccountId = (random: Random, clock: Clock): AccountId => drawId('acc', random, clock) as AccountId

export type Person = Pick<Account, 'email' | 'firstName' | 'lastName' | 'language'>

/** False when somebody has the address: the unique index is the judge. */
export async function insertAccount(tx: Tx, id: AccountId, person: Person, now: Date): Promise<boolean> {
  const result = await tx
    .insertInto('accounts')
    .values({
      id,
      email: person.email,
      email_key: emailKey(person.email),
      first_name: person.firstName,
      last_name: person.lastName,
      language: person.language,
      created_at: now,
      closing_at: null,
    })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function findAccount(db: Db | Tx, id: AccountId): Promise<Account | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

export async function findAccountByEmail(db: Db | Tx, email: Email): Promise<Account | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('email_key', '=', emailKey(email)).executeTakeFirst()
  return row && fromRow(row)
}

/** Nobody else changes the account before the transaction ends. */
export async function holdAccount(tx: Tx, id: AccountId): Promise<Account | undefined> {
  const row = await tx.selectFrom('accounts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  return row && fromRow(row)
}

/** Another account has the address: thrown, since nothing more can be done in a transaction that learns it. */
export class AddressTaken extends Error {}

/** Of two accounts that want an address at once the unique index lets one have it. @throws {AddressTaken} */
export async function setEmail(tx: Tx, id: AccountId, email: Email): Promise<void> {
  const address = { email, email_key: emailKey(email) }
  try {
    await tx.updateTable('accounts').set(address).where('id', '=', id).execute()
  } catch (error) {
    throw isUniqueViolation(error) ? new AddressTaken('another account has the address', { cause: error }) : error
  }
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

/** The accounts that are about to close, as a part of another query. */
export const aboutToClose = (db: Db | Tx) =>
  db.selectFrom('accounts').select(['id as closing_account', 'closing_at']).where('closing_at', 'is not', null)

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

/** Whether the operator looks after this person's address. */
export async function fixEmail(tx: Tx, id: AccountId, fixed: boolean): Promise<void> {
  await tx.updateTable('accounts').set({ email_fixed: fixed }).where('id', '=', id).execute()
}

export type Profile = Pick<Account, 'firstName' | 'lastName' | 'language'>

/** False when it was like that already: of two who make the same change, one has made it. */
export async function updateProfile(tx: Tx, id: AccountId, profile: Profile): Promise<boolean> {
  const { firstName: first_name, lastName: last_name, language } = profile
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ first_name, last_name, language })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([eb('first_name', '<>', first_name), eb('last_name', '<>', last_name), eb('language', '<>', language)]),
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The id of an address's account, as a part of another query. */
export const idByEmail = (db: Db, email: Email) =>
  db.selectFrom('accounts').select('id').where('email_key', '=', emailKey(email))

export const fromRow = (row: Row<'accounts'>): Account => ({
  id: row.id,
  email: row.email,
  firstName: row.first_name,
  lastName: row.last_name,
  language: row.language,
  createdAt: row.created_at,
  closingAt: row.closing_at,
  emailFixed: row.email_fixed,
})
