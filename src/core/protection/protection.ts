/**
 * Counting before work: a try is counted in one statement before anything is compared, so that n tries made at
 * once are n tries, on however many processes. Addresses are counted whether or not they have an account.
 */
import { after, type Clock, minutes } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/db.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { EmailKey } from '../account/email.ts'
import { countUnder, forgive } from './store.ts'

const WINDOW = minutes(15)

export type Limits = { triesPerAddress: number; triesPerNetwork: number }
export type Needs = { db: Db; clock: Clock; keyring: Keyring; figures: Limits }
/** Who tries: the address they typed, in normal form, and the network they come from. */
export type Who = { address: EmailKey; network: string }

const keysOf = ({ keyring }: Needs, who: Who) => ({
  address: `sign-in address ${keyring.mark(who.address, 'tries')}`,
  network: `sign-in network ${who.network}`,
})

/** Counts a sign-in that is about to be checked; false when there were too many and it must not be looked at. */
export async function countSignIn(needs: Needs, who: Who): Promise<boolean> {
  const keys = keysOf(needs, who)
  const now = needs.clock.now()
  const counts = await countUnder(needs.db, Object.values(keys), now, after(now, WINDOW))
  const { triesPerAddress, triesPerNetwork } = needs.figures
  return (counts.get(keys.address) ?? 0) <= triesPerAddress && (counts.get(keys.network) ?? 0) <= triesPerNetwork
}

/**
 * The sign-in was right: the address starts afresh, and the network, which may be a whole office, is not blamed for it.
 * Called after the transaction of the sign-in, so that no row of a network is held while others wait for it.
 */
export async function signInSucceeded(needs: Needs, who: Who): Promise<void> {
  const { address, network } = keysOf(needs, who)
  await forgive(needs.db, address, network)
}

/** Counts a guess at something short that anybody may try; false when there were too many from this network. */
export async function countGuess({ db, clock, figures }: Needs, what: string, network: string): Promise<boolean> {
  const key = `${what} network ${network}`
  const now = clock.now()
  const counts = await countUnder(db, [key], now, after(now, WINDOW))
  return (counts.get(key) ?? 0) <= figures.triesPerNetwork
}
