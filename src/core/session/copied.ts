/**
 * A browser that an account knows came with a value of its trust cookie that was replaced before: the cookie was copied, by
 * somebody or from a backup. Who of the two is the owner cannot be told, so that neither is known any more.
 */
import type { Tx } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { drawToken } from '../../platform/random.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import type { AccountId } from '../account/store.ts'
import { type Needs as HistoryNeeds, record } from '../history/history.ts'
import { type NoticeFacts, type Needs as NoticeNeeds, notify } from '../notice/notice.ts'
import { forgetCopied, rememberBrowser } from './browsers.ts'
import { skipsUntil } from './skips.ts'

export type Needs = HistoryNeeds & NoticeNeeds

declare module '../../platform/outbox/outbox.ts' {
  interface Letters {
    'browser-copied': NoticeFacts
  }
}

/** `session`: the new secret of the session. `trust`: the value of the trust cookie that takes the place of the one that came. */
export type SignedIn = { session: string; trust: string }

/**
 * Somebody signs in. The next value is computed from the one that came: two tabs that sign in at once, and one whose answer was
 * lost, are given the same. Where there is a copy, the two have nothing in common from now on.
 */
export async function rememberHere(
  needs: Needs,
  tx: Tx,
  account: AccountId,
  origin: Origin,
  until?: Date,
): Promise<{ trust: string }> {
  const { keyring, clock, random } = needs
  const shared = keyring.mark(`${origin.browser} ${origin.trust}`, 'trust')
  const own = keyring.mark(`${origin.browser} ${origin.trust} ${account}`, 'trust')
  const next = { shared: sha256(shared), own: sha256(own) }
  const skips = until && skipsUntil(needs, account, origin, until)
  const given = await rememberBrowser(tx, account, origin, clock.now(), { next, skips })
  if (given === undefined) await tell(needs, tx, account, origin)
  return { trust: given === undefined ? drawToken(random) : given === next.shared ? shared : own }
}

/** Somebody knows the password, and is not signed in yet. */
export async function endCopied(needs: Needs, tx: Tx, account: AccountId, origin: Origin): Promise<void> {
  if (await forgetCopied(tx, account, origin, needs.clock.now())) await tell(needs, tx, account, origin)
}

async function tell(needs: Needs, tx: Tx, account: AccountId, origin: Origin): Promise<void> {
  await record(needs, tx, { kind: 'browser-copied', account, origin })
  await notify(needs, tx, { account, origin, letter: (facts) => ({ name: 'browser-copied', facts }) })
}
