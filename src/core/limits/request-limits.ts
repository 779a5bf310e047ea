/**
 * What anybody may ask for who has proved nothing: it costs us a hash, and a stranger a letter. Counted for the network,
 * the address and the whole service in one statement, so that n requests made at once are n requests, on however many
 * processes; for addresses with and without an account alike. Nothing is refused by these figures: past them a request
 * needs a proof of work (admission.ts), and one that is sent away without it counts for nobody.
 */
import { after } from '../../platform/clock.ts'
import { again } from '../../platform/database/db.ts'
import type { Reads } from '../../platform/needs.ts'
import { siteOf } from '../../platform/web/client-address.ts'
import type { EmailKey } from '../model/account/email.ts'
import { type Counts, ofNetworks, shareOfSite } from './counters/count.ts'
import { windowOf } from './counters/limits.ts'
import { type CounterKey, counterKey, countShared, countsUnder, giveBack } from './counters/store.ts'

export type RequestKind = 'sign-up' | 'reset'
export type RequestLimits =
  | 'work-network'
  | 'work-address'
  | 'work-service'
  | 'dear-network'
  | 'dear-address'
  | 'dear-service'
type Needs = Reads & Counts<RequestLimits>
export type AnonymousRequest = { what: RequestKind; address: EmailKey; network: string }
export type RequestCounts = { network: number; address: number; everywhere: number }

const pageKeys = (what: RequestKind, network: string) => ({
  network: counterKey('work-network', what, network),
  site: counterKey('work-network', what, siteOf(network)),
  everywhere: counterKey('work-service', what),
})

const keysOf = ({ keyring }: Pick<Needs, 'keyring'>, { what, address, network }: AnonymousRequest) => ({
  ...pageKeys(what, network),
  address: counterKey('work-address', what, keyring.mark(address, 'tries')),
})

/** Counts a request; `keys`: the counters, to take it back. */
export async function countRequest(
  needs: Needs,
  asking: AnonymousRequest,
): Promise<{ counts: RequestCounts; keys: CounterKey[] }> {
  const { db, clock } = needs
  const { limits } = needs.figures
  const { everywhere, site, ...own } = keysOf(needs, asking)
  const now = clock.now()
  const shares = {
    own: [...Object.values(own), site],
    shared: [everywhere],
    of: [site],
    share: shareOfSite(Math.min(limits['work-service'], limits['dear-service'])),
  }
  const { counts, counted } = await again(() => countShared(db, shares, now, after(now, windowOf('work-service'))))
  const at = (key: CounterKey): number => counts.get(key) ?? 0
  return {
    counts: {
      network: Math.max(at(own.network), ofNetworks(at(site))),
      address: at(own.address),
      everywhere: at(everywhere),
    },
    keys: counted,
  }
}

/** What will stand there with the next request, whose address is not known yet; for the page it is typed on. */
export async function requestsSoFar({ db, clock }: Pick<Needs, 'db' | 'clock'>, what: RequestKind, network: string) {
  const keys = pageKeys(what, network)
  const found = await countsUnder(db, Object.values(keys), clock.now())
  const next = (key: CounterKey): number => (found.get(key) ?? 0) + 1
  const ofNetwork = Math.max(next(keys.network), ofNetworks(next(keys.site)))
  return { network: ofNetwork, address: 1, everywhere: next(keys.everywhere) }
}

/** In the order in which they are counted: what is everybody's last. */
const inOrder = (keys: readonly CounterKey[]): CounterKey[] => {
  const isShared = (key: CounterKey): boolean => key.startsWith('work-service ')
  const sorted = [...new Set(keys)].sort()
  return [...sorted.filter((key) => !isShared(key)), ...sorted.filter(isShared)]
}

export const takeBackRequest = ({ db }: Pick<Needs, 'db'>, keys: readonly CounterKey[]): Promise<void> =>
  again(() => giveBack(db, inOrder(keys)))

/** A request was followed through: nobody is blamed for it. */
export const forgiveRequest = (needs: Pick<Needs, 'db' | 'keyring'>, asking: AnonymousRequest): Promise<void> =>
  takeBackRequest(needs, Object.values(keysOf(needs, asking)))
