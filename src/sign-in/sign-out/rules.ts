/** Signing out: of this browser, and of every product it was used for. */

import { type AccountNeeds, emit } from '../../core/events/emit.ts'
import { endSession, type Session } from '../../core/model/session/session.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'

export const signOut = (needs: AccountNeeds, session: Session, actor: Actor): Promise<void> =>
  transact(needs.db, async (tx) => {
    if (!(await endSession(needs, tx, session.uid))) return
    await emit(needs, tx, { kind: 'signed-out', account: session.account }, actor)
  })
