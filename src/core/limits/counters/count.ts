/**
 * Counting before work: each is counted in one statement before anything is compared, so that n requests made at once are n
 * requests, on however many processes. Addresses are counted whether or not they have an account.
 *
 * What a stranger can feed never refuses an owner: past such a figure there is more work (admission.ts), or the count is of
 * the account or the browser alone. A code that was sent needs no count but its own tries (core/model/one-time): somebody who has
 * more codes sent meets the limits of the letters. To one mailbox go at most 20 a day (core/limits/letter-limits.ts, the
 * default), with 5 tries each: in 10,000 such days somebody who cannot read it is lucky once. Using them up keeps
 * nobody out (core/operations/letter-code.ts).
 */
import { after, type Clock } from '../../../platform/clock.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import { siteOf } from '../../../platform/web/client-address.ts'
import { type LimitFigures, type LimitName, type TimedName, windowOf } from './limits.ts'
import { type CounterKey, counterKey, countUnder, forgetCounter } from './store.ts'

/** To count under a limit of that name. */
export type Counts<Name extends LimitName> = { clock: Clock; figures: LimitFigures<Name> }
type In = { db: Db | Tx }

/**
 * A site has as much as so many of its networks: one IPv6 customer has 65,536 of them (a /48 of /64s), and one of IPv4 has one.
 * What is counted of a site, as a count of a network.
 */
const NETWORKS_OF_A_SITE = 20
export const ofNetworks = (ofSite: number): number => Math.ceil(ofSite / NETWORKS_OF_A_SITE)

/** A count over the whole service is that of so many sites at least: each has a share of the figure. */
const SITES = 20
export const shareOfSite = (figure: number): number => Math.ceil(figure / SITES)

/** Counts one for `of`, in a transaction where `db` is one; false past the limit. */
export const count = <Name extends TimedName>(
  needs: Counts<NoInfer<Name>> & In,
  name: Name,
  ...of: string[]
): Promise<boolean> => isWithin(needs, name, counterKey(name, ...of), needs.figures.limits[name])

/**
 * Counts one of somebody unknown; false past the limit of the network, or of as many as a site has: somebody who is given many
 * networks leaves no row of each then.
 */
export async function countFrom<Name extends TimedName>(
  needs: Counts<NoInfer<Name>> & In,
  name: Name,
  network: string,
): Promise<boolean> {
  const most = needs.figures.limits[name]
  const site = siteOf(network)
  const ofSite = most * NETWORKS_OF_A_SITE
  if (site !== network && !(await isWithin(needs, name, counterKey(name, site), ofSite))) return false
  return isWithin(needs, name, counterKey(name, network), most)
}

async function isWithin({ db, clock }: In & { clock: Clock }, name: TimedName, key: CounterKey, most: number) {
  const now = clock.now()
  return ((await countUnder(db, [key], now, after(now, windowOf(name)))).get(key) ?? 0) <= most
}

/** Nothing is counted any more for `of`. */
export const forgetCount = (tx: Tx, name: TimedName, ...of: string[]): Promise<void> =>
  forgetCounter(tx, counterKey(name, ...of))
