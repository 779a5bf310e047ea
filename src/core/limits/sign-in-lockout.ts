/**
 * Failed sign-ins in a row: first nothing, then waits, then a block (the figures are defaults). A browser that the person has used
 * before has a counter of its own, so that nobody can lock an owner out; all unknown browsers share one. Addresses without an
 * account are counted alike. An attempt during a wait or a block is not counted.
 *
 *   failures  1 2 3   4     5    6    …   10          100, ever
 *   then      -       30 s  1 m  2 m  …   blocked     the password is off until it is reset
 */
import { after, days } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Reads } from '../../platform/needs.ts'
import type { EmailKey } from '../model/account/email.ts'
import type { AccountId } from '../model/account/store.ts'
import { windowOf } from './counters/limits.ts'
import { type CounterKey, counterKey } from './counters/store.ts'
import { countSuccessfulSignIn } from './risk/risk-rules.ts'
import type { LockoutFigures } from './sign-in-lockout-store.ts'
import * as store from './sign-in-lockout-store.ts'

export type LockoutNeeds = Reads & { figures: LockoutFigures }

/** The second step of an account: all its ways share one counter. */
export type SecondStepOf = `second step of ${AccountId}`
/**
 * The address as typed, in normal form, and the mark of the browser where its person has used it before. `network`: of an
 * unknown browser that types a password, which is counted too; a known browser neither feeds nor meets that counter.
 */
export type SignInAttempt = { address: EmailKey | SecondStepOf; network?: string; browser: string }

const addressMark = ({ keyring }: Pick<Reads, 'keyring'>, address: SignInAttempt['address']): string =>
  keyring.mark(address, 'tries')
const networkKey = ({ network, browser }: SignInAttempt): CounterKey | undefined =>
  network !== undefined && browser === '' ? counterKey('sign-in-network', network) : undefined

/** An attempt that may be checked, and what holds if it fails. `until`: the end of the lockout it then causes. */
export type SignInCount = { failures: number; until: Date | null; off: boolean }

/** Longer than the waits and blocks it has caused; a row of many failures is kept a year, a stray one a month. */
const FAILURES_KEPT = days(30)
const MANY_FAILURES_KEPT = days(365)

/** The attempt must not be checked: `waits`, not now; `unproven`, not without work, since its network has used up its attempts. */
export type NotCounted = 'waits' | 'unproven'

/** Counts an attempt that is about to be checked, in one statement. `proven`: its browser has proved some work. */
export async function countSignInAttempt(
  needs: LockoutNeeds,
  who: SignInAttempt,
  proven: boolean,
): Promise<SignInCount | NotCounted> {
  const { db, clock, figures } = needs
  const now = clock.now()
  const key = networkKey(who)
  const row = await store.countAttempt(db, {
    address: addressMark(needs, who.address),
    browser: who.browser,
    ...(key && { network: { key, until: after(now, windowOf('sign-in-network')), proven } }),
    now,
    kept: after(now, FAILURES_KEPT),
    keptLong: after(now, MANY_FAILURES_KEPT),
    figures,
  })
  if (typeof row === 'string') return row
  return { failures: row.failures, until: row.blocked_until, off: row.failures_ever >= figures.limits['sign-in-off'] }
}

/** Counts an attempt of a browser that has proved no work; undefined when it must not be checked. */
export async function countSignIn(needs: LockoutNeeds, who: SignInAttempt): Promise<SignInCount | undefined> {
  const counted = await countSignInAttempt(needs, who, false)
  return typeof counted === 'string' ? undefined : counted
}

/**
 * The sign-in was right: this counter starts afresh, and the network, which may be a whole office, is not blamed for it.
 * Called after the transaction of the sign-in, so that no row of a network is held while others wait for it.
 */
export const clearFailures = (needs: LockoutNeeds, who: SignInAttempt): Promise<void> =>
  store.clearLockout(needs.db, {
    address: addressMark(needs, who.address),
    browser: who.browser,
    network: networkKey(who),
    ...(who.browser === '' && { also: countSuccessfulSignIn(needs.clock.now()) }),
  })

/** The password was right, though there is more to show before it is a sign-in: no failure, and no success yet. */
export const clearPasswordFailures = (needs: LockoutNeeds, who: SignInAttempt): Promise<void> =>
  store.clearLockout(needs.db, {
    address: addressMark(needs, who.address),
    browser: who.browser,
    network: networkKey(who),
  })

/** The confirmation succeeded, in an unknown browser; its network was cleared when the password was right. */
export const clearConfirmedFailures = (needs: LockoutNeeds, address: EmailKey): Promise<void> =>
  clearFailures(needs, { address, browser: '' })

/** Waits and the block end; how many there were is remembered, so that the next block lasts longer. False where nothing counted. */
export const liftBlock = (needs: Pick<Reads, 'keyring'>, tx: Tx, address: EmailKey): Promise<boolean> =>
  store.lift(tx, addressMark(needs, address))

/** There is a new password, or the operator says so: nothing counts any more. */
export const forgetFailures = (
  needs: Pick<Reads, 'keyring'>,
  tx: Tx,
  address: SignInAttempt['address'],
): Promise<void> => store.forgetAll(tx, addressMark(needs, address))
