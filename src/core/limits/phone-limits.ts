/**
 * What texts and calls may cost. Each is counted in the transaction that posts it, before it is posted: for the person,
 * the number, the network, and the block of ten thousand numbers: fraudsters who earn by each message own whole blocks. A
 * block is stopped when codes are sent to it and never entered. An account or a number whose codes were entered is exempt:
 * it is neither counted for a network, a block and the service, nor stopped by them. Why the figures are as they are: docs/decisions/0022-text-messages-and-voice-calls.md.
 *
 *   countPhoneMessage → outbox.post(sms, voice) → … the person types the code … → phoneCodeEntered
 */
import { after, between, inSeconds } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Log } from '../../platform/log/log.ts'
import type { Reads } from '../../platform/needs.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { type Country, countryOf, type PhoneNumber, prefixOf } from '../../platform/phone/number.ts'
import type { AccountId } from '../model/account/store.ts'
import type { Counts } from './counters/count.ts'
import { type LimitFigures, windowOf } from './counters/limits.ts'
import {
  beginAfresh,
  type CounterKey,
  countEach,
  counterKey,
  countIfThere,
  countShared,
  countsUnder,
  giveBack,
} from './counters/store.ts'

export type PhoneFigures = { phoneCountries: 'any' | readonly Country[] }
type PhoneLimits =
  | 'phone-account'
  | 'phone-number'
  | 'phone-network'
  | 'phone-block'
  | 'phone-block-day'
  | 'phone-service-day'
  | 'phone-share'
  | 'phone-unentered'
export type PhoneNeeds = Omit<Reads, 'db'> & Counts<PhoneLimits> & { log: Log; figures: PhoneFigures }
/**
 * `new-way`: anybody may have a code sent to any number; `second-step`: to a number that was proved, for who knows the password.
 * They are counted apart: otherwise anybody with an account could use up the limit of a number, or stop its block, and lock
 * its owner out. `known`: the mark of a browser that the account trusts, whose messages somebody else's do not use up.
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

/** Of how many sent in a day one has to be entered: of one block, and over all. */
const ONE_IN = { prefix: 10, all: 3 }

/** Whether there is any number that may be sent to. */
export const isPhoneOn = ({ phoneCountries: served }: PhoneFigures): boolean => served === 'any' || served.length > 0

const serves = ({ phoneCountries: served }: PhoneFigures, number: PhoneNumber): boolean =>
  served === 'any' || served.includes(countryOf(number))

const networkKey = (network: string) => counterKey('phone-network', network)
const numberMark = ({ keyring }: Pick<Reads, 'keyring'>, number: PhoneNumber): string => keyring.mark(number, 'tries')

/** Under which is counted what was not entered since a code was, if ever one was: of an account, and of a number. */
const enteredKeys = (needs: Pick<Reads, 'keyring'>, { account, number }: Pick<Sending, 'account' | 'number'>) => ({
  account: counterKey('phone-unentered', 'account', account),
  number: counterKey('phone-unentered', 'number', numberMark(needs, number)),
})

/** How many were sent and entered today, in one block and over all; by UTC, so that what is counted ends together. */
function keysOfDay({ number, purpose }: Pick<Sending, 'number' | 'purpose'>, now: Date) {
  const keysOf = (what: 'sent' | 'entered') => {
    const of = [what, purpose, now.toISOString().slice(0, 10)]
    return {
      prefix: counterKey('phone-block-day', ...of, prefixOf(number)),
      all: counterKey('phone-service-day', ...of),
    }
  }
  return { sent: keysOf('sent'), entered: keysOf('entered') }
}

/** What there is room for in an hour, by the key it is counted under. */
function roomsOf(needs: PhoneNeeds, { number, account, network, purpose, known = '' }: Sending, hasEntered: boolean) {
  const { limits } = needs.figures
  const own: [CounterKey, number][] = [
    [counterKey('phone-account', account, known), limits['phone-account']],
    [counterKey('phone-number', purpose, numberMark(needs, number), known), limits['phone-number']],
  ]
  const shared: [CounterKey, number][] = [
    [networkKey(network), limits['phone-network']],
    [counterKey('phone-block', purpose, prefixOf(number)), limits['phone-block']],
  ]
  return new Map(hasEntered ? own : [...own, ...shared])
}

const endingAt = (until: Date, keys: Iterable<CounterKey>) => [...keys].map((key) => ({ key, until }))

