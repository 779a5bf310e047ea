/** Takes an account back into its owner's hands, once they have shown that they read its mailbox. */
import type { Duration } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Needs as HistoryNeeds, record } from '../history/history.ts'
import { draw, type Needs as OneTimeNeeds } from '../one-time/one-time.ts'
import { endAllSessions, type Needs as SessionNeeds } from '../session/session.ts'
import type { AccountId } from './store.ts'
import { withdrawRequest } from './support/request.ts'

export type Needs = SessionNeeds &
  HistoryNeeds &
  OneTimeNeeds & { figures: SessionNeeds['figures'] & { resetLives: Duration } }

/**
 * Ends every session, withdraws what somebody else may have asked support for, and answers a new reset link, for the page
 * that chooses a new password.
 */
export async function secureAccount(needs: Needs, tx: Tx, account: AccountId, origin: Origin): Promise<string> {
  await endAllSessions(needs, tx, account)
  await withdrawRequest(needs, tx, account, origin)
  const lives = needs.figures.resetLives
  const { link } = await draw(needs, tx, { purpose: 'reset', subject: account, lives, tries: 0 })
  await record(needs, tx, { kind: 'not-me', account, origin })
  return link
}
