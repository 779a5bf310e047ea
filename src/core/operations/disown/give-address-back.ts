/** The address comes back to a mailbox that the account had before. */

import type { Actor } from '../../../platform/actor.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { AccountNeeds } from '../../events/emit.ts'
import { type FormerAddress, formerAddressesOf } from '../../model/account/addresses.ts'
import { type Email, emailKey } from '../../model/account/email.ts'
import { type Account, type AccountId, AddressTaken } from '../../model/account/store.ts'
import type { Brand } from '../../model/brand/brand.ts'
import { moveAddress } from '../move-address.ts'

declare module '../../../platform/outbox/outbox.ts' {
  interface Letters {
    'address-dropped': { brand: Brand }
  }
}

/** The former address that belongs to a mailbox, while it can undo the change that followed. */
export async function formerOf(
  { clock }: Pick<AccountNeeds, 'clock'>,
  db: Db | Tx,
  account: AccountId,
  isMailbox: (email: Email) => boolean,
): Promise<FormerAddress | undefined> {
  const all = await formerAddressesOf(db, account)
  return all.find(({ email, undoable_until: until }) => until > clock.now() && isMailbox(email))
}

/** Another account may take the address at this very moment: the second time that is seen. */
export async function onceMoreIfTaken<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AddressTaken) return work()
    throw error
  }
}

/** @throws {AddressTaken} where another account has the address meanwhile */
export async function giveAddressBack(
  needs: AccountNeeds,
  tx: Tx,
  { id, email: dropped, language }: Account,
  mailbox: Email,
  actor: Actor,
): Promise<void> {
  await moveAddress(needs, tx, { account: id, email: mailbox, kind: 'email-change-undone', actor })
  if (emailKey(dropped) === emailKey(mailbox)) return
  const { outbox } = needs
  const brand = needs.brandOf()
  await outbox.post(tx, {
    topic: 'mail',
    name: 'address-dropped',
    account: id,
    to: dropped,
    language,
    facts: { brand },
  })
}
