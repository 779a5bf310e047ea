/** Somebody who is signed in types their password once more: an attempt like a sign-in, counted before it is compared. */

import type { Actor } from '../../../platform/actor.ts'
import { transact } from '../../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import { type EventNeeds, emit } from '../../events/emit.ts'
import { clearFailures, countSignIn, type LockoutNeeds } from '../../limits/sign-in-lockout.ts'
import { emailKey } from '../../model/account/email.ts'
import type { Account } from '../../model/account/store.ts'
import type { HashedPassword, Hashing } from '../../model/password/hashing.ts'
import { preparePassword } from '../../model/password/policy.ts'
import { tellOfLockout } from '../tell-of-lockout.ts'
import { findSignInSubject } from './sign-in-subject.ts'

export type VerifyNeeds = EventNeeds &
  LockoutNeeds & {
    hashing: Hashing
  }
export type CurrentProblem = 'current-missing' | 'current-wrong' | 'current-too-often'

/**
 * Counted in the same rows as sign-ins: a session that was stolen gives nobody tries of their own, unless it was stolen
 * together with the secret of its browser. `former`: the password as it is stored, to be expected when it is replaced.
 */
export async function verifyCurrentPassword(
  needs: VerifyNeeds,
  account: Account,
  typed: string,
  actor: Actor,
): Promise<Done<{ former: HashedPassword }> | Refused<CurrentProblem>> {
  if (typed === '') return refused('current-missing')
  const { db, clock, hashing } = needs
  const { email } = account
  const subject = await findSignInSubject(needs, email, actor, clock.now())
  const browser = subject?.trust.known ? actor.browser : ''
  const who = { address: emailKey(email), browser }
  const counted = await countSignIn(needs, who)
  if (!counted) return refused('current-too-often')
  const { fits } = await hashing.check(preparePassword(typed), subject?.hashed, { account: account.id })
  if (subject?.hashed && fits) {
    await clearFailures(needs, who)
    return done({ former: subject.hashed })
  }
  await transact(db, async (tx) => {
    await tellOfLockout(needs, tx, { email, actor, counted })
    await emit(needs, tx, { kind: 'sign-in-refused', account: account.id }, actor)
  })
  return refused('current-wrong')
}
