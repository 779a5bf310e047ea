/**
 * The end of an account whose closing was not taken back: all that is kept of the person goes, products are told, and
 * the subject is never used again. The history keeps what happened to it and when, without the person.
 */

import { system } from '../../platform/actor.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import { forgetMessagesOf } from '../../platform/outbox/store.ts'
import { forgetPerson } from '../events/audit-log/history.ts'
import { type AccountNeeds, emit } from '../events/emit.ts'
import { forgetChangesOf } from '../events/product-events.ts'
import { deleteAccount, findEnded } from '../model/account/status-store.ts'
import { type AccountId, holdAccount } from '../model/account/store.ts'
import { forgetSecretsOf } from '../model/one-time/store.ts'
import { endAllSessions } from '../model/session/session.ts'

/** Erases up to so many of the accounts whose time is up, each in a transaction of its own; answers how many. */
export async function eraseEnded(needs: AccountNeeds, now: Date, count: number): Promise<number> {
  const ended = await findEnded(needs.db, now, count)
  let erased = 0
  for (const account of ended) if (await transact(needs.db, (tx) => erase(needs, tx, account, now))) erased++
  return erased
}

/** False where the account was kept, or erased by another process, meanwhile. */
async function erase(needs: AccountNeeds, tx: Tx, id: AccountId, now: Date): Promise<boolean> {
  const account = await holdAccount(tx, id)
  if (!account?.closingAt || account.closingAt > now) return false
  await endAllSessions(needs, tx, id)
  await forgetChangesOf(tx, id)
  await emit(needs, tx, { kind: 'account-erased', account: id }, system)
  await forgetSecretsOf(tx, id)
  await forgetMessagesOf(tx, id)
  await deleteAccount(tx, id, now)
  await forgetPerson(tx, id)
  return true
}
