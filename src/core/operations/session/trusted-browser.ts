/**
 * A browser that an account knows came with a value of its trust cookie that was replaced before: the cookie was copied, by
 * somebody or from a backup. Who of the two is the owner cannot be told, so that neither is known any more.
 */

import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { drawToken } from '../../../platform/random.ts'
import { sha256 } from '../../../platform/secrets/keyring.ts'
import { type EventNeeds, emit } from '../../events/emit.ts'
import type { AccountId } from '../../model/account/store.ts'
import { forgetCopied, rememberBrowser } from '../../model/session/browsers.ts'
import { skipsUntil } from '../../model/session/skips.ts'

/** `session`: the new secret of the session. `trust`: the value of the trust cookie that takes the place of the one that came. */
export type SignedIn = { session: string; trust: string }

/**
 * Somebody signs in. The next value is computed from the one that came: two tabs that sign in at once, and one whose answer was
 * lost, are given the same. Where there is a copy, the two have nothing in common from now on.
 */
export async function rememberHere(
  needs: EventNeeds,
  tx: Tx,
  account: AccountId,
  actor: Actor,
  until?: Date,
): Promise<{ trust: string }> {
  const { keyring, clock, random } = needs
  const shared = keyring.mark(`${actor.browser} ${actor.trust}`, 'trust')
  const own = keyring.mark(`${actor.browser} ${actor.trust} ${account}`, 'trust')
  const next = { shared: sha256(shared), own: sha256(own) }
  const skips = until && skipsUntil(needs, account, actor, until)
  const given = await rememberBrowser(tx, account, actor, clock.now(), { next, skips })
  if (given === undefined) await tell(needs, tx, account, actor)
  return { trust: given === undefined ? drawToken(random) : given === next.shared ? shared : own }
}

/** Somebody knows the password, and is not signed in yet. */
export async function endCopied(needs: EventNeeds, tx: Tx, account: AccountId, actor: Actor): Promise<void> {
  if (await forgetCopied(tx, account, actor, needs.clock.now())) await tell(needs, tx, account, actor)
}

async function tell(needs: EventNeeds, tx: Tx, account: AccountId, actor: Actor): Promise<void> {
  await emit(needs, tx, { kind: 'browser-copied', account, notice: {} }, actor)
}
