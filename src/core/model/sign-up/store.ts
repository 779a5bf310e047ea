/** Table `sign_ups`: what somebody typed who has no account yet. It holds no address: several may wait for the same one. */
import { sql } from 'kysely'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { Language } from '../../../platform/languages/languages.ts'
import { type Email, type EmailKey, emailKey } from '../account/email.ts'
import type { AccountId, Person } from '../account/store.ts'
import type { NewCredential } from '../factor/passkey.ts'
import type { HashedPassword } from '../password/hashing.ts'

type SignUpsTable = {
  journey_id: string
  email: Email
  email_key: EmailKey
  first_name: string
  last_name: string
  language: Language
  password_hash: string | null
  pepper_id: string | null
  sealed_facts: string | null
  passkey: PendingPasskey | null
  expires_at: Date
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    sign_ups: SignUpsTable
  }
}

/** `account`: the one to be, by which the passkey knows it. `made`: once the browser has made it, when (ISO 8601) and how. */
export type PendingPasskey = { account: AccountId; made?: { at: string; passkey: NewCredential } }
/** With what the account will be signed in to. */
export type Means =
  | { password: HashedPassword; passkey?: undefined }
  | { password?: undefined; passkey: PendingPasskey }
export type PendingSignUp = Person & Means

/** Without whom they are for. */
export const meansOf = ({ password, passkey }: Means): Means => (passkey ? { passkey } : { password })

/** False while the browser has not made the passkey: nothing is sent then, and no account comes of it. */
export const isReady = ({ passkey }: Means): boolean => passkey === undefined || passkey.made !== undefined

export async function putSignUp(tx: Tx, id: string, pending: PendingSignUp, expiresAt: Date) {
  const { password, passkey, ...person } = pending
  const facts = {
    email: person.email,
    email_key: emailKey(person.email),
    first_name: person.firstName,
    last_name: person.lastName,
    language: person.language,
    password_hash: password?.hash ?? null,
    pepper_id: password?.pepperId ?? null,
    sealed_facts: password?.sealedFacts ?? null,
    passkey: passkey ?? null,
    expires_at: expiresAt,
  }
  await tx
    .insertInto('sign_ups')
    .values({ journey_id: id, ...facts })
    .onConflict((conflict) => conflict.column('journey_id').doUpdateSet(facts))
    .execute()
}

/** Stores the passkey that the browser has made. Of several at once, the update lets one in. */
export async function putMade(tx: Tx, id: string, { account, made }: PendingPasskey): Promise<boolean> {
  const { rows } = await sql`update sign_ups set passkey = ${JSON.stringify({ account, made })}::jsonb
    where journey_id = ${id} and passkey ->> 'account' = ${account} and passkey -> 'made' is null
    returning journey_id`.execute(tx)
  return rows.length === 1
}

/** The passkey that was made; another one is asked for. */
export async function dropMade(tx: Tx, id: string): Promise<void> {
  await sql`update sign_ups set passkey = passkey - 'made' where journey_id = ${id} and passkey is not null`.execute(tx)
}

export const findSignUp = (db: Db | Tx, id: string, now: Date): Promise<PendingSignUp | undefined> =>
  read(waiting(db, id, now))

/** The same, held until the transaction ends: nothing is typed anew meanwhile. */
export const holdSignUp = (tx: Tx, id: string, now: Date): Promise<PendingSignUp | undefined> =>
  read(waiting(tx, id, now).forUpdate())

const waiting = (db: Db | Tx, id: string, now: Date) =>
  db.selectFrom('sign_ups').selectAll().where('journey_id', '=', id).where('expires_at', '>', now)

async function read(query: ReturnType<typeof waiting>): Promise<PendingSignUp | undefined> {
  const row = await query.executeTakeFirst()
  if (!row) return undefined
  const { email, first_name: firstName, last_name: lastName, language, passkey } = row
  const person = { email, firstName, lastName, language }
  if (passkey) return { ...person, passkey }
  const { password_hash: hash, pepper_id: pepperId, sealed_facts: sealedFacts } = row
  if (hash === null || pepperId === null) throw new Error('a sign-up without a password or a passkey')
  return { ...person, password: { hash, pepperId, sealedFacts } }
}

export async function deleteSignUp(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('sign_ups').where('journey_id', '=', id).execute()
}

export const deleteExpiredSignUps = clearBy('sign_ups', 'expires_at')
