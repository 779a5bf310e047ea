/**
 * When a browser has to prove some work before it is looked at. Each rule is small, has a name, and keeps what it looked
 * at, so that the log can say why. None speaks in the quiet case; none asks a browser its person is known in.
 */
import { after, type Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { EmailKey } from '../account/email.ts'
import { isKnownToSomebody } from '../browser/store.ts'
import type { AskCounts } from './asking.ts'
import { networkKey } from './guard.ts'
import { WINDOW } from './protection.ts'
import { countsUnder, countUnder } from './store.ts'

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
export type Needs = { db: Db; clock: Clock; keyring: Keyring; figures: SuspicionFigures }

/** `counts` as they stand with this request. */
export function suspectAsk({ suspicious }: SuspicionFigures, counts: AskCounts): Suspicion | undefined {
  const { network, address, everywhere } = counts
  const inputs = { network, address, everywhere }
  if (network > suspicious.network) return { rule: 'network-asks-often', inputs }
  if (address > suspicious.address) return { rule: 'address-asked-often', inputs }
  if (everywhere > suspicious.everywhere) return { rule: 'service-asked-often', inputs }
  return undefined
}

/** Failed sign-ins of one network, and of unknown browsers over all: how many, of how many addresses, against how many that succeeded. */
export type FailureCounts = { network: number; failures: number; addresses: number; successes: number }

/** A stuffing run fails nearly always, over many addresses; people mistype now and then, and mostly sign in. */
const FAILURES_FOR_A_SUCCESS = 2

export function suspectSignIn({ suspicious }: SuspicionFigures, counts: FailureCounts): Suspicion | undefined {
  const { network, failures, addresses, successes } = counts
  if (network >= suspicious.network) return { rule: 'network-fails-often', inputs: { network } }
  if (addresses >= suspicious.failing && failures >= FAILURES_FOR_A_SUCCESS * successes)
    return { rule: 'stuffing-everywhere', inputs: { failures, addresses, successes } }
  return undefined
}

/** Quarters of an hour by the clock, so that everything counted in one ends with it; the one before still speaks. */
const quarterOf = (now: Date): number => Math.floor(now.getTime() / WINDOW.ms)
const keysOf = (quarter: number) => ({
  failures: `failed sign-ins ${quarter}`,
  addresses: `failing addresses ${quarter}`,
  successes: `sign-ins ${quarter}`,
})
const untilOf = (now: Date): Date => after(now, { ms: 2 * WINDOW.ms })

export async function failuresSoFar(
  { db, clock }: Pick<Needs, 'db' | 'clock'>,
  network: string,
): Promise<FailureCounts> {
  const now = clock.now()
  const [last, current] = [keysOf(quarterOf(now) - 1), keysOf(quarterOf(now))]
  const ofNetwork = networkKey(network)
  const found = await countsUnder(db, [ofNetwork, ...Object.values(last), ...Object.values(current)], now)
  const both = (what: keyof typeof last): number => (found.get(last[what]) ?? 0) + (found.get(current[what]) ?? 0)
  return {
    network: found.get(ofNetwork) ?? 0,
    failures: both('failures'),
    addresses: both('addresses'),
    successes: both('successes'),
  }
}

/** Counts a sign-in that failed, or was not looked at for want of a proof, in an unknown browser. */
export async function failedInUnknown({ db, clock, keyring }: Needs, address: EmailKey): Promise<void> {
  const now = clock.now()
  const { failures, addresses } = keysOf(quarterOf(now))
  const own = `failing ${quarterOf(now)} ${keyring.mark(address, 'tries')}`
  const counts = await countUnder(db, [own, failures], now, untilOf(now))
  if (counts.get(own) === 1) await countUnder(db, [addresses], now, untilOf(now))
}

export async function succeededInUnknown({ db, clock }: Pick<Needs, 'db' | 'clock'>): Promise<void> {
  const now = clock.now()
  await countUnder(db, [keysOf(quarterOf(now)).successes], now, untilOf(now))
}

/** Whether the page of a sign-in, where nobody has said yet who they are, begins with a challenge. */
export async function suspectBefore(needs: Needs, from: { network: string; browser: string }) {
  const suspicion = suspectSignIn(needs.figures, await failuresSoFar(needs, from.network))
  if (!suspicion || (await isKnownToSomebody(needs.db, from.browser, needs.clock.now()))) return undefined
  return suspicion
}
