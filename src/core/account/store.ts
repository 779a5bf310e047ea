/** Table `accounts`: one row a person. */
import type { Clock } from '../../platform/clock.ts'
import type { Db, Row, Tx } from '../../platform/database/db.ts'
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
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    accounts: AccountsTable
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
})
