/**
 * Undoing a change of address, from the mailbox that the account had before: the account is taken back for it, and the
 * person chooses a new password. The link stays what it is for its week: a mail scanner that presses the
 * button takes nothing from its owner, and pressing it again only makes the account safe again.
 */

import { type FormerAddress, findFormerAddress, UNDOABLE_FOR } from '../../core/model/account/addresses.ts'
import {
  type Account,
  type AccountId,
  findAccount,
  findAccountByEmail,
  holdAccount,
} from '../../core/model/account/store.ts'
import { holdLink, lookAtLink } from '../../core/model/one-time/one-time.ts'
import { type Disowned, type DisownNeeds, disown } from '../../core/operations/disown/disown.ts'
import { onceMoreIfTaken } from '../../core/operations/disown/give-address-back.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Undoable = { account: Account; former: FormerAddress; taken: boolean }

/** What the link would undo; `taken`: another account has the address now. */
export async function whatIsUndone(needs: DisownNeeds, link: string): Promise<Undoable | undefined> {
  const [id, formerId = ''] = (await lookAtLink(needs, 'undo-email', link))?.split(' ') ?? []
  const account = id === undefined ? undefined : await findAccount(needs.db, id as AccountId)
  const former = account && (await findFormerAddress(needs.db, account.id, formerId, needs.clock.now()))
  if (!former) return undefined
  const owner = await findAccountByEmail(needs.db, former.email)
  return { account, former, taken: owner !== undefined && owner.id !== account.id }
}

export async function undo(
  needs: DisownNeeds,
  link: string,
  actor: Actor,
): Promise<Done<Disowned> | Refused<'link-dead'>> {
  const undoable = await whatIsUndone(needs, link)
  if (!undoable) return refused('link-dead')
  return onceMoreIfTaken(() =>
    transact(needs.db, async (tx) => {
      const account = await holdAccount(tx, undoable.account.id)
      // Looked at again: a mailbox that had the account earlier may have put an end to this link meanwhile.
      const former = account && (await findFormerAddress(tx, account.id, undoable.former.id, needs.clock.now()))
      const held = former && (await holdLink(needs, tx, 'undo-email', link, UNDOABLE_FOR))
      if (!held) return refused('link-dead')
      const disowning = { account: account.id, mailbox: former.email, actor, toldAt: held.drawnAt }
      return done(await disown(needs, tx, disowning))
    }),
  )
}
