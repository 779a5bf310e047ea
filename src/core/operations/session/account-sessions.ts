/**
 * A person's sessions as they see them: which there are, what each was used for, and how they end, one or all others.
 * Sessions are rows and nothing keeps a copy: one that has ended is over at the next request to any process.
 */
import type { Db, Tx } from '../../../platform/database/db.ts'
import type { AccountId } from '../../model/account/store.ts'
import { revokeOfSession, revokeOfUse, revokeOtherGrants } from '../../model/grant/store.ts'
import type { ProductId } from '../../model/product/product.ts'
import { forgetBrowsers, revokeTrustedBrowsers } from '../../model/session/browsers.ts'
import { deleteSessionsOf, takeProductNames } from '../../model/session/ending.ts'
import { type SessionNeeds, tellOfEnded, tellProducts } from '../../model/session/session.ts'
import * as store from '../../model/session/store.ts'

/** Where one is signed in. */
export type DeviceSession = {
  uid: string
  userAgent: string
  network: string
  seenAt: Date
  /** The ids of the products it was used for. */
  products: readonly string[]
}

const deviceSessionOf = ({ uid, user_agent, network, seen_at, details }: store.SessionRow): DeviceSession => ({
  uid,
  userAgent: user_agent,
  network,
  seenAt: seen_at,
  products: Object.entries(details.authorizations ?? {}).flatMap(([product, { sid }]) => (sid ? [product] : [])),
})

/** The one used last comes first. */
export async function sessionsOf(db: Db | Tx, account: AccountId, now: Date): Promise<DeviceSession[]> {
  return (await store.liveSessionsOf(db, account, now)).map(deviceSessionOf)
}

/**
 * Ends one session of this account, the tokens that live with it, and tells its products; its browser is asked for the
 * second step again. Answers nothing where it is over already, or somebody else's; of those who end it at once, one is
 * answered it.
 */
export async function endOneSession(
  needs: SessionNeeds,
  tx: Tx,
  account: AccountId,
  uid: string,
): Promise<DeviceSession | undefined> {
  const row = await store.deleteLiveSession(tx, account, uid, needs.clock.now())
  if (!row) return undefined
  await tellProducts(needs, tx, row)
  await revokeOfSession(tx, uid)
  await revokeTrustedBrowsers(tx, account, row.browser_mark ?? '')
  return deviceSessionOf(row)
}

/**
 * Ends every session but one, and every token that does not hang on that one, those for offline use included; browsers
 * but that of the one are as unknown as any. All are held meanwhile: of two sessions that end each other, one stays.
 * Answers nothing where there was nothing to end, or the one to keep is over itself.
 */
export async function endOtherSessions(
  needs: SessionNeeds,
  tx: Tx,
  account: AccountId,
  keep: string,
): Promise<{ sessions: number } | undefined> {
  const kept = await store.holdAmong(tx, account, keep)
  if (!kept || kept.expires_at <= needs.clock.now()) return undefined
  const { sessions, named } = await deleteSessionsOf(tx, account, keep)
  await tellOfEnded(needs, tx, account, named)
  const grants = Object.values(kept.details.authorizations ?? {}).flatMap(({ grantId }) => (grantId ? [grantId] : []))
  const revoked = await revokeOtherGrants(tx, account, grants)
  const forgotten = await forgetBrowsers(tx, account, kept.browser_mark ?? '')
  return sessions > 0 || revoked || forgotten ? { sessions } : undefined
}

/** Takes a product out of every session of an account: tokens and codes of all kinds end, and it is told. */
export async function disconnectProduct(
  needs: SessionNeeds,
  tx: Tx,
  account: AccountId,
  product: ProductId,
): Promise<void> {
  await tellOfEnded(needs, tx, account, await takeProductNames(tx, account, product))
  await revokeOfUse(tx, account, product)
}
