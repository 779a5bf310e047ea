/**
 * When a browser has to prove some work before it is looked at. Each rule is small, has a name, and keeps what it looked
 * at, so that the log can say why. None speaks in the quiet case; none asks a browser its person is known in.
 */
import { after, type Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import { type Here, isKnownToSomebody } from '../session/browsers.ts'
import type { AskCounts } from './asking.ts'
import { type Who, WINDOW } from './protection.ts'
import { countOne, countsUnder, countUnder } from './store.ts'
import { EVERYWHERE, type Suspects } from './suspects.ts'

export type Suspicion = {
  rule:
    | 'network-asks-often'
    | 'address-asked-often'
    | 'service-asked-often'
    | 'network-fails-often'
    | 'stuffing-everywhere'
  /** What the rule looked at. */
  inputs: Readonly<Record<string, number>>
}

/** In a quarter of an hour. `network`: requests or failed sign-ins; `failing`: addresses whose sign-ins fail. */
export type SuspicionFigures = { suspicious: { network: number; address: number; everywhere: number; failing: number } }
export type Needs = { db: Db; clock: Clock; keyring: Keyring; suspects: Suspects; figures: SuspicionFigures }

/** `counts` as they stand with this request. */
export function suspectAsk(
  { suspicious }: SuspicionFigures,
  counts: AskCounts & { tooMany?: keyof AskCounts | undefined },
): Suspicion | undefined {
  const { network, address, everywhere, tooMany } = counts
  const inputs = { network, address, everywhere }
  if (network > suspicious.network) return { rule: 'network-asks-often', inputs }
  if (address > suspicious.address || tooMany === 'address') return { rule: 'address-asked-often', inputs }
  if (everywhere > suspicious.everywhere) return { rule: 'service-asked-often', inputs }
  return undefined
}

/** A stuffing run fails nearly always, over many addresses; people mistype now and then, and mostly sign in. */
const FAILURES_FOR_A_SUCCESS = 2

type Everywhere = { failures: number; addresses: number; successes: number }

const suspectStuffing = ({ failures, addresses, successes }: Everywhere): Suspicion | undefined =>
  failures >= FAILURES_FOR_A_SUCCESS * successes
    ? { rule: 'stuffing-everywhere', inputs: { failures, addresses, successes } }
    : undefined

/** Quarters of an hour by the clock, so that everything counted in one ends with it. */
const quarterOf = (now: Date): number => Math.floor(now.getTime() / WINDOW.ms)
const untilOf = (now: Date): Date => after(now, WINDOW)
const successesKey = (now: Date): string => `sign-ins ${quarterOf(now)}`

/** A suspicion outlives the quarter of an hour it was found in: the next one begins suspicious. */
const LASTS = { ms: 2 * WINDOW.ms }

/** Counts a sign-in that failed, or was not looked at for want of a proof, in an unknown browser; and asks the rules. */
export async function failedInUnknown(needs: Needs, { address, network }: Who): Promise<void> {
  const { db, clock, keyring, figures, suspects } = needs
  const now = clock.now()
  const quarter = quarterOf(now)
  const own = `failing ${quarter} ${keyring.mark(address, 'tries')}`
  const keys = { failures: `failures ${quarter}`, network: `failures ${quarter} ${network}` }
  const addresses = `failing addresses ${quarter}`
  const counted = await countUnder(db, [own, ...Object.values(keys)], now, untilOf(now))
  const different = counted.get(own) === 1 ? await countUnder(db, [addresses], now, untilOf(now)) : new Map()
  const counts = {
    network: counted.get(keys.network) ?? 0,
    failures: counted.get(keys.failures) ?? 0,
    addresses: different.get(addresses) ?? 0,
  }
  if (counts.network > figures.suspicious.network)
    await suspects.suspect(network, { rule: 'network-fails-often', inputs: { network: counts.network } }, LASTS)
  if (counts.addresses < figures.suspicious.failing) return
  const key = successesKey(now)
  const successes = (await countsUnder(db, [key], now)).get(key) ?? 0
  const suspicion = suspectStuffing({ ...counts, successes })
  if (suspicion) await suspects.suspect(EVERYWHERE, suspicion, LASTS)
}

/** Counts a sign-in that succeeded in an unknown browser, as a part of another statement. */
export const succeededInUnknown = (now: Date) => countOne(successesKey(now), now, untilOf(now))

/** Whether the page of a sign-in, where nobody has said yet who they are, begins with a challenge. */
export async function suspectBefore(needs: Needs, from: Here & { network: string }) {
  const suspicion = needs.suspects.about(from.network)
  if (!suspicion || (await isKnownToSomebody(needs.db, from, needs.clock.now()))) return undefined
  return suspicion
}
