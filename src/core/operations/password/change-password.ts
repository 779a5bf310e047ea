/**
 * A person who is signed in changes the password: the new one must be good and not the one before, which they must know or
 * have proved just now. Their session stays; everything that replace-password.ts names ends.
 */

import type { Actor } from '../../../platform/actor.ts'
import { type Db, transact } from '../../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import type { AccountNeeds } from '../../events/emit.ts'
import { type Counts, count } from '../../limits/counters/count.ts'
import type { Account, AccountId } from '../../model/account/store.ts'
import type { Policies } from '../../model/password/policy/policy-cache.ts'
import { type Password, type PasswordProblem, parseNewPassword, preparePassword } from '../../model/password/policy.ts'
import { findPassword } from '../../model/password/store.ts'
import type { Session } from '../../model/session/session.ts'
import { type Former, type Replaced, replacePassword } from './replace-password.ts'
import { isTurnedOff } from './turned-off.ts'
import { type CurrentProblem, type VerifyNeeds, verifyCurrentPassword } from './verify-current.ts'

export type PasswordChangeNeeds = AccountNeeds & VerifyNeeds & Counts<'new-passwords'> & { policies: Policies }

export type Change = {
  account: Account
  session: Session
  /** What was typed as the password so far; undefined where the person has just signed in with it, or there is none. */
  current: string | undefined
  password: string
  again: string
  actor: Actor
}
export type ChangeProblem =
  | CurrentProblem
  | PasswordProblem
  | 'not-the-same'
  | 'password-same'
  | 'password-turned-off'
  | 'changed-meanwhile'
  | 'too-many'
export type ChangeOutcome = Done<Replaced> | Refused<ChangeProblem>

/** What a guesser would try first for that account. */
export const wordsAbout = ({ email, firstName, lastName }: Account, brandName: string): string[] => [
  email,
  firstName,
  lastName,
  brandName,
]

/** Counts a new password of who is signed in, or has a link, before it is hashed; false when there were too many. */
export const countNewPassword = (
  needs: { db: Db } & Counts<'new-passwords'>,
  account: AccountId,
  { network }: Actor,
): Promise<boolean> => count(needs, 'new-passwords', account, network)

/** `session`: the new secret of the cookie, undefined where the session has ended meanwhile. */
export async function changePassword(needs: PasswordChangeNeeds, change: Change): Promise<ChangeOutcome> {
  const { account, session, current, actor } = change
  if (current === '') return refused('current-missing')
  const parsed = parseNewPassword(change.password, needs.policies.current(), wordsAbout(account, needs.brandOf().name))
  if (!parsed.ok) return parsed
  if (change.password !== change.again) return refused('not-the-same')
  if (!(await countNewPassword(needs, account.id, actor))) return refused('too-many')
  const known = await formerOf(needs, change)
  if (!known.ok) return known
  const { former } = known
  if (await isSame(needs, parsed.password, change, former)) return refused('password-same')
  const choice = { account: account.id, password: parsed.password, replaced: false }
  if (await isTurnedOff(needs, choice)) return refused('password-turned-off')
  const password = await needs.hashing.make(parsed.password, { account: account.id })
  const replaced = await transact(needs.db, (tx) =>
    replacePassword(needs, tx, {
      account,
      password,
      kind: 'password-changed',
      actor,
      expected: former,
      keepSession: session,
    }),
  )
  return replaced ? done(replaced) : refused('changed-meanwhile')
}

async function formerOf(needs: PasswordChangeNeeds, { account, session, current, actor }: Change) {
  if (current !== undefined) return verifyCurrentPassword(needs, account, current, actor)
  const former = await findPassword(needs.db, account.id)
  if (!session.hasPassword && !former) return done({ former: 'none' as const })
  return former && session.hasPassword ? done({ former }) : refused('changed-meanwhile')
}

/** What was typed twice is compared at once; what was not typed, by its hash. */
async function isSame(needs: PasswordChangeNeeds, password: Password, { account, current }: Change, former: Former) {
  if (former === 'none') return false
  if (current !== undefined) return preparePassword(current) === password
  return (await needs.hashing.check(password, former, { account: account.id })).fits
}
