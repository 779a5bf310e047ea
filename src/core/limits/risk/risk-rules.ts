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
import { ofNetworks, shareOfSite, WINDOW } from '../counters/counting.ts'
import { countOne, countShared, countsUnder, countUnder } from '../counters/store.ts'
import type { AskCounts, AskFigures } from '../request-limits.ts'
import { EVERYWHERE, type Suspects } from './risk-cache.ts'

export type Suspicion = {
  rule:
    | 'network-asks-often'
    | 'address-asked-often'
    | 'service-asked-often'
    | 'network-fails-often'
    | 'stuffing-everywhere'
  /** What the rule looked at. */
  inputs: Readonly<Record<string, number>>
  /** Far past the figure: several times the work. */
  dearer?: boolean
}

/** In a quarter of an hour. `network`: requests or failed sign-ins; `failing`: addresses whose sign-ins fail. */
export type SuspicionFigures = AskFigures & { suspicious: { failing: number } }
type Needs = Reads & { suspects: Pick<Suspects, 'suspect'>; figures: Pick<SuspicionFigures, 'suspicious'> }

/** `counts` as they stand with this request. */
export function suspectAsk(figures: AskFigures, counts: AskCounts): Suspicion | undefined {
  const { suspicious, asksPerNetwork, asksPerAddress, asksEverywhere } = figures
  const dear: AskCounts = { network: asksPerNetwork, address: asksPerAddress, everywhere: asksEverywhere }
  const isPast = (one: keyof AskCounts): boolean => counts[one] > Math.min(suspicious[one], dear[one])
  const passed = ASK_RULES.find(([one]) => isPast(one))
  if (!passed) return undefined
  return { rule: passed[1], inputs: { ...counts }, dearer: ASK_RULES.some(([one]) => counts[one] > dear[one]) }
}

const ASK_RULES = [
  ['network', 'network-asks-often'],
  ['address', 'address-asked-often'],
  ['everywhere', 'service-asked-often'],
] as const

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

/**
 * Counts a sign-in that was looked at and failed, in an unknown browser; and asks the rules. Of one site no more than its
 * share counts for the whole service: one, or a few, never have everybody's browsers checked.
 */
export async function failedInUnknown(
  needs: Needs,
  { address, network }: { address: EmailKey; network: string },
): Promise<void> {
  const { db, clock, keyring, figures, suspects } = needs
  const now = clock.now()
  const quarter = quarterOf(now)
  const own = `failing ${quarter} ${keyring.mark(address, 'tries')}`
  const [key, site] = [`failures ${quarter} ${network}`, `failures ${quarter} ${siteOf(network)}`]
  const failures = `failures ${quarter}`
  const share = shareOfSite(figures.suspicious.failing)
  const shares = { own: [own, key, site], shared: [failures], of: [site], share }
  const { counts, counted } = await again(() => countShared(db, shares, now, untilOf(now)))
  const most = figures.suspicious.network
  const [failed = 0, ofSite = 0] = [counts.get(key), ofNetworks(counts.get(site) ?? 0)]
  if (failed > most) await suspectNetwork(needs, network, failed)
  if (ofSite > most) await suspectNetwork(needs, siteOf(network), ofSite)
  if (counts.get(own) !== 1 || !counted.includes(failures)) return
  const addresses =
    (await countUnder(db, [`failing addresses ${quarter}`], now, untilOf(now))).values().next().value ?? 0
  if (addresses < figures.suspicious.failing) return
  const succeeded = successesKey(now)
  const successes = (await countsUnder(db, [succeeded], now)).get(succeeded) ?? 0
  const suspicion = suspectStuffing({ failures: counts.get(failures) ?? 0, addresses, successes })
  if (suspicion) await suspects.suspect(EVERYWHERE, suspicion, LASTS)
}

/** From now on unknown browsers of this network have to prove some work to sign in. */
export async function suspectNetwork({ suspects }: Pick<Needs, 'suspects'>, network: string, failed: number) {
  const suspicion: Suspicion = { rule: 'network-fails-often', inputs: { network: failed } }
  await suspects.suspect(network, suspicion, LASTS)
  return suspicion
}

/** Counts a sign-in that succeeded in an unknown browser, as a part of a larger statement (a common table expression). */
export const succeededInUnknown = (now: Date) => countOne(successesKey(now), now, untilOf(now))

/** Whether the page of a sign-in, where nobody has said yet who they are, begins with a challenge. */
export async function suspectBefore(
  { db, clock, suspects }: Pick<Reads, 'db' | 'clock'> & { suspects: Pick<Suspects, 'about'> },
  from: Here & { network: string },
) {
  const suspicion = suspects.about(from.network)
  if (!suspicion || (await isKnownToSomebody(db, from, clock.now()))) return undefined
  return suspicion
}
