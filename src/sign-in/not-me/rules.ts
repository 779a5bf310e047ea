/**
 * "It was not me", from a notice: the account is taken back for the mailbox that was told, and the person chooses a new
 * password. The link stays what it is: a mail scanner that presses the button takes nothing from its owner.
 */

import { holdNotice, type Told, whoseNotice } from '../../core/events/notice.ts'
import type { Email } from '../../core/model/account/email.ts'
import { type Account, findAccount, holdAccount } from '../../core/model/account/store.ts'
import { type Disowned, type DisownNeeds, disown } from '../../core/operations/disown/disown.ts'
import { formerOf, onceMoreIfTaken } from '../../core/operations/disown/give-address-back.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Db, type Tx, transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

/** The mailbox that was told: the account's, or a former one of it. Undefined where it is neither any more. */
async function mailboxOf(
  needs: DisownNeeds,
  db: Db | Tx,
  account: Account,
  { isMailbox }: Told,
): Promise<Email | undefined> {
  if (isMailbox(account.email)) return account.email
  return (await formerOf(needs, db, account.id, isMailbox))?.email
}

/** Whose account it is, and its address from then on. */
export async function whoIsTold(
  needs: DisownNeeds,
  link: string,
): Promise<{ account: Account; mailbox: Email } | undefined> {
  const told = await whoseNotice(needs, link)
  const account = told && (await findAccount(needs.db, told.account))
  const mailbox = account && (await mailboxOf(needs, needs.db, account, told))
  return mailbox && { account, mailbox }
}

export async function notMe(
  needs: DisownNeeds,
  link: string,
  actor: Actor,
): Promise<Done<Disowned> | Refused<'link-dead'>> {
  const whose = await whoseNotice(needs, link)
  if (!whose) return refused('link-dead')
  return onceMoreIfTaken(() =>
    transact(needs.db, async (tx) => {
      const account = await holdAccount(tx, whose.account) // locked first, as in replace-password.ts: of two at once, one waits
      const told = await holdNotice(needs, tx, link)
      const mailbox = told && account && (await mailboxOf(needs, tx, account, told))
      if (!mailbox) return refused('link-dead')
      return done(await disown(needs, tx, { account: whose.account, mailbox, actor, toldAt: told.toldAt }))
    }),
  )
}
