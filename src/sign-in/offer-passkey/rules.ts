/**
 * After a sign-in by password, on a device that can make passkeys: one is offered, once, for an account that has none.
 *
 *   the browser says that it can ──► the password is right ──► one page ──► a passkey, or "Not now" for 90 days ──► on
 */

import { type Account, findAccount, putPasskeyOff } from '../../core/model/account/store.ts'
import type { Session } from '../../core/model/session/session.ts'
import type { FactorChangeNeeds } from '../../core/operations/factor/add-factor.ts'
import type { JourneyNeeds } from '../../journey/begin.ts'
import { offersPasskey } from '../../journey/facts.ts'
import type { Journey } from '../../journey/journey.ts'
import { prove } from '../../journey/store.ts'
import { transact } from '../../platform/database/db.ts'

export type Needs = JourneyNeeds & FactorChangeNeeds

/** To whom a passkey is offered on this journey; undefined when it is not, or not any more. */
export async function whoIsOffered(needs: Needs, journey: Journey, session: Session): Promise<Account | undefined> {
  if (journey.account !== session.account || !offersPasskey(needs, journey, session)) return undefined
  return findAccount(needs.db, session.account)
}

export const putOff = (needs: Needs, journey: Journey, { id }: Account): Promise<void> =>
  transact(needs.db, async (tx) => {
    await putPasskeyOff(tx, id, needs.clock.now())
    await prove(needs, tx, journey, { offerPasskey: false })
  })
