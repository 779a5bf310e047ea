/** Using a passkey whose assertion was verified: its challenge is spent, its counter advances. */
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { type EventNeeds, emit } from '../../events/emit.ts'
import { spendChallenge, type VerifiedAssertion } from '../../model/factor/passkey.ts'
import { advanceCount, type PasskeyRow } from '../../model/factor/passkey-store.ts'
import { markUsed } from '../../model/factor/store.ts'

/**
 * True for exactly one caller with the same answer. If the counter does not advance, an event says so and nothing opens: the key
 * may have been copied.
 */
export async function usePasskey(
  needs: EventNeeds,
  tx: Tx,
  passkey: PasskeyRow,
  proven: VerifiedAssertion,
  actor: Actor,
) {
  if (!(await spendChallenge(needs, tx, proven.challenge))) return false
  if (!(await advanceCount(tx, passkey.factor_id, proven.count))) {
    await emit(needs, tx, { kind: 'passkey-doubted', account: passkey.account_id }, actor)
    return false
  }
  await markUsed(tx, passkey.factor_id, needs.clock.now())
  return true
}
