/**
 * Choosing a new password with the link from the letter. The old one is dead, every session and token of the account
 * ends, products are told, a notice goes out; then the person signs in with the new one.
 */

import { type Counts, forgetCount } from '../../core/limits/counters/count.ts'
import { forgetFailures } from '../../core/limits/sign-in-lockout.ts'
import { emailKey } from '../../core/model/account/email.ts'
import { type Account, type AccountId, AddressTaken, findAccount, holdAccount } from '../../core/model/account/store.ts'
import { lookAtLink, takeLink, tryLink } from '../../core/model/one-time/one-time.ts'
import type { HashedPassword, Hashing } from '../../core/model/password/hashing.ts'
import type { Policies } from '../../core/model/password/policy/policy-cache.ts'
import { type PasswordProblem, parseNewPassword } from '../../core/model/password/policy.ts'
import type { Recovery } from '../../core/model/recovery/store.ts'
import { completeRecovery, recoveryOf } from '../../core/operations/disown/complete.ts'
import type { DisownNeeds } from '../../core/operations/disown/disown.ts'
import { disown } from '../../core/operations/disown/disown.ts'
import { resetMailLimits } from '../../core/operations/letter-code.ts'
import { countNewPassword, wordsAbout } from '../../core/operations/password/change-password.ts'
import { replacePassword } from '../../core/operations/password/replace-password.ts'
import { isTurnedOff } from '../../core/operations/password/turned-off.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = DisownNeeds & Counts<'link-tries' | 'new-passwords'> & { hashing: Hashing; policies: Policies }

export type NewPassword = { link: string; password: string; again: string; actor: Actor }
/** `tookBack`: after the account was taken back, by its own link or another one. They look at what is left of it next; so do others where `waysChanged`. */
export type ResetOutcome =
  | Done<{ tookBack: boolean; waysChanged: boolean }>
  | Refused<PasswordProblem | 'not-the-same' | 'link-dead' | 'too-many' | 'password-turned-off' | 'address-taken'>

/** Whose password the link resets, while it works. `recovery`: of somebody who took the account back. */
export async function whoseReset(
  needs: Needs,
  link: string,
): Promise<{ account: Account; recovery: Recovery | undefined } | undefined> {
  const recovery = await recoveryOf(needs, link)
  const id = recovery?.account_id ?? (await lookAtLink(needs, 'reset', link))
  const account = id === undefined ? undefined : await findAccount(needs.db, id as AccountId)
  return account && { account: recovery ? { ...account, email: recovery.email } : account, recovery }
}

export async function resetPassword(needs: Needs, typed: NewPassword): Promise<ResetOutcome> {
  const whose = await whoseReset(needs, typed.link)
  if (!whose) return refused('link-dead')
  const { account, recovery } = whose
  const parsed = parseNewPassword(typed.password, needs.policies.current(), wordsAbout(account, needs.brandOf().name))
  if (!parsed.ok) return parsed
  if (typed.password !== typed.again) return refused('not-the-same')
  const { link, actor } = typed
  if (!(await tryLink(needs, recovery ? 'take-back' : 'reset', link, needs.figures.limits['link-tries'])))
    return refused('link-dead')
  if (!(await countNewPassword(needs, account.id, actor))) return refused('too-many')
  const choice = { account: account.id, password: parsed.password, replaced: true }
  if (await isTurnedOff(needs, choice)) return refused('password-turned-off')
  const password = await needs.hashing.make(parsed.password, { account: account.id })

  try {
    return await transact(needs.db, async (tx): Promise<ResetOutcome> => {
      const replaced = recovery
        ? await completeRecovery(needs, tx, { link, recovery, password, actor })
        : await reset(needs, tx, account, password, typed)
      if (!replaced) return refused('link-dead')
      await forgetFailures(needs, tx, emailKey(account.email))
      await forgetCount(tx, 'confirm-codes', account.id)
      await resetMailLimits(needs, tx, emailKey(account.email))
      return done({ tookBack: replaced.tookBack, waysChanged: replaced.waysChanged })
    })
  } catch (error) {
    if (!(error instanceof AddressTaken && recovery)) throw error
    const disowning = { account: account.id, mailbox: recovery.email, actor, toldAt: undefined }
    await transact(needs.db, (tx) => disown(needs, tx, disowning)) // nobody gets in until the address is free
    return refused('address-taken')
  }
}

async function reset(needs: Needs, tx: Tx, account: Account, password: HashedPassword, { link, actor }: NewPassword) {
  await holdAccount(tx, account.id) // locked before its link, as where links are drawn
  if (!(await takeLink(needs, tx, 'reset', account.id, link))) return undefined
  return replacePassword(needs, tx, { account, password, kind: 'password-reset', actor })
}