/**
 * Counts a text or a call that is about to be posted in the same transaction. Where it is refused nothing is counted.
 * The rows are locked until the transaction ends: of n callers at once exactly as many win as there is room for.
 */
export async function countPhoneMessage(needs: PhoneNeeds, tx: Tx, sending: Sending): Promise<Done | NotSent> {
  const { clock, log, figures } = needs
  const { number } = sending
  if (!serves(figures, number)) return refused('phone-country')
  const now = clock.now()
  const entered = enteredKeys(needs, sending)[sending.purpose === 'new-way' ? 'account' : 'number']
  const hasEntered =
    ((await countIfThere(tx, entered, now)) ?? Number.POSITIVE_INFINITY) <= figures.limits['phone-unentered']
  const rooms = roomsOf(needs, sending, hasEntered)
  const counted = await countEach(tx, endingAt(after(now, windowOf('phone-account')), rooms.keys()), now)
  const full = counted.filter(({ key, count }) => count > (rooms.get(key) ?? 0))
  const { stop, keys } = hasEntered ? { stop: undefined, keys: [] } : await countDay(figures, tx, sending, now)
  if (full.length === 0 && !stop) return done({})
  await giveBack(tx, [entered, ...rooms.keys(), ...keys])
  if (full.length > 0 || !stop) {
    const waits = full.map(({ until }) => Math.ceil(inSeconds(between(now, until))))
    return refused('phone-too-many', { seconds: Math.max(...waits) })
  }
  const about = { rule: stop.rule, ...stop.inputs }
  log.warn({ ...about, country: countryOf(number) }, 'a text or call was stopped: its block enters no codes')
  return refused('phone-prefix-stopped', about)
}

/** Counts what is sent today, while the account and the network have a share in it; `keys`: where it was counted. */
async function countDay(figures: LimitFigures<PhoneLimits>, tx: Tx, sending: Sending, now: Date) {
  const { sent, entered } = keysOfDay(sending, now)
  const of = [
    counterKey('phone-share', sent.all, sending.account),
    counterKey('phone-share', sent.all, sending.network),
  ]
  const shares = { own: of, shared: [sent.prefix, sent.all], of, share: figures.limits['phone-share'] }
  const { counts, counted: keys } = await countShared(tx, shares, now, after(now, windowOf('phone-share')))
  const found = await countsUnder(tx, [entered.prefix, entered.all], now)
  const before = (key: CounterKey): number => (counts.get(key) ?? 0) - (keys.includes(key) ? 1 : 0)
  const stop = stopOf(figures, {
    prefix: { sent: before(sent.prefix), entered: found.get(entered.prefix) ?? 0 },
    all: { sent: before(sent.all), entered: found.get(entered.all) ?? 0 },
  })
  return { stop, keys }
}

type Day = { sent: number; entered: number }
type Stop = { rule: 'prefix-not-entered' | 'service-not-entered'; inputs: Day }

/** People enter most of the codes they ask for; of a flood nobody enters any. `all`: today, over all blocks. */
function stopOf({ limits }: LimitFigures<PhoneLimits>, { prefix, all }: { prefix: Day; all: Day }): Stop | undefined {
  const isUnheard = ({ sent, entered }: Day, most: number, oneIn: number): boolean =>
    sent >= most && entered * oneIn < sent
  if (isUnheard(prefix, limits['phone-block-day'], ONE_IN.prefix)) return { rule: 'prefix-not-entered', inputs: prefix }
  // Fresh blocks cost nothing to who owns thousands of them; the first code of a person leaves all the same.
  if (isUnheard(all, limits['phone-service-day'], ONE_IN.all) && prefix.sent >= 1 && prefix.entered === 0)
    return { rule: 'service-not-entered', inputs: all }
  return undefined
}

export type EnteredNeeds = Pick<Reads, 'keyring'> & Counts<'phone-share'>

/** A code that was sent was entered, for the first time; its network is not blamed for it. */
export async function phoneCodeEntered(needs: EnteredNeeds, tx: Tx, sent: Sending): Promise<void> {
  const now = needs.clock.now()
  const { entered } = keysOfDay(sent, now)
  const of = [counterKey('phone-share', entered.all, numberMark(needs, sent.number))]
  const shares = { own: of, shared: [entered.prefix, entered.all], of, share: needs.figures.limits['phone-share'] }
  await countShared(tx, shares, now, after(now, windowOf('phone-share')))
  const until = after(now, windowOf('phone-unentered'))
  await beginAfresh(tx, Object.values(enteredKeys(needs, sent)), until, networkKey(sent.network))
}
