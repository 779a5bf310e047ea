/**
 * A password takes the place of another, whatever the way: every session ends but the one that may stay, under a new
 * secret; tokens are dead, every other browser is unknown again, products are told, the history has it, a notice goes
 * out. What earlier letters brought (a reset link, "it was not me", a code) works no more, whoever has read them, but for
 * what undoes a change of address and the links of whoever took the account back. A reset shows that the mailbox is read now:
 * what was written to it before undoes nothing either.
 */

import type { Actor } from '../../../platform/actor.ts'
import { before } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import type { EventKind } from '../../events/catalogue.ts'
import { type AccountNeeds, emit } from '../../events/emit.ts'
import { deletePendingEmail, forgetAddressesAfter } from '../../model/account/addresses.ts'
import { type Account, type AccountId, holdAccount } from '../../model/account/store.ts'
import { forgetSecretsOf } from '../../model/one-time/store.ts'
import type { HashedPassword } from '../../model/password/hashing.ts'
import { findPassword, holdPassword, setPassword } from '../../model/password/store.ts'
import { endRecoveries } from '../../model/recovery/store.ts'
import { forgetBrowsers, revokeTrustedBrowsers } from '../../model/session/browsers.ts'
import { endAllSessions, renewSecret, type Session } from '../../model/session/session.ts'
import { RESTORABLE_FOR, waysChangedSince } from '../former-ways/former-factors.ts'
import { keepReplaced } from '../former-ways/former-passwords.ts'

export type Former = HashedPassword | 'none'

export type Replacement = {
  account: Account
  password: HashedPassword
  kind: Extract<EventKind, 'password-reset' | 'password-changed'>
  actor: Actor
  /** The password it takes the place of, where that one, or that there is none, is what allows it: of two at once, one wins. */
  former?: Former
  /** The session that stays. */
  stays?: Session
  /** It is chosen after "It was not me": links of a later one still work. */
  byRecovery?: boolean
}

/**
 * What became of it: `session` is the new secret of the session that stays, if it has not ended meanwhile. `tookBack`: the
 * account had been taken back, by this link or by one that was still open. `waysChanged`: it
 * was reset, and ways to sign in were changed lately, which stay: somebody has to look at them.
 */
export type Replaced = { session: string | undefined; tookBack: boolean; waysChanged: boolean }

/** Undefined where the password is not the former one any more: nothing has happened then. */
export async function replacePassword(
  needs: AccountNeeds,
  tx: Tx,
  replacement: Replacement,
): Promise<Replaced | undefined> {
  const { account, password, kind, actor, former, stays, byRecovery = false } = replacement
  await holdAccount(tx, account.id) // first, as whoever presses the link of a letter: of the two, one waits
  if (former && !(await isStill(tx, account.id, former))) return undefined
  const replaced = await findPassword(tx, account.id)
  if (replaced) await keepReplaced(needs, tx, account.id, replaced)
  await setPassword(needs, tx, account.id, password, needs.clock.now(), { firstUse: kind === 'password-reset' })
  await endAllSessions(needs, tx, account.id, stays?.uid)
  // A change by a session leaves the links of "It was not me" alone; a change by a link mailed later ends them all.
  const endsRecovery = kind === 'password-reset' && !byRecovery && (await endRecoveries(tx, account.id))
  if (kind === 'password-reset') await forgetAddressesAfter(tx, account.id, account.email, true)
  await forgetSecretsOf(tx, account.id, ['undo-email', 'take-back'])
  await deletePendingEmail(tx, account.id)
  await forgetBrowsers(tx, account.id, stays && actor.browser)
  await revokeTrustedBrowsers(tx, account.id)
  const session = stays && (await renewSecret(needs, tx, stays.uid))
  const since = before(needs.clock.now(), RESTORABLE_FOR)
  const waysChanged = kind === 'password-reset' && (await waysChangedSince(tx, account.id, since))
  const notice = { staysHere: stays !== undefined, first: former === 'none', waysChanged }
  await emit(needs, tx, { kind, account: account.id, notice }, actor)
  return { session, tookBack: byRecovery || endsRecovery, waysChanged }
}

const isStill = async (tx: Tx, account: AccountId, former: Former): Promise<boolean> =>
  former === 'none' ? !(await findPassword(tx, account)) : holdPassword(tx, account, former)
