/**
 * Undoing a change of address, from the mailbox that the account had before: the address comes back, every session
 * ends, and the person chooses a new password. The link stays what it is for its week: a mail scanner that presses the
 * button takes nothing from its owner, and pressing it again only makes the account safe again.
 */

import { type FormerAddress, findFormerAddress, forgetAddressesSince } from '../../core/account/addresses.ts'
import { emailKey } from '../../core/account/email.ts'
import { type Needs as MoveNeeds, moveAddress } from '../../core/account/move.ts'
import { type Needs as SecureNeeds, secureAccount } from '../../core/account/secure.ts'
import { type Account, AddressTaken, findAccount, findAccountByEmail, holdAccount } from '../../core/account/store.ts'
import { type Needs as NoticeNeeds, notify } from '../../core/notice/notice.ts'
import { lookAtLink } from '../../core/one-time/one-time.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = MoveNeeds & SecureNeeds & NoticeNeeds

export type Undoable = { account: Account; former: FormerAddress; taken: boolean }

/** What the link would undo; `taken`: another account has the address now. */
export async function whatIsUndone(needs: Needs, link: string): Promise<Undoable | undefined> {
  const subject = await lookAtLink(needs, 'undo-email', link)
  const former = subject && (await findFormerAddress(needs.db, subject.split(' ')[1] ?? '', needs.clock.now()))
  const account = former && (await findAccount(needs.db, former.account_id))
  if (!account) return undefined
  const owner = await findAccountByEmail(needs.db, former.email)
  return { account, former, taken: owner !== undefined && owner.id !== account.id }
}

/** `reset`: the link with which a new password is chosen. */
export async function undo(
  needs: Needs,
  link: string,
  origin: Origin,
): Promise<Done<{ reset: string }> | Refused<'link-dead' | 'address-taken'>> {
  const undoable = await whatIsUndone(needs, link)
  if (!undoable) return refused('link-dead')
  try {
    return await transact(needs.db, async (tx) => {
      const account = await holdAccount(tx, undoable.account.id)
      // Looked at again: a mailbox that had the account earlier may have put an end to this link meanwhile.
      const former = account && (await findFormerAddress(tx, undoable.former.id, needs.clock.now()))
      if (!former) return refused('link-dead')
      if (account.email !== former.email) await giveBack(needs, tx, account, former, origin)
      return done({ reset: await secureAccount(needs, tx, account.id, origin) })
    })
  } catch (error) {
    if (error instanceof AddressTaken) return refused('address-taken')
    throw error
  }
}

/** Changes that came after this one were made by whom its mailbox disowns: what they left behind undoes nothing. */
async function giveBack(needs: Needs, tx: Tx, account: Account, former: FormerAddress, origin: Origin): Promise<void> {
  const { email } = former
  await moveAddress(needs, tx, { account: account.id, email, kind: 'email-change-undone', origin })
  await forgetAddressesSince(tx, account.id, former.changed_at)
  await notify(needs, tx, { account: account.id, name: 'email-change-undone', origin })
  if (emailKey(account.email) === emailKey(email)) return
  const { outbox, brandName: brand } = needs
  const { email: to, language } = account
  await outbox.post(tx, { topic: 'mail', name: 'address-dropped', account: account.id, to, language, facts: { brand } })
}
