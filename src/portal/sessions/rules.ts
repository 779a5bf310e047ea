/**
 * Where a person is signed in, which browsers they have used, and how each is ended or forgotten.
 *
 * None of it asks for a fresh sign-in: a person who finds a stranger in the list must not be held up, and somebody who ends sessions
 * that are not theirs to end gains nothing by it: the owner signs in again.
 */

import { type AccountNeeds, emit } from '../../core/events/emit.ts'
import type { Account } from '../../core/model/account/store.ts'
import { productsUsedBy } from '../../core/model/product/store.ts'
import { browsersOf, forgetBrowser, type KnownBrowser } from '../../core/model/session/browsers.ts'
import type { Session } from '../../core/model/session/session.ts'
import {
  type DeviceSession,
  endOneSession,
  endOtherSessions,
  sessionsOf,
} from '../../core/operations/session/account-sessions.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'

/** Who signs in on throwaway browsers has hundreds. */
const LISTED = 50

/** `products`: by their names. `lastOnly`: how many browsers are listed, where there are more. */
export type Whereabouts = {
  sessions: readonly DeviceSession[]
  browsers: readonly KnownBrowser[]
  lastOnly: number | undefined
}

export async function whereabouts({ db, clock }: AccountNeeds, account: Account): Promise<Whereabouts> {
  const now = clock.now()
  const names = new Map<string, string>((await productsUsedBy(db, account.id)).map(({ id, name }) => [id, name]))
  const sessions = (await sessionsOf(db, account.id, now)).map((seat) => ({
    ...seat,
    products: seat.products.flatMap((id) => names.get(id) ?? []),
  }))
  const browsers = await browsersOf(db, account.id, now, LISTED + 1)
  return { sessions, browsers: browsers.slice(0, LISTED), lastOnly: browsers.length > LISTED ? LISTED : undefined }
}

/** Ends one session of the list; of one that is over already, or somebody else's, nothing. */
export const endOne = (needs: AccountNeeds, account: Account, uid: string, actor: Actor): Promise<void> =>
  transact(needs.db, async (tx) => {
    const listed = (await sessionsOf(tx, account.id, needs.clock.now())).some((seat) => seat.uid === uid)
    const ended = listed && (await endOneSession(needs, tx, account.id, uid))
    if (!ended) return
    const personal = { network: ended.network, userAgent: ended.userAgent }
    await emit(needs, tx, { kind: 'session-ended', account: account.id, personal }, actor)
  })

/** Ends every session but this one; the mailbox is told. */
export const endOthers = (
  needs: AccountNeeds,
  account: Account,
  { uid }: Pick<Session, 'uid'>,
  actor: Actor,
): Promise<void> =>
  transact(needs.db, async (tx) => {
    const facts = await endOtherSessions(needs, tx, account.id, uid)
    if (!facts) return
    await emit(needs, tx, { kind: 'other-sessions-ended', account: account.id, facts, notice: {} }, actor)
  })

/** Forgets a browser, which is unknown from now on. A session there stays. */
export const forget = (needs: AccountNeeds, account: Account, mark: string, actor: Actor): Promise<void> =>
  transact(needs.db, async (tx) => {
    const known = (await browsersOf(tx, account.id, needs.clock.now())).find((it) => it.browser_mark === mark)
    if (!known || !(await forgetBrowser(tx, account.id, mark))) return
    const personal = { network: known.network, userAgent: known.user_agent }
    await emit(needs, tx, { kind: 'browser-forgotten', account: account.id, personal }, actor)
  })
