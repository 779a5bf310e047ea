/** Table `one_time_secrets`: at most one row for a purpose and a subject. Marks only, never a secret. */

import { sql } from 'kysely'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import type { Keys } from '../../../platform/needs.ts'
import { type Bound, isOurs, macOf } from '../../../platform/secrets/bound-row.ts'
import type { Purpose, Spendable } from './purposes.ts'

type OneTimeSecretsTable = {
  purpose: Purpose | Spendable
  subject: string
  code_mark: string | null
  link_mark: string | null
  tries_left: number
  expires_at: Date
  mac: string | null
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    one_time_secrets: OneTimeSecretsTable
  }
}

type BoundPart = Pick<OneTimeSecretsTable, 'purpose' | 'subject' | 'link_mark' | 'expires_at'>
/** A link is for one subject, one purpose and one time. (The mark of a code is a keyed one of its subject and purpose.) */
export const boundSecret: Bound<BoundPart> = {
  table: 'one_time_secrets',
  identity: ({ purpose, subject, link_mark, expires_at }) => [purpose, subject, link_mark, expires_at],
}
const ours = <Found extends BoundPart & { mac: string | null }>(needs: Keys, row: Found | undefined) =>
  row && isOurs(needs, boundSecret, row) ? row : undefined

export async function putSecret(needs: Keys, tx: Tx, drawn: Omit<OneTimeSecretsTable, 'mac'>): Promise<void> {
  const secret = { ...drawn, mac: macOf(needs, boundSecret, drawn) }
  const { purpose: _purpose, subject: _subject, ...facts } = secret
  await tx
    .insertInto('one_time_secrets')
    .values(secret)
    .onConflict((conflict) => conflict.columns(['purpose', 'subject']).doUpdateSet(facts))
    .execute()
}

export type Tried = Pick<Row<'one_time_secrets'>, 'code_mark' | 'tries_left' | 'expires_at'>

/** Spends a try and reads the row in one statement; `tries_left` is what remains after it, negative when none was left. */
export async function countTry(db: Db, purpose: Purpose, subject: string): Promise<Tried | undefined> {
  return db
    .updateTable('one_time_secrets')
    .set((eb) => ({ tries_left: eb('tries_left', '-', 1) }))
    .where('purpose', '=', purpose)
    .where('subject', '=', subject)
    .returning(['code_mark', 'tries_left', 'expires_at'])
    .executeTakeFirst()
}

/** Spends one of the tries of a link, which is drawn with none and goes below zero; false when it has none left. */
export async function countLink(db: Db, mark: string, tries: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('one_time_secrets')
    .set((eb) => ({ tries_left: eb('tries_left', '-', 1) }))
    .where('link_mark', '=', mark)
    .where('tries_left', '>', -tries)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The very secret of that mark: one that has taken its place meanwhile stays. */
export type OneSecret = { purpose: Purpose; subject: string } & ({ code_mark: string } | { link_mark: string })

export async function takeSecret(needs: Keys, tx: Tx, secret: OneSecret, now: Date): Promise<boolean> {
  const taken = await tx
    .deleteFrom('one_time_secrets')
    .where((eb) => eb.and(secret))
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
  return ours(needs, taken) !== undefined
}

export async function findCodeMark(tx: Tx, purpose: Purpose, subject: string): Promise<string | null | undefined> {
  const query = tx.selectFrom('one_time_secrets').select('code_mark').where('purpose', '=', purpose)
  return (await query.where('subject', '=', subject).executeTakeFirst())?.code_mark
}

export async function endOfSecret(tx: Tx, purpose: Purpose, subject: string): Promise<Date | undefined> {
  const query = tx.selectFrom('one_time_secrets').select('expires_at').where('purpose', '=', purpose)
  return (await query.where('subject', '=', subject).executeTakeFirst())?.expires_at
}

/** False where it is there already: of several at once, the primary key lets one in. */
export async function insertSpent(tx: Tx, purpose: Spendable, subject: string, expires_at: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('one_time_secrets')
    .values({ purpose, subject, code_mark: null, link_mark: null, tries_left: 0, expires_at, mac: null })
    .onConflict((conflict) => conflict.columns(['purpose', 'subject']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function findByLink(needs: Keys & { db: Db }, mark: string, now: Date): Promise<string | undefined> {
  const row = await needs.db
    .selectFrom('one_time_secrets')
    .selectAll()
    .where('link_mark', '=', mark)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return ours(needs, row)?.subject
}

/** The same, held until the transaction ends: who puts an end to it meanwhile waits, or was first and it is not found. */
export async function holdByLink(needs: Keys, tx: Tx, mark: string, now: Date): Promise<BoundPart | undefined> {
  const query = tx.selectFrom('one_time_secrets').selectAll().where('link_mark', '=', mark)
  return ours(needs, await query.where('expires_at', '>', now).forUpdate().executeTakeFirst())
}

/** All that an account was given, `but` for some purposes: its subject is the account, or begins with it and a space. */
export async function forgetSecretsOf(tx: Tx, account: string, but: readonly Purpose[] = []): Promise<void> {
  const [first, last] = [`${account} `, `${account}!`] // the sign right after a space
  await sql`delete from one_time_secrets where (subject collate "C" = ${account}
    or (subject collate "C" > ${first} and subject collate "C" < ${last}))
    and not purpose = any(${[...but]})`.execute(tx)
}

export const deleteExpiredSecrets = clearBy('one_time_secrets', 'expires_at')
