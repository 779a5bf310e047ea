/** Signing out: of this browser, and of every product it was used for. */
import { type Needs as HistoryNeeds, record } from '../../core/history/history.ts'
import { endSession, type Session, type Needs as SessionNeeds } from '../../core/session/session.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'

export type Needs = SessionNeeds & HistoryNeeds

export const signOut = (needs: Needs, session: Session, origin: Origin): Promise<void> =>
  transact(needs.db, async (tx) => {
    if (!(await endSession(needs, tx, session.uid))) return
    await record(needs, tx, { kind: 'signed-out', account: session.account, origin })
  })
