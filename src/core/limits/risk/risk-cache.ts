/**
 * The risk signals about sign-ins, cached in the process, so that a sign-in without any needs no query. The process that
 * finds one has it at once; other processes read it within two seconds.
 */
import { after, type Clock, type Duration } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/database/db.ts'
import { siteOf } from '../../../platform/web/client-address.ts'
import { type AbuseSignal, EVERYWHERE, type FlaggedSignal, putSignal, signalsNow } from './risk-store.ts'

export type RiskCache = {
  /** Why a sign-in from that network needs work now, if it does. */
  signalFor(network: string): AbuseSignal | undefined
  /** Holds for `lasts` from now. */
  flag(subject: string, signal: AbuseSignal, lasts: Duration): Promise<void>
  /** Reads what other processes have found. */
  refresh(): Promise<void>
}

export function makeRiskCache(db: Db, clock: Clock): RiskCache {
  let atHand = new Map<string, FlaggedSignal>()
  const still = (subject: string): FlaggedSignal | undefined => {
    const found = atHand.get(subject)
    return found && found.until > clock.now() ? found : undefined
  }
  return {
    signalFor: (network) => still(network) ?? still(siteOf(network)) ?? still(EVERYWHERE),
    async flag(subject, signal, lasts) {
      const known = still(subject)
      // Written again when half of it is over, and not for every try of an attack.
      if (known && known.until > after(clock.now(), { ms: lasts.ms / 2 })) return
      const flagged = { ...signal, until: after(clock.now(), lasts) }
      atHand.set(subject, flagged)
      await putSignal(db, subject, flagged)
    },
    async refresh() {
      atHand = await signalsNow(db, clock.now())
    },
  }
}
