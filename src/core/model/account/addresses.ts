/** Tables `email_changes` and `former_addresses`: the address a person is about to have, and those they had lately. */
import { type Generated, sql } from 'kysely'
import { after, before, days } from '../../../platform/clock.ts'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import { type Email, type EmailKey, emailKey } from './email.ts'
import type { AccountId } from './store.ts'

type EmailChangesTable = {
  account_id: AccountId
  email: Email
  email_key: EmailKey
  browser_mark: string
  expires_at: Date
}
type FormerAddressesTable = {
  id: string
  account_id: AccountId
  email: Email
  email_key: EmailKey
  changed_at: Date
  undoable_until: Date
  /** Its mailbox says that the account is its own, and waits until another account no longer has the address. */
  claimed: Generated<boolean>
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    email_changes: EmailChangesTable
    former_addresses: FormerAddressesTable
  }
}

/** `browser`: the mark of the one that asked. */
export type PendingEmail = { email: Email; browser: string }

export async function putPendingEmail(
  tx: Tx,
  account: AccountId,
  { email, browser }: PendingEmail,
  expires_at: Date,
): Promise<void> {
  const facts = { email, email_key: emailKey(email), browser_mark: browser, expires_at }
  await tx
    .insertInto('email_changes')
    .values({ account_id: account, ...facts })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(facts))
    .execute()
}

export async function findPendingEmail(db: Db | Tx, account: AccountId, now: Date): Promise<PendingEmail | undefined> {
  const row = await db
    .selectFrom('email_changes')
    .select(['email', 'browser_mark'])
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && { email: row.email, browser: row.browser_mark }
}

export async function deletePendingEmail(tx: Tx, account: AccountId): Promise<void> {
  await tx.deleteFrom('email_changes').where('account_id', '=', account).execute()
}

/** For so long the mailbox of a former address can undo the change. */
export const UNDOABLE_FOR = days(7)

export type FormerAddress = Row<'former_addresses'>

/**
 * An address that was former before is so anew: an older link to undo leads nowhere. But it ranks as before, while it could
 * still undo the earlier change: what somebody has made of the account meanwhile comes after it.
 */
export async function putFormerAddress(
  tx: Tx,
  id: string,
  account: AccountId,
  email: Email,
  changed_at: Date,
): Promise<void> {
  const facts = { id, email, changed_at, undoable_until: after(changed_at, UNDOABLE_FOR), claimed: false }
  await tx
    .insertInto('former_addresses')
    .values({ ...facts, account_id: account, email_key: emailKey(email) })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'email_key']).doUpdateSet({
        ...facts,
        changed_at: sql<Date>`case when former_addresses.undoable_until > ${changed_at}
          then former_addresses.changed_at else ${changed_at} end`,
      }),
    )
    .execute()
}

/** Of that account: a link, whose mark says whose it is, leads to no other, whatever the row says. */
export const findFormerAddress = (
  db: Db | Tx,
  account: AccountId,
  id: string,
  now: Date,
): Promise<FormerAddress | undefined> =>
  db
    .selectFrom('former_addresses')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', account)
    .where('undoable_until', '>', now)
    .executeTakeFirst()

/** The accounts that had an address until lately, while its mailbox can undo the change: the first to have left it first. */
export const formersOfEmail = (tx: Tx, email: Email, now: Date): Promise<FormerAddress[]> =>
  tx
    .selectFrom('former_addresses')
    .selectAll()
    .where('email_key', '=', emailKey(email))
    .where('undoable_until', '>', now)
    .orderBy('changed_at')
    .execute()

/** When the account left the address last. */
export const leftAt = ({ undoable_until: until }: FormerAddress): Date => before(until, UNDOABLE_FOR)

export const formerAddressesOf = (db: Db | Tx, account: AccountId): Promise<FormerAddress[]> =>
  db
    .selectFrom('former_addresses')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('changed_at', 'desc')
    .execute()

export async function claimFormerAddress(tx: Tx, account: AccountId, email: Email): Promise<void> {
  const query = tx.updateTable('former_addresses').set({ claimed: true }).where('account_id', '=', account)
  await query.where('email_key', '=', emailKey(email)).execute()
}

/** Whether a mailbox other than that of now claims the account. */
export async function isClaimed(tx: Tx, { id, email }: { id: AccountId; email: Email }, now: Date): Promise<boolean> {
  const query = tx.selectFrom('former_addresses').select('id').where('account_id', '=', id).where('claimed', '=', true)
  const open = query.where('email_key', '<>', emailKey(email)).where('undoable_until', '>', now)
  return (await open.executeTakeFirst()) !== undefined
}

/**
 * Who got the account after a mailbox can take it back no more. `andThis`: nor can that mailbox by the letters it had so far:
 * the reader of the mailbox has taken the account back, and an earlier letter may have been copied.
 */
export async function forgetAddressesAfter(tx: Tx, account: AccountId, mailbox: Email, andThis: boolean) {
  const key = emailKey(mailbox)
  await sql`delete from former_addresses using former_addresses as own
    where own.account_id = ${account} and own.email_key = ${key} and former_addresses.account_id = ${account}
    and (former_addresses.changed_at > own.changed_at or (${andThis} and former_addresses.id = own.id))`.execute(tx)
}

export const deleteExpiredChanges = clearBy('email_changes', 'expires_at')
export const deleteFormerAddresses = clearBy('former_addresses', 'undoable_until')
