/**
 * What is tried again and again while nothing changes by it. The history is kept for ever, and many such tries are a
 * stranger's: of each kind the first ten of a day are written down singly, and then the 20th, the 40th, the 80th …, which
 * says how many there were. Counted by account; without one (a sign-in at an address that has none) by site.
 */
import { after, days } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import { siteOf } from '../../platform/web/client-address.ts'
import { countUnder } from '../protection/store.ts'
import { type Entry, type HistoryKind, type Needs, write } from './history.ts'
import { SINGLY } from './store.ts'

export type TriedKind = Extract<
  HistoryKind,
  | 'sign-in-refused'
  | 'sign-in-doubted'
  | 'second-step-refused'
  | 'passkey-doubted'
  | 'password-reset-asked'
  | 'data-exported'
>

/** Whether the try of that number is one to write down: up to ten, and ten doubled any number of times. */
const isWritten = (times: number): boolean => times <= SINGLY || Number.isInteger(Math.log2(times / SINGLY))

/**
 * Counts the try, and writes it down or not: by the same statements, and as long under the lock of the chain, so that
 * nobody learns whose tries are counted. Of callers at once each has a number of its own.
 */
export async function recordTry(needs: Needs, tx: Tx, entry: Entry & { kind: TriedKind }): Promise<void> {
  const { kind, account, origin } = entry
  const now = needs.clock.now()
  const key = `history ${kind} ${account ?? siteOf(origin.network)}`
  const times = (await countUnder(tx, [key], now, after(now, days(1)))).get(key) ?? 1
  const facts = { ...entry.facts, ...(times > SINGLY && { times }) }
  write(needs, tx, { ...entry, facts }, isWritten(times))
}
