/**
 * Choosing a new password with the link from the letter. The old one is dead, every session and token of the account
 * ends, products are told, a notice goes out; then the person signs in with the new one.
 */
import { emailKey } from '../../core/account/email.ts'
import { type Account, type AccountId, findAccount, holdAccount } from '../../core/account/store.ts'
import { lettersWereWanted } from '../../core/notice/letter-caps.ts'
import { lookAtLink, type Needs as OneTimeNeeds, takeLink, tryLink } from '../../core/one-time/one-time.ts'
import { countNewPassword, wordsAbout } from '../../core/password/change.ts'
import type { Hashing } from '../../core/password/hashing.ts'
import type { Policies } from '../../core/password/policy/current.ts'
import { type PasswordProblem, parseNewPassword } from '../../core/password/policy.ts'
import { type Needs as ReplaceNeeds, replacePassword } from '../../core/password/replace.ts'
import { forgetFailures } from '../../core/protection/guard.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = ReplaceNeeds & OneTimeNeeds & { hashing: Hashing; policies: Policies }

export type NewPassword = { link: string; password: string; again: string; origin: Origin }
export type ResetOutcome = Done | Refused<PasswordProblem | 'not-the-same' | 'link-dead' | 'too-many'>

/** Whose password the link resets, while it works. */
export async function whoseReset(needs: Needs, link: string): Promise<Account | undefined> {
  const id = await lookAtLink(needs, 'reset', link)
  return id === undefined ? undefined : findAccount(needs.db, id as AccountId)
}

export async function resetPassword(needs: Needs, typed: NewPassword): Promise<ResetOutcome> {
  const account = await whoseReset(needs, typed.link)
  if (!account) return refused('link-dead')
  const parsed = parseNewPassword(typed.password, needs.policies.current(), wordsAbout(account, needs.brandName))
  if (!parsed.ok) return parsed
  if (typed.password !== typed.again) return refused('not-the-same')
  if (!(await tryLink(needs, 'reset', typed.link))) return refused('link-dead')
  if (!(await countNewPassword(needs, account.id, typed.origin))) return refused('too-many')
  const password = await needs.hashing.make(parsed.password, typed.origin.network)

  return transact(needs.db, async (tx): Promise<ResetOutcome> => {
    await holdAccount(tx, account.id) // before its link, as whoever draws one
    if (!(await takeLink(needs, tx, 'reset', account.id, typed.link))) return refused('link-dead')
    await replacePassword(needs, tx, { account, password, kind: 'password-reset', origin: typed.origin })
    await forgetFailures(needs, tx, emailKey(account.email))
    await lettersWereWanted(needs, tx, emailKey(account.email))
    return done({})
  })
}
