/**
 * The risk signals about sign-ins, cached in the process, so that a sign-in without any needs no query. The process that
 * finds one has it at once; other processes read it within two seconds.
 */
import { after, type Clock, type Duration } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/database/db.ts'
import { siteOf } from '../../../platform/web/client-address.ts'
import { EVERYWHERE, putSuspicion, type Suspected, type Suspicion, suspicionsNow } from './risk-store.ts'

export type Suspects = {
  /** Why a sign-in from there is suspicious now, if it is. */
  about(network: string): Suspicion | undefined
  /** Holds for `lasts` from now. */
  suspect(subject: string, suspicion: Suspicion, lasts: Duration): Promise<void>
  /** Reads what other processes have found. */
  follow(): Promise<void>
}

export function makeSuspects(db: Db, clock: Clock): Suspects {
  let atHand = new Map<string, Suspected>()
  const still = (subject: string): Suspected | undefined => {
    const found = atHand.get(subject)
    return found && found.until > clock.now() ? found : undefined
  }
  return {
    about: (network) => still(network) ?? still(siteOf(network)) ?? still(EVERYWHERE),
    async suspect(subject, suspicion, lasts) {
      const known = still(subject)
      // Written again when half of it is over, and not for every try of an attack.
      if (known && known.until > after(clock.now(), { ms: lasts.ms / 2 })) return
      const suspected = { ...suspicion, until: after(clock.now(), lasts) }
      atHand.set(subject, suspected)
      await putSuspicion(db, subject, suspected)
    },
    async follow() {
      atHand = await suspicionsNow(db, clock.now())
    },
  }
}
