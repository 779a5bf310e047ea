/**
 * What texts and calls may cost. Each is counted in the transaction that posts it, before it is posted: for the person,
 * the number, the network, and the block of ten thousand numbers that whoever earns by a flood owns whole. A block is
 * stopped when its codes are sent and never entered. Whoever enters codes is no part of that: neither feeds what is counted
 * for a network, a block and the service, nor is stopped by it. Why the figures are as they are: docs/decisions/0022-text-messages-and-voice-calls.md.
 *
 *   countPhoneMessage → outbox.post(sms, voice) → … the person types the code … → phoneCodeEntered
 */
import { after, between, days, hours, inSeconds } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Log } from '../../platform/log/log.ts'
import type { Reads } from '../../platform/needs.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { type Country, countryOf, type PhoneNumber, prefixOf } from '../../platform/phone/number.ts'
import type { AccountId } from '../model/account/store.ts'
import { beginAfresh, countEach, countIfThere, countShared, countsUnder, giveBack } from './counters/store.ts'

export type PhoneFigures = { phoneCountries: 'any' | readonly Country[] }
export type PhoneNeeds = Omit<Reads, 'db'> & { log: Log; figures: PhoneFigures }
/**
 * `new-way`: anybody may have a code sent to any number; `second-step`: to a number that was proved, for who knows the password.
 * They are counted apart, or whoever has an account could use up a number's, or stop its block, and keep its owner out.
 * `known`: the mark of a browser that the account trusts, where who else knows the password uses up nothing.
 */
export type Sending = {
  number: PhoneNumber
  account: AccountId
  network: string
  purpose: 'new-way' | 'second-step'
  known?: string | undefined
}

/** `phone-too-many`: `seconds` until there is room again. `phone-prefix-stopped`: `rule`, and what it looked at. */
export type NotSent = Refused<'phone-too-many' | 'phone-country' | 'phone-prefix-stopped'>

/** In an hour from the first: of one person or to one number, from one network, to one block. */
const AN_HOUR = { person: 10, network: 100, prefix: 50 }
/** What is sent in a day before it is asked how much of it was entered, and one in how many has to be. */
const A_DAY = { prefix: { sent: 20, oneIn: 10 }, all: { sent: 40, oneIn: 3 } }
/** What of a day one account and one network have a share of, of what is sent; and one number, of what is entered. */
const SHARE = 3
/** So long who has entered a code is known for it, and for so many that are not entered since. */
const HEARD = { lasts: days(400), without: 3 }

/** Whether there is any number that may be sent to. */
export const isPhoneOn = ({ phoneCountries: served }: PhoneFigures): boolean => served === 'any' || served.length > 0

const serves = ({ phoneCountries: served }: PhoneFigures, number: PhoneNumber): boolean =>
  served === 'any' || served.includes(countryOf(number))

const networkKey = (network: string): string => `phone network ${network}`
const numberMark = ({ keyring }: Pick<Reads, 'keyring'>, number: PhoneNumber): string => keyring.mark(number, 'tries')

/** Under which is counted what was not entered since a code was, if ever one was: of an account, and of a number. */
const heardKeys = (needs: Pick<Reads, 'keyring'>, { account, number }: Pick<Sending, 'account' | 'number'>) => ({
  account: `phone heard account ${account}`,
  number: `phone heard number ${numberMark(needs, number)}`,
})

/** How many were sent and entered today, in one block and over all; by UTC, so that what is counted ends together. */
function keysOfDay({ number, purpose }: Pick<Sending, 'number' | 'purpose'>, now: Date) {
  const day = `${purpose} ${now.toISOString().slice(0, 10)}`
  const prefix = prefixOf(number)
  return {
    sent: { prefix: `phone sent ${day} ${prefix}`, all: `phone sent ${day}` },
    entered: { prefix: `phone entered ${day} ${prefix}`, all: `phone entered ${day}` },
  }
}

/** What there is room for in an hour, by the key it is counted under. */
function roomsOf(needs: PhoneNeeds, { number, account, network, purpose, known = '' }: Sending, isHeard: boolean) {
  const own: [string, number][] = [
    [`phone account ${account} ${known}`, AN_HOUR.person],
    [`phone number ${purpose} ${numberMark(needs, number)} ${known}`, AN_HOUR.person],
  ]
  const shared: [string, number][] = [
    [networkKey(network), AN_HOUR.network],
    [`phone prefix ${purpose} ${prefixOf(number)}`, AN_HOUR.prefix],
  ]
  return new Map(isHeard ? own : [...own, ...shared])
}

