/**
 * Two-step verification: whether a sign-in by password, and a sensitive page, ask for a second step. It is a switch of the
 * account: an authenticator app or a number turns it on, the person on and off; a passkey alone is a way in, and turns nothing.
 */
import type { Tx } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { setTwoStep } from '../account/standing-store.ts'
import type { AccountId } from '../account/store.ts'
import { type Needs, record } from '../history/history.ts'
import { keepTwoStep } from './removal/former.ts'

/** Turns it on or off, and writes that down; false where it is so already. */
export async function switchTwoStep(
  needs: Needs,
  tx: Tx,
  { account, on, origin }: { account: AccountId; on: boolean; origin: Origin },
): Promise<boolean> {
  if (!(await setTwoStep(tx, account, on, needs.clock.now()))) return false
  await keepTwoStep(needs, tx, account, !on)
  await record(needs, tx, { kind: on ? 'two-step-on' : 'two-step-off', account, origin })
  return true
}
