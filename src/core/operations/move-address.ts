/**
 * Gives an account another address: by a change that its person has confirmed, or by the mailbox that undoes one. The
 * unique index decides who has an address; the second gets `AddressTaken`.
 */

import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/database/db.ts'
import { type AccountNeeds, emit } from '../events/emit.ts'
import { deletePendingEmail } from '../model/account/addresses.ts'
import type { Email } from '../model/account/email.ts'
import { type AccountId, setEmail } from '../model/account/store.ts'
import { forgetSecretsOf } from '../model/one-time/store.ts'
import { endAllSessions } from '../model/session/session.ts'

export type Move = {
  account: AccountId
  email: Email
  kind: 'email-changed' | 'email-change-undone'
  actor: Actor
}

/**
 * The address by which the person signs in and is written to from now on. Every session ends; a code or link that went
 * to the mailbox of before opens nothing any more, but for those by which it takes the account back. @throws {AddressTaken}
 */
export async function moveAddress(needs: AccountNeeds, tx: Tx, { account, email, kind, actor }: Move): Promise<void> {
  await setEmail(tx, account, email)
  await forgetSecretsOf(tx, account, ['undo-email', 'not-me', 'take-back'])
  await deletePendingEmail(tx, account)
  await endAllSessions(needs, tx, account)
  await emit(needs, tx, { kind, account, notice: {} }, actor)
}
