/** Whoever is signed in shows once more that they know the password: a try like any other, counted before it is looked at. */
import { type Db, transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { emailKey } from '../account/email.ts'
import type { Account } from '../account/store.ts'
import { type Needs as HistoryNeeds, record } from '../history/history.ts'
import { countSignIn, type Needs as ProtectionNeeds, signInSucceeded } from '../protection/protection.ts'
import type { HashedPassword, Hashing } from './hashing.ts'
import { preparePassword } from './policy.ts'
import { findPassword } from './store.ts'

export type Needs = HistoryNeeds & ProtectionNeeds & { db: Db; hashing: Hashing }
export type CurrentProblem = 'current-missing' | 'current-wrong' | 'current-too-often'

/** `former`: the password as it is stored, for whoever replaces it. */
export async function showKnown(
  needs: Needs,
  account: Account,
  typed: string,
  origin: Origin,
): Promise<Done<{ former: HashedPassword }> | Refused<CurrentProblem>> {
  if (typed === '') return refused('current-missing')
  const who = { address: emailKey(account.email), network: origin.network }
  if (!(await countSignIn(needs, who))) return refused('current-too-often')
  const former = await findPassword(needs.db, account.id)
  const { fits } = await needs.hashing.check(preparePassword(typed), former)
  if (former && fits) {
    await signInSucceeded(needs, who)
    return done({ former })
  }
  await transact(needs.db, (tx) => record(needs, tx, { kind: 'sign-in-refused', account: account.id, origin }))
  return refused('current-wrong')
}
