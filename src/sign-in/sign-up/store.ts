/** Table `sign_ups`: what somebody typed who has no account yet. It holds no address: several may wait for the same one. */
import { sql } from 'kysely'
import { type Email, type EmailKey, emailKey } from '../../core/account/email.ts'
import type { Person } from '../../core/account/store.ts'
import type { HashedPassword } from '../../core/password/hashing.ts'
import type { JourneyId } from '../../journey/journey.ts'
import type { Db, Tx } from '../../platform/database/db.ts'
import type { Language } from '../../platform/languages/languages.ts'

type SignUpsTable = {
  journey_id: JourneyId
  email: Email
  email_key: EmailKey
  first_name: string
  last_name: string
  language: Language
  password_hash: string
  pepper_id: string
  sealed_facts: string | null
  expires_at: Date
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    sign_ups: SignUpsTable
  }
}

export type PendingSignUp = Person & { password: HashedPassword }

export async function putSignUp(tx: Tx, id: JourneyId, { password, ...person }: PendingSignUp, expiresAt: Date) {
  const facts = {
    email: person.email,
    email_key: emailKey(person.email),
    first_name: person.firstName,
    last_name: person.lastName,
    language: person.language,
    password_hash: password.hash,
    pepper_id: password.pepperId,
    sealed_facts: password.sealedFacts ?? null,
    expires_at: expiresAt,
  }
  await tx
    .insertInto('sign_ups')
    .values({ journey_id: id, ...facts })
    .onConflict((conflict) => conflict.column('journey_id').doUpdateSet(facts))
    .execute()
}

export const findSignUp = (db: Db | Tx, id: JourneyId, now: Date): Promise<PendingSignUp | undefined> =>
  read(waiting(db, id, now))

/** The same, held until the transaction ends: nothing is typed anew meanwhile. */
export const holdSignUp = (tx: Tx, id: JourneyId, now: Date): Promise<PendingSignUp | undefined> =>
  read(waiting(tx, id, now).forUpdate())

const waiting = (db: Db | Tx, id: JourneyId, now: Date) =>
  db.selectFrom('sign_ups').selectAll().where('journey_id', '=', id).where('expires_at', '>', now)

async function read(query: ReturnType<typeof waiting>): Promise<PendingSignUp | undefined> {
  const row = await query.executeTakeFirst()
  return (
    row && {
      email: row.email,
      firstName: row.first_name,
      lastName: row.last_name,
      language: row.language,
      password: { hash: row.password_hash, pepperId: row.pepper_id, sealedFacts: row.sealed_facts },
    }
  )
}

export async function deleteSignUp(tx: Tx, id: JourneyId): Promise<void> {
  await tx.deleteFrom('sign_ups').where('journey_id', '=', id).execute()
}

export async function deleteExpiredSignUps(db: Db, now: Date, count: number): Promise<number> {
  const { rows } = await sql`delete from sign_ups where journey_id in
    (select journey_id from sign_ups where expires_at < ${now} limit ${count}) returning journey_id`.execute(db)
  return rows.length
}
