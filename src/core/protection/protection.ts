/**
 * Counting before work: a try is counted in one statement before anything is compared, so that n tries made at
 * once are n tries, on however many processes. Addresses are counted whether or not they have an account.
 */
import { after, type Clock, days, minutes } from '../../platform/clock.ts'
import type { Db, Tx } from '../../platform/database/db.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { EmailKey } from '../account/email.ts'
import { countUnder, forget, forgive } from './store.ts'

const WINDOW = minutes(15)

export type Limits = { triesPerAddress: number; triesPerNetwork: number; asksPerNetwork: number }
export type Needs = { db: Db; clock: Clock; keyring: Keyring; figures: Limits }
/** Who tries: the address they typed, in normal form, and the network they come from. */
export type Who = { address: EmailKey; network: string }

const addressOf = (keyring: Keyring, address: EmailKey): string => `sign-in address ${keyring.mark(address, 'tries')}`

const keysOf = ({ keyring }: Needs, who: Who) => ({
  address: addressOf(keyring, who.address),
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
  await forgive(needs.db, address, [network])
}

/** The failed tries of an address are forgotten: the operator has unblocked its account. */
export const forgetFailures = ({ keyring }: Pick<Needs, 'keyring'>, tx: Tx, address: EmailKey): Promise<void> =>
  forget(tx, addressOf(keyring, address))

/** Counts a guess at something short that anybody may try; false when there were too many from this network. */
export const countGuess = (needs: Needs, what: string, network: string): Promise<boolean> =>
  countFrom(needs, `${what} network ${network}`, needs.figures.triesPerNetwork)

/** What anybody may ask for who has proved nothing: it costs us a hash, and a stranger a letter. */
export type Ask = 'sign-up' | 'reset'

/** Counts a request; false when this network asked too often and has to wait. */
export const countAsk = (needs: Needs, what: Ask, network: string): Promise<boolean> =>
  countFrom(needs, `${what} network ${network}`, needs.figures.asksPerNetwork)

/** Guesses at all the codes sent to one address in a day: one in 20,000 such days somebody would be lucky. */
const CODES_A_DAY = 50

const codeOf = ({ keyring }: Needs, { address }: Who): string => `code address ${keyring.mark(address, 'tries')}`

/** Counts a code typed for an address, however many were sent; false when it must not be looked at. */
export const countCode = async (needs: Needs, who: Who): Promise<boolean> =>
  (await countGuess(needs, 'code', who.network)) && (await countFrom(needs, codeOf(needs, who), CODES_A_DAY, days(1)))

/** The sign-up was finished: its network is not blamed for it. */
export const signUpSucceeded = (needs: Needs, who: Who): Promise<void> =>
  forgive(needs.db, codeOf(needs, who), [`code network ${who.network}`, `sign-up network ${who.network}`])

async function countFrom({ db, clock }: Needs, key: string, limit: number, window = WINDOW): Promise<boolean> {
  const now = clock.now()
  const counts = await countUnder(db, [key], now, after(now, window))
  return (counts.get(key) ?? 0) <= limit
}
