/**
 * Replaces the password, by change or by reset. Every session ends but the one to keep, which gets a new secret; tokens and trusted
 * browsers are revoked, and `emit` writes the event and its notice. Links and codes of earlier letters stop working, except the undo
 * of a change of address and the links of a recovery. A reset proves that the mailbox is read now: it ends the undo as well.
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
  expected?: Former
  /** The session that stays. */
  keepSession?: Session
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
  const { account, password, kind, actor, expected, keepSession, byRecovery = false } = replacement
  await holdAccount(tx, account.id) // locked first, as where the link of a letter is used: of two at once, one waits
  if (expected && !(await isStill(tx, account.id, expected))) return undefined
  const replaced = await findPassword(tx, account.id)
  if (replaced) await keepReplaced(needs, tx, account.id, replaced)
  await setPassword(needs, tx, account.id, password, needs.clock.now(), { firstUse: kind === 'password-reset' })
  await endAllSessions(needs, tx, account.id, keepSession?.uid)
  // A change by a session leaves the links of "It was not me" alone; a change by a link mailed later ends them all.
  const endsRecovery = kind === 'password-reset' && !byRecovery && (await endRecoveries(tx, account.id))
  if (kind === 'password-reset') await forgetAddressesAfter(tx, account.id, account.email, true)
  await forgetSecretsOf(tx, account.id, ['undo-email', 'take-back'])
  await deletePendingEmail(tx, account.id)
  await forgetBrowsers(tx, account.id, keepSession && actor.browser)
  await revokeTrustedBrowsers(tx, account.id)
  const session = keepSession && (await renewSecret(needs, tx, keepSession.uid))
  const since = before(needs.clock.now(), RESTORABLE_FOR)
  const waysChanged = kind === 'password-reset' && (await waysChangedSince(tx, account.id, since))
  const notice = { staysHere: keepSession !== undefined, first: expected === 'none', waysChanged }
  await emit(needs, tx, { kind, account: account.id, notice }, actor)
  return { session, tookBack: byRecovery || endsRecovery, waysChanged }
}

const isStill = async (tx: Tx, account: AccountId, expected: Former): Promise<boolean> =>
  expected === 'none' ? !(await findPassword(tx, account)) : holdPassword(tx, account, expected)
