/**
 * What texts and calls may cost. Each is counted in the transaction that posts it, before it is posted: for the person,
 * the number, the network, and the block of ten thousand numbers that whoever earns by a flood owns whole. A block is
 * stopped when its codes are sent and never entered. Why the figures are as they are: docs/decisions/0022.
 *
 *   countPhoneMessage → outbox.post(sms, voice) → … the person types the code … → phoneCodeEntered
 */
import { after, between, type Clock, days, hours, inSeconds } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Log } from '../../platform/log/log.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { type Country, countryOf, type PhoneNumber, prefixOf } from '../../platform/phone/number.ts'
import type { Keyring } from '../../platform/secrets/keyring.ts'
import type { AccountId } from '../account/store.ts'
import { countEach, countsUnder, giveBack } from './store.ts'

export type PhoneFigures = { phoneCountries: 'any' | readonly Country[] }
export type Needs = { clock: Clock; keyring: Keyring; log: Log; figures: PhoneFigures }
/**
 * `new-way`: anybody may have a code sent to any number; `second-step`: to a number that was proved, for who knows the password.
 * They are counted apart, or whoever has an account could use up a number's, or stop its block, and keep its owner out.
 */
export type Sending = { number: PhoneNumber; account: AccountId; network: string; purpose: 'new-way' | 'second-step' }

/** `phone-too-many`: `seconds` until there is room again. `phone-prefix-stopped`: `rule`, and what it looked at. */
export type NotSent = Refused<'phone-too-many' | 'phone-country' | 'phone-prefix-stopped'>

/** In an hour from the first: of one person or to one number, from one network, to one block. */
const AN_HOUR = { person: 10, network: 100, prefix: 50 }
/** What is sent in a day before it is asked how much of it was entered, and one in how many has to be. */
const A_DAY = { prefix: { sent: 20, oneIn: 10 }, all: { sent: 40, oneIn: 3 } }

/** Whether there is any number that may be sent to. */
export const isPhoneOn = ({ phoneCountries: served }: PhoneFigures): boolean => served === 'any' || served.length > 0

const serves = ({ phoneCountries: served }: PhoneFigures, number: PhoneNumber): boolean =>
  served === 'any' || served.includes(countryOf(number))

const networkKey = (network: string): string => `phone network ${network}`

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
const roomsOf = ({ keyring }: Needs, { number, account, network, purpose }: Sending): ReadonlyMap<string, number> =>
  new Map([
    [`phone account ${account}`, AN_HOUR.person],
    [`phone number ${purpose} ${keyring.mark(number, 'tries')}`, AN_HOUR.person],
    [networkKey(network), AN_HOUR.network],
    [`phone prefix ${purpose} ${prefixOf(number)}`, AN_HOUR.prefix],
  ])

const endingAt = (until: Date, keys: Iterable<string>) => [...keys].map((key) => ({ key, until }))

/**
 * Counts a text or a call that is about to be posted in the same transaction. Where it is refused nothing is counted.
 * The rows are locked until the transaction ends: of n callers at once exactly as many win as there is room for.
 */
export async function countPhoneMessage(needs: Needs, tx: Tx, sending: Sending): Promise<Done | NotSent> {
  const { clock, log, figures } = needs
  const { number } = sending
  if (!serves(figures, number)) return refused('phone-country')
  const now = clock.now()
  const rooms = roomsOf(needs, sending)
  const { sent, entered } = keysOfDay(sending, now)
  const hourly = endingAt(after(now, hours(1)), rooms.keys())
  const daily = endingAt(after(now, days(1)), [sent.prefix, sent.all])
  const counted = await countEach(tx, [...hourly, ...daily], now)
  const full = counted.filter(({ key, count }) => count > (rooms.get(key) ?? Number.POSITIVE_INFINITY))
  const found = await countsUnder(tx, [entered.prefix, entered.all], now)
  const before = (key: string): number => (counted.find((one) => one.key === key)?.count ?? 1) - 1
  const stop = stopOf({
    prefix: { sent: before(sent.prefix), entered: found.get(entered.prefix) ?? 0 },
    all: { sent: before(sent.all), entered: found.get(entered.all) ?? 0 },
  })
  if (full.length === 0 && !stop) return done({})
  await giveBack(tx, [...rooms.keys(), sent.prefix, sent.all])
  if (full.length > 0 || !stop) {
    const waits = full.map(({ until }) => Math.ceil(inSeconds(between(now, until))))
    return refused('phone-too-many', { seconds: Math.max(...waits) })
  }
  const about = { rule: stop.rule, ...stop.inputs }
  log.warn({ ...about, country: countryOf(number) }, 'a text or call was stopped: its block enters no codes')
  return refused('phone-prefix-stopped', about)
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
export async function phoneCodeEntered(
  { clock }: Pick<Needs, 'clock'>,
  tx: Tx,
  { network, ...of }: Omit<Sending, 'account'>,
) {
  const now = clock.now()
  const { entered } = keysOfDay(of, now)
  const daily = endingAt(after(now, days(1)), [entered.prefix, entered.all])
  await countEach(tx, daily, now)
  await giveBack(tx, [networkKey(network)])
}