const endingAt = (until: Date, keys: Iterable<string>) => [...keys].map((key) => ({ key, until }))

/**
 * Counts a text or a call that is about to be posted in the same transaction. Where it is refused nothing is counted.
 * The rows are locked until the transaction ends: of n callers at once exactly as many win as there is room for.
 */
export async function countPhoneMessage(needs: PhoneNeeds, tx: Tx, sending: Sending): Promise<Done | NotSent> {
  const { clock, log, figures } = needs
  const { number } = sending
  if (!serves(figures, number)) return refused('phone-country')
  const now = clock.now()
  const heard = heardKeys(needs, sending)[sending.purpose === 'new-way' ? 'account' : 'number']
  const isHeard = ((await countIfThere(tx, heard, now)) ?? Number.POSITIVE_INFINITY) <= HEARD.without
  const rooms = roomsOf(needs, sending, isHeard)
  const counted = await countEach(tx, endingAt(after(now, hours(1)), rooms.keys()), now)
  const full = counted.filter(({ key, count }) => count > (rooms.get(key) ?? 0))
  const { stop, keys } = isHeard ? { stop: undefined, keys: [] } : await countDay(tx, sending, now)
  if (full.length === 0 && !stop) return done({})
  await giveBack(tx, [heard, ...rooms.keys(), ...keys])
  if (full.length > 0 || !stop) {
    const waits = full.map(({ until }) => Math.ceil(inSeconds(between(now, until))))
    return refused('phone-too-many', { seconds: Math.max(...waits) })
  }
  const about = { rule: stop.rule, ...stop.inputs }
  log.warn({ ...about, country: countryOf(number) }, 'a text or call was stopped: its block enters no codes')
  return refused('phone-prefix-stopped', about)
}

/** Counts what is sent today, while the account and the network have a share in it; `keys`: where it was counted. */
async function countDay(tx: Tx, sending: Sending, now: Date) {
  const { sent, entered } = keysOfDay(sending, now)
  const of = [`${sent.all} by ${sending.account}`, `${sent.all} from ${sending.network}`]
  const shares = { own: of, shared: [sent.prefix, sent.all], of, share: SHARE }
  const { counts, counted: keys } = await countShared(tx, shares, now, after(now, days(1)))
  const found = await countsUnder(tx, [entered.prefix, entered.all], now)
  const before = (key: string): number => (counts.get(key) ?? 0) - (keys.includes(key) ? 1 : 0)
  const stop = stopOf({
    prefix: { sent: before(sent.prefix), entered: found.get(entered.prefix) ?? 0 },
    all: { sent: before(sent.all), entered: found.get(entered.all) ?? 0 },
  })
  return { stop, keys }
}

type Counts = { sent: number; entered: number }
type Stop = { rule: 'prefix-not-entered' | 'service-not-entered'; inputs: Counts }

/** People enter most of the codes they ask for; of a flood nobody enters any. `all`: today, over all blocks. */
function stopOf({ prefix, all }: { prefix: Counts; all: Counts }): Stop | undefined {
  const isUnheard = ({ sent, entered }: Counts, than: { sent: number; oneIn: number }): boolean =>
    sent >= than.sent && entered * than.oneIn < sent
  if (isUnheard(prefix, A_DAY.prefix)) return { rule: 'prefix-not-entered', inputs: prefix }
  // Fresh blocks cost nothing to who owns thousands of them; the first code of a person leaves all the same.
  if (isUnheard(all, A_DAY.all) && prefix.sent >= 1 && prefix.entered === 0)
    return { rule: 'service-not-entered', inputs: all }
  return undefined
}

/** A code that was sent was entered, for the first time; its network is not blamed for it. */
export async function phoneCodeEntered(needs: Pick<Reads, 'clock' | 'keyring'>, tx: Tx, sent: Sending): Promise<void> {
  const now = needs.clock.now()
  const { entered } = keysOfDay(sent, now)
  const of = [`${entered.all} at ${numberMark(needs, sent.number)}`]
  const shares = { own: of, shared: [entered.prefix, entered.all], of, share: SHARE }
  await countShared(tx, shares, now, after(now, days(1)))
  await beginAfresh(tx, Object.values(heardKeys(needs, sent)), after(now, HEARD.lasts), networkKey(sent.network))
}
