/** Table `accounts`: one row a person. */
import type { Generated, GeneratedAlways } from 'kysely'
import type { Clock } from '../../../platform/clock.ts'
import { type Db, isUniqueViolation, type Row, type Tx } from '../../../platform/database/db.ts'
import type { Language } from '../../../platform/languages/languages.ts'
import { drawId, type Random } from '../../../platform/random.ts'
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
  /** The operator's block: nobody signs in until it is taken back. */
  blocked_at: Date | null
  /** When an account whose closing was asked for will be erased. */
  closing_at: Date | null
  closing_reminded_at: Generated<Date | null>
  email_fixed: Generated<boolean>
  staff_since: Generated<Date | null>
  two_step_since: Generated<Date | null>
  /** When its owner last said "Not now" to a passkey. */
  passkey_put_off_at: Generated<Date | null>
  /** What people are found by, see 0004: the database makes them from the names. */
  name_key: GeneratedAlways<string>
  surname_key: GeneratedAlways<string>
}
declare module '../../../platform/database/db.ts' {
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
  readonly blockedAt: Date | null
  /** When it closes, where its owner has asked for that and may still change their mind. */
  readonly closingAt: Date | null
  /** The operator looks after the address: its owner cannot change it. */
  readonly emailFixed: boolean
  /** Since when the operator counts the person as staff. */
  readonly staffSince: Date | null
  /** Since when two-step verification is switched on. */
  readonly twoStepSince: Date | null
}

export type AccountState = 'active' | 'blocked' | 'closing'

export const stateOf = ({ blockedAt, closingAt }: Pick<Account, 'blockedAt' | 'closingAt'>): AccountState =>
  blockedAt ? 'blocked' : closingAt ? 'closing' : 'active'

export const newAccountId = (random: Random, clock: Clock): AccountId => drawId('acc', random, clock) as AccountId

export type Person = Pick<Account, 'email' | 'firstName' | 'lastName' | 'language'>

