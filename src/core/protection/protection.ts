/**
 * Counting before work: a try is counted in one statement before anything is compared, so that n tries made at
 * once are n tries, on however many processes. Addresses are counted whether or not they have an account.
 */
import { after, type Clock, days, minutes } from '../../platform/clock.ts'
import type { Db, Tx } from '../../platform/database/db.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { EmailKey } from '../account/email.ts'
import { countUnder, forgive } from './store.ts'

/** In what time the tries of a network are counted. */
export const WINDOW = minutes(15)

export type Limits = { triesPerNetwork: number }
export type Needs = { db: Db; clock: Clock; keyring: Keyring; figures: Limits }
/** Who tries: the address they typed, in normal form, and the network they come from. */
export type Who = { address: EmailKey; network: string }

/** Counts a guess at something short that anybody may try; false when there were too many from this network. */
export const countGuess = (needs: Needs, what: string, network: string): Promise<boolean> =>
  countUpTo(needs, `${what} network ${network}`, needs.figures.triesPerNetwork)

/** Letters to addresses of their choice that somebody who is signed in may ask for in a quarter of an hour. */
const ASKS_PER_ACCOUNT = 10

/** Counts such a request, from whatever networks. */
export const countAskOf = (needs: Needs, what: string, account: string): Promise<boolean> =>
  countUpTo(needs, `${what} account ${account}`, ASKS_PER_ACCOUNT)

/** Guesses at all the codes sent to one address in a day: one in 20,000 such days somebody would be lucky. */
const CODES_A_DAY = 50

/** Anybody has a code sent to an address; one of a sign-in, only who knows the password. They are counted apart. */
type CodeOf = 'address' | 'sign-in'

const codeOf = ({ keyring }: Needs, { address }: Who, what: CodeOf = 'address'): string =>
  `code ${what} ${keyring.mark(address, 'tries')}`

/** Counts a code typed for an address, however many were sent; false when it must not be looked at. */
export const countCode = async (needs: Needs, who: Who, what?: CodeOf): Promise<boolean> =>
  (await countGuess(needs, 'code', who.network)) &&
  (await countUpTo(needs, codeOf(needs, who, what), CODES_A_DAY, days(1)))

/** The codes of an address were typed to a good end: its network is not blamed for them, nor for what `also` names. */
export const codesSucceeded = (needs: Needs, who: Who, also: readonly string[]): Promise<void> =>
  forgive(needs.db, codeOf(needs, who), [`code network ${who.network}`, ...also])

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
