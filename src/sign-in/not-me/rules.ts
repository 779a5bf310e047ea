/**
 * "It was not me", from a notice: every session ends, everywhere, and the person chooses a new password. The link stays
 * what it is: a mail scanner that presses the button takes nothing from its owner, and gains nothing.
 */

import { type Needs as SecureNeeds, secureAccount } from '../../core/account/secure.ts'
import { type Account, findAccount, holdAccount } from '../../core/account/store.ts'
import { holdNotice, whoseNotice } from '../../core/notice/notice.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = SecureNeeds

export async function whoIsTold(needs: Needs, link: string): Promise<Account | undefined> {
  const id = await whoseNotice(needs, link)
  return id && findAccount(needs.db, id)
}

/** `reset`: the link with which a new password is chosen. */
export async function notMe(
  needs: Needs,
  link: string,
  origin: Origin,
): Promise<Done<{ reset: string }> | Refused<'link-dead'>> {
  const account = await whoseNotice(needs, link)
  if (!account) return refused('link-dead')
  return transact(needs.db, async (tx) => {
    await holdAccount(tx, account) // first, as whoever replaces the password: of the two, one waits
    if (!(await holdNotice(needs, tx, link))) return refused('link-dead')
    return done({ reset: await secureAccount(needs, tx, account, origin) })
  })
}
