/**
 * A mailbox that the account had before may be read by somebody because of whom its owner left it. Where the account has a
 * way to sign in besides its password, the password that this mailbox chooses does not open it alone: for a while a sign-in
 * asks for that way too. Its owner can sign in with it meanwhile; a person who has lost it waits.
 *
 *   the address goes back ──► two-step verification is on ──► a job turns it off, where nobody turned it meanwhile
 */

import { type Actor, system } from '../../../platform/actor.ts'
import { after, type Duration } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { type EventNeeds, emit } from '../../events/emit.ts'
import { setTwoStep } from '../../model/account/status-store.ts'
import { type AccountId, holdAccount } from '../../model/account/store.ts'
import { factorsOf, secondFactors } from '../../model/factor/store.ts'

/** `coolingOff`: how long the way is asked for; as long as one that is new proves nothing by itself. */
export type OlderWayNeeds = EventNeeds & { figures: { coolingOff: Duration } }

/** `since`: when it was turned on, ISO 8601. */
export type OlderWayJob = { account: AccountId; since: string }
declare module '../../../platform/outbox/outbox.ts' {
  interface Jobs {
    'older-way-asked': OlderWayJob
  }
}

/** For how long it is asked for; undefined where there is none, or where it is asked for anyway. What is new has gone by now. */
export async function askForOlderWay(
  needs: OlderWayNeeds,
  tx: Tx,
  account: AccountId,
  actor: Actor,
): Promise<Duration | undefined> {
  const { clock, outbox, figures } = needs
  const now = clock.now()
  const hasWay = secondFactors(await factorsOf(tx, account)).length > 0
  if (!hasWay || !(await setTwoStep(tx, account, true, now))) return undefined
  await emit(needs, tx, { kind: 'two-step-on', account, notice: null }, actor)
  const facts: OlderWayJob = { account, since: now.toISOString() }
  const notBefore = after(now, figures.coolingOff)
  await outbox.post(tx, { topic: 'job', name: 'older-way-asked', account, facts, notBefore })
  return figures.coolingOff
}

/** Turns two-step verification off again, unless the person has turned it since. */
export async function endAsking(needs: OlderWayNeeds, tx: Tx, { account, since }: OlderWayJob): Promise<void> {
  const held = await holdAccount(tx, account)
  if (held?.twoStepSince?.toISOString() !== since) return
  if (await setTwoStep(tx, account, false, needs.clock.now()))
    await emit(needs, tx, { kind: 'two-step-off', account, notice: null }, system)
}
