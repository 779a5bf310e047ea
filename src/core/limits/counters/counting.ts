/**
 * Counting before work: a try is counted in one statement before anything is compared, so that n tries made at
 * once are n tries, on however many processes. Addresses are counted whether or not they have an account.
 *
 * What a stranger can feed never refuses an owner: past such a figure there is more work (admission.ts), or the count is of
 * the account or the browser alone. A code that was sent needs no count but its own tries (core/model/one-time): whoever has
 * more codes sent meets the caps of the letters. To one mailbox go at most 20 a day (core/limits/letter-limits.ts, the
 * default), with 5 tries each: in 10,000 such days somebody who cannot read it is lucky once. Whoever uses them up keeps
 * nobody out (core/operations/letter-code.ts).
 */
import { after, days, minutes } from '../../../platform/clock.ts'
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { Reads } from '../../../platform/needs.ts'
import { siteOf } from '../../../platform/web/client-address.ts'
import { countUnder, forgetKey } from './store.ts'

/** In what time the tries of a network are counted. */
export const WINDOW = minutes(15)

/**
 * A site has as much as so many of its networks: one IPv6 customer has 65,536 of them (a /48 of /64s), and one of IPv4 has one.
 * What is counted of a site, as a count of a network.
 */
const NETWORKS_OF_A_SITE = 20
export const ofNetworks = (ofSite: number): number => Math.ceil(ofSite / NETWORKS_OF_A_SITE)

/** A count over the whole service is that of so many sites at least: each has a share of the figure. */
const SITES = 20
export const shareOfSite = (figure: number): number => Math.ceil(figure / SITES)

type Needs = Pick<Reads, 'db' | 'clock'>

/** Letters to addresses of their choice that somebody who is signed in may ask for in a quarter of an hour. */
const ASKS_PER_ACCOUNT = 10

/** Counts such a request, from whatever networks. */
export const countAskOf = (needs: Needs, what: string, account: string): Promise<boolean> =>
  countUpTo(needs, `${what} account ${account}`, ASKS_PER_ACCOUNT)

/** Codes that confirm a sign-in, to one account in a day: their sender knows its password. */
const CONFIRM_CODES_A_DAY = 20
const confirmCodesOf = (account: string): string => `confirm codes ${account}`

/** Counts such a code before it is drawn, in the same transaction. */
export const countConfirmCode = (needs: Pick<Needs, 'clock'> & { db: Tx }, account: string): Promise<boolean> =>
  countUpTo(needs, confirmCodesOf(account), CONFIRM_CODES_A_DAY, days(1))

/** There is a new password: who knew the one before has no more of them. */
export const forgetConfirmCodes = (tx: Tx, account: string): Promise<void> => forgetKey(tx, confirmCodesOf(account))

/**
 * Counts what somebody unknown does from that network; false beyond `limit` of it, or of as many as a site has: whoever is
 * given many networks leaves no row of each then.
 */
export async function countFrom(needs: Needs, what: string, network: string, limit: number): Promise<boolean> {
  const site = siteOf(network)
  if (site !== network && !(await countUpTo(needs, `${what} ${site}`, limit * NETWORKS_OF_A_SITE))) return false
  return countUpTo(needs, `${what} ${network}`, limit)
}

/** Counts under a name; false beyond `limit` within `window`. In a transaction where `db` is one. */
export async function countUpTo(
  { db, clock }: Pick<Needs, 'clock'> & { db: Db | Tx },
  key: string,
  limit: number,
  window = WINDOW,
): Promise<boolean> {
  const now = clock.now()
  const counts = await countUnder(db, [key], now, after(now, window))
  return (counts.get(key) ?? 0) <= limit
}
