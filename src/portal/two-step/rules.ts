/**
 * Two-step verification, turned on or off by the person: on, after a second factor was proved, so that nobody is locked out by
 * one they have lost; off, where nothing requires it. Every change sends a notice and ends the trust in all browsers.
 */

import type { EventNeeds } from '../../core/events/emit.ts'
import { type Account, holdAccount } from '../../core/model/account/store.ts'
import { factorsOf, secondFactors } from '../../core/model/factor/store.ts'
import type { Policies } from '../../core/model/password/policy/policy-cache.ts'
import { revokeTrustedBrowsers } from '../../core/model/session/browsers.ts'
import { mustKeepSecondFactor } from '../../core/operations/factor/required.ts'
import { switchTwoStep } from '../../core/operations/factor/two-step.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = EventNeeds & { policies: Policies }

/** Why it stays as it is: it is required, or there is no second factor. */
export type TwoStepProblem = 'required' | 'no-way'

/** Of several at once, one has done it; where it is so already, nobody is told. */
export const turnTwoStep = (
  needs: Needs,
  { id: account }: Account,
  on: boolean,
  actor: Actor,
): Promise<Done | Refused<TwoStepProblem>> =>
  transact(needs.db, async (tx) => {
    const held = await holdAccount(tx, account)
    if (!held) return done({})
    if (on && secondFactors(await factorsOf(tx, account)).length === 0) return refused('no-way')
    if (!on && (await mustKeepSecondFactor(needs, tx, held))) return refused('required')
    if (await switchTwoStep(needs, tx, { account, on, notice: {}, actor })) await revokeTrustedBrowsers(tx, account)
    return done({})
  })
