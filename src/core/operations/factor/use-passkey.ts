/** A passkey that was proven is used: its challenge is spent, its counter moves. */
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { type EventNeeds, emit } from '../../events/emit.ts'
import { type Proven, spendChallenge } from '../../model/factor/passkey.ts'
import { advanceCount, type PasskeyRow } from '../../model/factor/passkey-store.ts'
import { markUsed } from '../../model/factor/store.ts'

/**
 * True for exactly one caller of those who bring the same answer. A counter that does not move is written down and opens
 * nothing: there may be a copy of the key.
 */
export async function usePasskey(needs: EventNeeds, tx: Tx, passkey: PasskeyRow, proven: Proven, actor: Actor) {
  if (!(await spendChallenge(needs, tx, proven.challenge))) return false
  if (!(await advanceCount(tx, passkey.factor_id, proven.count))) {
    await emit(needs, tx, { kind: 'passkey-doubted', account: passkey.account_id }, actor)
    return false
  }
  await markUsed(tx, passkey.factor_id, needs.clock.now())
  return true
}
