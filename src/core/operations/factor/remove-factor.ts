/** Removing a factor of an account. */

import type { Actor } from '../../../platform/actor.ts'
import { type Tx, transact } from '../../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import { type Account, type AccountId, holdAccount } from '../../model/account/store.ts'
import { factorKinds } from '../../model/factor/kinds.ts'
import { type FactorId, factorsOf, secondFactors } from '../../model/factor/store.ts'
import type { Policies } from '../../model/password/policy/policy-cache.ts'
import { findPassword } from '../../model/password/store.ts'
import { replaceCodes, retireFactor } from '../former-ways/former-factors.ts'
import { type FactorChangeNeeds, factorChanged } from './add-factor.ts'
import { mustKeepSecondFactor } from './required.ts'
import { switchTwoStep } from './two-step.ts'

export type RemovalNeeds = FactorChangeNeeds & { policies: Policies }

/** Why a factor stays: one is required, or nobody could sign in without it. */
export const removalProblems = ['last-way', 'only-way-in'] as const
export type RemovalProblem = (typeof removalProblems)[number]

/**
 * Of several who remove it at once, one has done so. With the last second factor the back-up addresses and recovery codes go
 * too. Where one is required the last one stays: of two requests that remove the last two at once, the second is refused.
 */
export const removeFactor = (
  needs: RemovalNeeds,
  { id: account }: Account,
  id: FactorId,
  actor: Actor,
): Promise<Done | Refused<RemovalProblem>> =>
  transact(needs.db, async (tx) => {
    const held = await holdAccount(tx, account)
    const counting = secondFactors(await factorsOf(tx, account))
    const isLast = counting.length === 1 && counting[0]?.id === id
    if (held && isLast && (await mustKeepSecondFactor(needs, tx, held))) return refused('last-way')
    if (await isOnlyWayIn(tx, account, id)) return refused('only-way-in')
    const removed = await retireFactor(needs, tx, account, id)
    if (!held || !removed) return done({})
    const { kind: way, name } = removed
    const left = await factorsOf(tx, account)
    const isLastGone = secondFactors(left).length === 0
    if (isLastGone) {
      for (const backUp of left) await retireFactor(needs, tx, account, backUp.id)
      await replaceCodes(needs, tx, account, [])
    }
    const isOff = isLastGone && (await switchTwoStep(needs, tx, { account, on: false, notice: null, actor }))
    const twoStep = isOff ? 'off' : undefined
    await factorChanged(needs, tx, { account: held, kind: 'factor-removed', way, name, actor, twoStep })
    return done({})
  })

/** The last factor that signs in alone, of an account without a password: nobody could sign in any more. */
async function isOnlyWayIn(tx: Tx, account: AccountId, id: FactorId): Promise<boolean> {
  const alone = (await factorsOf(tx, account)).filter(({ kind }) => factorKinds[kind].alone)
  return alone.length === 1 && alone[0]?.id === id && !(await findPassword(tx, account))
}