/** False when somebody has the address, or the id, by a form that was sent twice: the unique indexes are the judges. */
export async function insertAccount(tx: Tx, id: AccountId, person: Person, now: Date): Promise<boolean> {
  const { email } = person
  const result = await tx
    .insertInto('accounts')
    .values({
      id,
      email,
      email_key: emailKey(email),
      first_name: person.firstName,
      last_name: person.lastName,
      language: person.language,
      created_at: now,
      blocked_at: null,
      closing_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

const first = async (query: { executeTakeFirst(): Promise<Row<'accounts'> | undefined> }) => {
  const row = await query.executeTakeFirst()
  return row && fromRow(row)
}

export const findAccount = (db: Db | Tx, id: AccountId): Promise<Account | undefined> => first(accountById(db, id))

export const findAccountByEmail = (db: Db | Tx, email: Email): Promise<Account | undefined> =>
  first(db.selectFrom('accounts').selectAll().where('email_key', '=', emailKey(email)))

/** Nobody else changes the account before the transaction ends. */
export const holdAccount = (tx: Tx, id: AccountId): Promise<Account | undefined> =>
  first(accountById(tx, id).forUpdate())

/** Locks the account of an address; undefined where the address was changed while it waited for the lock. */
export async function holdAccountByEmail(tx: Tx, email: Email): Promise<Account | undefined> {
  const query = tx.selectFrom('accounts').selectAll().where('email_key', '=', emailKey(email))
  const row = await query.forUpdate().executeTakeFirst()
  return row && fromRow(row)
}

/** Another account has the address: thrown, since nothing more can be done in a transaction that learns it. */
export class AddressTaken extends Error {}

/** Of two accounts that take an address at once, the unique index lets one in. @throws {AddressTaken} */
export async function setEmail(tx: Tx, id: AccountId, email: Email): Promise<void> {
  const address = { email, email_key: emailKey(email) }
  try {
    await tx.updateTable('accounts').set(address).where('id', '=', id).execute()
  } catch (error) {
    throw isUniqueViolation(error) ? new AddressTaken('another account has the address', { cause: error }) : error
  }
}

/** Whether the operator looks after this person's address. False when it was so already. */
export async function lockEmail(tx: Tx, id: AccountId, fixed: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ email_fixed: fixed })
    .where('id', '=', id)
    .where('email_fixed', '!=', fixed)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type Profile = Pick<Account, 'firstName' | 'lastName' | 'language'>

/** False when it was so already: of two same changes at once, one is answered true. */
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

export async function putPasskeyOff(tx: Tx, id: AccountId, now: Date): Promise<void> {
  await tx.updateTable('accounts').set({ passkey_put_off_at: now }).where('id', '=', id).execute()
}

export async function passkeyPutOffAt(db: Db, id: AccountId): Promise<Date | null> {
  const row = await db.selectFrom('accounts').select('passkey_put_off_at').where('id', '=', id).executeTakeFirst()
  return row?.passkey_put_off_at ?? null
}

/** The account of an address, as a subquery. */
export const idByEmail = (db: Db, email: Email) =>
  db
    .selectFrom('accounts')
    .select(['id', 'blocked_at', 'passkey_put_off_at', 'staff_since', 'two_step_since'])
    .where('email_key', '=', emailKey(email))

/** The address of every account, as a subquery. */
export const addressOfEach = (db: Db | Tx) => db.selectFrom('accounts').select(['id', 'email'])

/** Every account, as a subquery. */
export const everyAccount = (db: Db | Tx) => db.selectFrom('accounts')

/** The account of an id, as a subquery. */
export const accountById = (db: Db | Tx, id: AccountId) => db.selectFrom('accounts').selectAll().where('id', '=', id)

export const fromRow = (row: Row<'accounts'>): Account => ({
  id: row.id,
  email: row.email,
  firstName: row.first_name,
  lastName: row.last_name,
  language: row.language,
  createdAt: row.created_at,
  blockedAt: row.blocked_at,
  closingAt: row.closing_at,
  emailFixed: row.email_fixed,
  staffSince: row.staff_since,
  twoStepSince: row.two_step_since,
})

/**
 * The account as a subquery, locked (FOR SHARE) and not blocked until the transaction ends: of a block and a sign-in at
 * once, the second sees the first.
 */
export const heldUnblocked = (tx: Tx, id: AccountId) =>
  tx.selectFrom('accounts').select('id').where('id', '=', id).where('blocked_at', 'is', null).forShare()

/** Inserts many at once, those that came from elsewhere. Answers the ids of those whose id and address were free. */
export async function insertAccounts(tx: Tx, accounts: readonly Account[]): Promise<AccountId[]> {
  const rows = accounts.map((account) => ({
    id: account.id,
    email: account.email,
    email_key: emailKey(account.email),
    first_name: account.firstName,
    last_name: account.lastName,
    email_fixed: account.emailFixed,
    staff_since: account.staffSince,
    two_step_since: account.twoStepSince,
    language: account.language,
    created_at: account.createdAt,
    blocked_at: account.blockedAt,
    closing_at: account.closingAt,
  }))
  const inserted = await tx
    .insertInto('accounts')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return inserted.map(({ id }) => id)
}

/** Which of these addresses, and of these ids, are somebody's: the address by the id, and the other way round. */
export async function whoHas(db: Db, accounts: readonly Pick<Account, 'id' | 'email'>[]) {
  const keys = accounts.map(({ email }) => emailKey(email))
  const ids = accounts.map(({ id }) => id)
  const none: Pick<Row<'accounts'>, 'id' | 'email_key'>[] = []
  const asked = db
    .selectFrom('accounts')
    .select(['id', 'email_key'])
    .where((eb) => eb.or([eb('email_key', 'in', keys), eb('id', 'in', ids)]))
  const rows = accounts.length > 0 ? await asked.execute() : none
  return {
    byId: new Map(rows.map(({ id, email_key }) => [id, email_key])),
    byAddress: new Map(rows.map(({ id, email_key }) => [email_key, id])),
  }
}
