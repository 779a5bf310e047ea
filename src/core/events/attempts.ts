/**
 * Which of many attempts are written down: of each kind the first ten of a day, and then the 20th, the 40th, the 80th …, which
 * says how many there were. Counted by account; without one (a sign-in at an address that has none) by site.
 */
import { after, type Clock, days } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import { siteOf } from '../../platform/web/client-address.ts'
import { countUnder } from '../limits/counters/store.ts'
import { SINGLY } from './audit-log/store.ts'

type Attempt = { kind: string; account: string | null; network: string }

/** The number of this attempt, counted for a day: of callers at once each has its own. */
export async function countAttempt(clock: Clock, tx: Tx, { kind, account, network }: Attempt): Promise<number> {
  const now = clock.now()
  const key = `history ${kind} ${account ?? siteOf(network)}`
  return (await countUnder(tx, [key], now, after(now, days(1)))).get(key) ?? 1
}

export const isWritten = (times: number): boolean => times <= SINGLY || Number.isInteger(Math.log2(times / SINGLY))

/** What a row says that stands for more than itself. */
export const timesIn = (times: number): { times?: number } => (times > SINGLY ? { times } : {})
