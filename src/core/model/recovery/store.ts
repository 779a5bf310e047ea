/**
 * Table `recoveries`: who said "It was not me" and has not chosen a password since, for which mailbox. Each has a link of
 * its own, which works as long as its row is there.
 */
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import type { Email, EmailKey } from '../account/email.ts'
import type { AccountId } from '../account/store.ts'

type RecoveriesTable = {
  /** Sorts by the time it was begun. */
  id: string
  account_id: AccountId
  email: Email
  email_key: EmailKey
  /** The browser that the link was shown in; empty where it was only mailed. */
  browser_mark: string
  begun_at: Date
  expires_at: Date
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    recoveries: RecoveriesTable
  }
}
export type Recovery = Row<'recoveries'>

export async function insertRecovery(tx: Tx, recovery: Recovery): Promise<void> {
  await tx.insertInto('recoveries').values(recovery).execute()
}

export const recoveriesOf = (tx: Tx, account: AccountId, now: Date): Promise<Recovery[]> =>
  tx.selectFrom('recoveries').selectAll().where('account_id', '=', account).where('expires_at', '>', now).execute()

export const findRecovery = (db: Db | Tx, id: string, now: Date): Promise<Recovery | undefined> =>
  db.selectFrom('recoveries').selectAll().where('id', '=', id).where('expires_at', '>', now).executeTakeFirst()

/** Ends this one and those that were begun before it. */
export async function endRecoveriesUntil(tx: Tx, account: AccountId, id: string): Promise<void> {
  await tx.deleteFrom('recoveries').where('account_id', '=', account).where('id', '<=', id).execute()
}

/** Ends those of every other mailbox. */
export async function endRecoveriesOfOthers(tx: Tx, account: AccountId, mailbox: EmailKey): Promise<void> {
  await tx.deleteFrom('recoveries').where('account_id', '=', account).where('email_key', '<>', mailbox).execute()
}

/** Whether there were any. */
export async function endRecoveries(tx: Tx, account: AccountId): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('recoveries').where('account_id', '=', account).executeTakeFirst()
  return numDeletedRows > 0n
}

export const deleteExpiredRecoveries = clearBy('recoveries', 'expires_at')
