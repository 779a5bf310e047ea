/**
 * What anybody may ask for who has proved nothing: it costs us a hash, and a stranger a letter. Counted for the network,
 * the address and the whole service in one statement, so that n requests made at once are n requests, on however many
 * processes; for addresses with and without an account alike.
 */
import { after, type Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { EmailKey } from '../account/email.ts'
import { WINDOW } from './protection.ts'
import { countsUnder, countUnder } from './store.ts'

export type Ask = 'sign-up' | 'reset' | 'change-email'
/** How many in a quarter of an hour. */
export type AskLimits = { asksPerNetwork: number; asksPerAddress: number; asksEverywhere: number }
export type Needs = { db: Db; clock: Clock; keyring: Keyring; figures: AskLimits }
export type Asking = { what: Ask; address: EmailKey; network: string }
export type AskCounts = { network: number; address: number; everywhere: number }

const networkKey = (what: Ask, network: string): string => `${what} network ${network}`
const everywhereKey = (what: Ask): string => `${what} everywhere`

const keysOf = ({ keyring }: Pick<Needs, 'keyring'>, { what, address, network }: Asking) => ({
  network: networkKey(what, network),
  address: `${what} address ${keyring.mark(address, 'tries')}`,
  everywhere: everywhereKey(what),
})

/** Counts a request; `tooMany` when it must not be looked at: whose limit is passed, that of the address if no other is. */
export async function countAsk(
  needs: Needs,
  asking: Asking,
): Promise<AskCounts & { tooMany: keyof AskCounts | undefined }> {
  const { db, clock, figures } = needs
  const keys = keysOf(needs, asking)
  const now = clock.now()
  const found = await countUnder(db, Object.values(keys), now, after(now, WINDOW))
  const [network, address, everywhere] = [keys.network, keys.address, keys.everywhere].map((key) => found.get(key) ?? 0)
  const counts = { network: network ?? 0, address: address ?? 0, everywhere: everywhere ?? 0 }
  return { ...counts, tooMany: passed(figures, counts) }
}

function passed(figures: AskLimits, { network, address, everywhere }: AskCounts): keyof AskCounts | undefined {
  if (network > figures.asksPerNetwork) return 'network'
  if (everywhere > figures.asksEverywhere) return 'everywhere'
  return address > figures.asksPerAddress ? 'address' : undefined
}

/** What will stand there with the next request, whose address is not known yet; for the page it is typed on. */
export async function askedSoFar({ db, clock }: Pick<Needs, 'db' | 'clock'>, what: Ask, network: string) {
  const keys = [networkKey(what, network), everywhereKey(what)] as const
  const found = await countsUnder(db, keys, clock.now())
  return { network: (found.get(keys[0]) ?? 0) + 1, address: 1, everywhere: (found.get(keys[1]) ?? 0) + 1 }
}

/** What a request that was followed through takes back: nobody is blamed for it. */
export const keysOfAsk = (needs: Pick<Needs, 'keyring'>, asking: Asking): string[] =>
  Object.values(keysOf(needs, asking))
