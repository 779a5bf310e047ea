/**
 * When a browser has to prove some work before it is looked at. Each rule is small, has a name, and keeps what it looked
 * at, so that the log can say why. No rule applies while little happens, nor to a browser that its person has used before.
 */
import { after } from '../../../platform/clock.ts'
import { again } from '../../../platform/database/db.ts'
import type { Reads } from '../../../platform/needs.ts'
import { siteOf } from '../../../platform/web/client-address.ts'
import type { EmailKey } from '../../model/account/email.ts'
import { type Here, isKnownToSomebody } from '../../model/session/browsers.ts'
import { type Counts, ofNetworks, shareOfSite } from '../counters/count.ts'
import { type LimitFigures, windowOf } from '../counters/limits.ts'
import { counterKey, countOne, countShared, countsUnder, countUnder } from '../counters/store.ts'
import type { RequestCounts, RequestLimits } from '../request-limits.ts'
import type { RiskCache } from './risk-cache.ts'
import { type AbuseSignal, EVERYWHERE } from './risk-store.ts'

type Needs = Reads & Counts<'work-network' | 'failing'> & { riskCache: Pick<RiskCache, 'flag'> }

/** `counts` as they stand with this request. */
export function assessRequests(
  { limits }: LimitFigures<RequestLimits>,
  counts: RequestCounts,
): AbuseSignal | undefined {
  const passed = REQUEST_RULES.find(({ of, work, dear }) => counts[of] > Math.min(limits[work], limits[dear]))
  if (!passed) return undefined
  const dearer = REQUEST_RULES.some(({ of, dear }) => counts[of] > limits[dear])
  return { rule: passed.rule, inputs: { ...counts }, dearer }
}

const REQUEST_RULES = [
  { of: 'network', work: 'work-network', dear: 'dear-network', rule: 'network-asks-often' },
  { of: 'address', work: 'work-address', dear: 'dear-address', rule: 'address-asked-often' },
  { of: 'everywhere', work: 'work-service', dear: 'dear-service', rule: 'service-asked-often' },
] as const

/** A stuffing run fails nearly always, over many addresses; people mistype now and then, and mostly sign in. */
const FAILURES_FOR_A_SUCCESS = 2

type Everywhere = { failures: number; addresses: number; successes: number }

const assessStuffing = ({ failures, addresses, successes }: Everywhere): AbuseSignal | undefined =>
  failures >= FAILURES_FOR_A_SUCCESS * successes
    ? { rule: 'stuffing-everywhere', inputs: { failures, addresses, successes } }
    : undefined

const WINDOW = windowOf('failing')
/** Quarters of an hour by the clock, so that everything counted in one ends with it. */
const quarterOf = (now: Date): string => `${Math.floor(now.getTime() / WINDOW.ms)}`
const untilOf = (now: Date): Date => after(now, WINDOW)
const successesKey = (now: Date) => counterKey('failing', quarterOf(now), 'successes')

/** A signal holds until the end of the quarter of an hour after the one that it was raised in. */
const LASTS = { ms: 2 * WINDOW.ms }

/**
 * Counts a sign-in that failed in an unknown browser, and raises the signals that follow. Of one site no more than its share counts
 * for the whole service: one site, or a few, never make everybody prove work.
 */
export async function countFailedSignIn(
  needs: Needs,
  { address, network }: { address: EmailKey; network: string },
): Promise<void> {
  const { db, clock, keyring, riskCache } = needs
  const { 'work-network': most, failing } = needs.figures.limits
  const now = clock.now()
  const quarter = quarterOf(now)
  const own = counterKey('failing', quarter, keyring.mark(address, 'tries'))
  const key = counterKey('failing', quarter, network)
  const site = counterKey('failing', quarter, siteOf(network))
  const failures = counterKey('failing', quarter, 'failures')
  const share = shareOfSite(failing)
  const shares = { own: [own, key, site], shared: [failures], of: [site], share }
  const { counts, counted } = await again(() => countShared(db, shares, now, untilOf(now)))
  const [failed = 0, ofSite = 0] = [counts.get(key), ofNetworks(counts.get(site) ?? 0)]
  if (failed > most) await flagNetwork(needs, network, failed)
  if (ofSite > most) await flagNetwork(needs, siteOf(network), ofSite)
  if (counts.get(own) !== 1 || !counted.includes(failures)) return
  const addresses =
    (await countUnder(db, [counterKey('failing', quarter, 'addresses')], now, untilOf(now))).values().next().value ?? 0
  if (addresses < failing) return
  const succeeded = successesKey(now)
  const successes = (await countsUnder(db, [succeeded], now)).get(succeeded) ?? 0
  const signal = assessStuffing({ failures: counts.get(failures) ?? 0, addresses, successes })
  if (signal) await riskCache.flag(EVERYWHERE, signal, LASTS)
}

/** From now on unknown browsers of this network have to prove some work to sign in. */
export async function flagNetwork({ riskCache }: Pick<Needs, 'riskCache'>, network: string, failed: number) {
  const signal: AbuseSignal = { rule: 'network-fails-often', inputs: { network: failed } }
  await riskCache.flag(network, signal, LASTS)
  return signal
}

/** Counts a sign-in that succeeded in an unknown browser, as a part of a larger statement (a common table expression). */
export const countSuccessfulSignIn = (now: Date) => countOne(successesKey(now), now, untilOf(now))

/** Whether the page of a sign-in, where nobody has said yet who they are, begins with a challenge. */
export async function signalBeforeSignIn(
  { db, clock, riskCache }: Pick<Reads, 'db' | 'clock'> & { riskCache: Pick<RiskCache, 'signalFor'> },
  from: Here & { network: string },
) {
  const signal = riskCache.signalFor(from.network)
  if (!signal || (await isKnownToSomebody(db, from, clock.now()))) return undefined
  return signal
}
