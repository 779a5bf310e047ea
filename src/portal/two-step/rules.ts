/**
 * Two-step verification, turned on or off by its owner: on, where there is a way that was proved just now, so that nobody locks
 * themselves out by one they have lost; off, where nothing requires it. Every change is told to the mailbox, and has every
 * browser ask for the second step again.
 */
import { type Account, holdAccount } from '../../core/account/store.ts'
import { mustKeepOne } from '../../core/factor/required.ts'
import { factorsOf, secondSteps } from '../../core/factor/store.ts'
import { switchTwoStep } from '../../core/factor/two-step.ts'
import type { Needs as HistoryNeeds } from '../../core/history/history.ts'
import { type NoticeFacts, type Needs as NoticeNeeds, notify } from '../../core/notice/notice.ts'
import type { Policies } from '../../core/password/policy/current.ts'
import { skipNoMore } from '../../core/session/browsers.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = HistoryNeeds & NoticeNeeds & { policies: Policies }

declare module '../../platform/outbox/outbox.ts' {
  interface Letters {
    'two-step-on': NoticeFacts
    'two-step-off': NoticeFacts
  }
}

/** Why it stays as it is: it is required; or there is no way to the second step (any more). */
export type TwoStepProblem = 'required' | 'no-way'

/** Of those who turn it at once, one has done so; where it is so already, nothing is told. */
export const turnTwoStep = (
  needs: Needs,
  { id: account }: Account,
  on: boolean,
  origin: Origin,
): Promise<Done | Refused<TwoStepProblem>> =>
  transact(needs.db, async (tx) => {
    const held = await holdAccount(tx, account)
    if (!held) return done({})
    if (on && secondSteps(await factorsOf(tx, account)).length === 0) return refused('no-way')
    if (!on && (await mustKeepOne(needs, tx, held))) return refused('required')
    if (!(await switchTwoStep(needs, tx, { account, on, origin }))) return done({})
    await skipNoMore(tx, account)
    await notify(needs, tx, {
      account,
      origin,
      letter: (facts) => ({ name: on ? 'two-step-on' : 'two-step-off', facts }),
    })
    return done({})
  })
