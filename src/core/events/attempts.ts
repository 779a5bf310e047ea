/**
 * Which of many attempts are written down: of each kind the first ten of a day (the default), and then the 20th, the 40th, the 80th …, which
 * says how many there were. Counted by account; without one (a sign-in at an address that has none) by site.
 */
import { after } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import { siteOf } from '../../platform/web/client-address.ts'
import type { Counts } from '../limits/counters/count.ts'
import { windowOf } from '../limits/counters/limits.ts'
import { counterKey, countUnder } from '../limits/counters/store.ts'

type Attempt = { kind: string; account: string | null; network: string }
/** `facts`: what a row says that stands for more than itself. */
type Counted = { isWritten: boolean; facts: { times?: number } }

/** What has one row whatever happened before. */
export const singly: Counted = { isWritten: true, facts: {} }

/** Counts an attempt for a day: of callers at once each has a number of its own. */
export async function countAttempt(
  { clock, figures }: Counts<'written-attempts'>,
  tx: Tx,
  { kind, account, network }: Attempt,
): Promise<Counted> {
  const now = clock.now()
  const key = counterKey('written-attempts', kind, account ?? siteOf(network))
  const times = (await countUnder(tx, [key], now, after(now, windowOf('written-attempts')))).get(key) ?? 1
  const first = figures.limits['written-attempts']
  if (times <= first) return singly
  return { isWritten: Number.isInteger(Math.log2(times / first)), facts: { times } }
}
