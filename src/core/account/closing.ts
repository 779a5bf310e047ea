/**
 * Closing an account: asked for by the person or by the operator, carried out 30 days later, taken back until then.
 * Meanwhile no product is given anything, and signing in leads to nothing but the choice to keep the account.
 */
import { after, days } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import { type Needs as HistoryNeeds, record } from '../history/history.ts'
import { endAllSessions, type Needs as SessionNeeds } from '../session/session.ts'
import { type AccountId, setClosing } from './store.ts'

export const CLOSING_TAKES = days(30)

export type Needs = SessionNeeds & HistoryNeeds
/** Whose account it is, and where who asked is. `facts` go into the history: who asked, if not the person. */
export type Asked = { account: AccountId; origin: Origin; facts?: object }

/** Sets the end, ends every session and token, tells products; false where the closing was asked for before. */
export async function askToClose(needs: Needs, tx: Tx, { account, origin, facts }: Asked): Promise<boolean> {
  const isNew = await setClosing(tx, account, after(needs.clock.now(), CLOSING_TAKES))
  if (!isNew) return false
  await endAllSessions(needs, tx, account)
  await record(needs, tx, { kind: 'account-closing', account, origin, ...(facts && { facts }) })
  return true
}

/** The account stays; false where nobody had asked to close it. */
export async function keepOpen(needs: Needs, tx: Tx, { account, origin, facts }: Asked): Promise<boolean> {
  const isKept = await setClosing(tx, account, null)
  if (isKept) await record(needs, tx, { kind: 'account-kept', account, origin, ...(facts && { facts }) })
  return isKept
}
