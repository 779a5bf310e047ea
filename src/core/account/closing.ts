/**
 * Closing an account: asked for by the person or by the operator, carried out 30 days later, taken back until then.
 * Meanwhile no product is given anything, and signing in leads to nothing but the choice to keep the account.
 */
import { after, days } from '../../platform/clock.ts'
import type { Db, Tx } from '../../platform/database/db.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'
import type { Outbox } from '../../platform/outbox/outbox.ts'
import { urls } from '../../urls.ts'
import { type Needs as EventNeeds, tellProductsOfChange } from '../event/event.ts'
import { type Needs as HistoryNeeds, record } from '../history/history.ts'
import { type NoticeFacts, type Needs as NoticeNeeds, notify } from '../notice/notice.ts'
import { endAllSessions, type Needs as SessionNeeds } from '../session/session.ts'
import { setClosing, takeUnreminded } from './standing-store.ts'
import { type Account, type AccountId, findAccount } from './store.ts'

export const CLOSING_TAKES = days(30)
/** How long before the end the person is written to once more. */
const REMINDED_BEFORE = days(3)

export type Needs = SessionNeeds & HistoryNeeds & EventNeeds & NoticeNeeds
/** Whose account it is, and where who asked is. `facts` go into the history: who asked, if not the person. */
export type Asked = { account: AccountId; origin: Origin; facts?: object }

/** Sets the end, ends every session and token, tells products and the person; false where that was asked for before. */
export async function askToClose(needs: Needs, tx: Tx, { account, origin, facts }: Asked): Promise<boolean> {
  const isNew = await setClosing(tx, account, after(needs.clock.now(), CLOSING_TAKES))
  const found = isNew && (await findAccount(tx, account))
  if (!found) return false
  await endAllSessions(needs, tx, account)
  await tellProductsOfChange(needs, tx, account, 'account-closing', { closesAt: found.closingAt })
  await record(needs, tx, { kind: 'account-closing', account, origin, ...(facts && { facts }) })
  await notify(needs, tx, {
    account,
    origin,
    letter: (said) => ({ name: 'account-closing', facts: { ...said, ...closingFacts(needs, found) } }),
  })
  return true
}

/** `closesAt`: ISO 8601. */
export type ClosingFacts = { closesAt: string; link: string }

declare module '../../platform/outbox/outbox.ts' {
  interface Letters {
    'account-closing': NoticeFacts & ClosingFacts
    'account-closes-soon': ClosingFacts & { brand: string }
    'account-kept': NoticeFacts
  }
}

const closingFacts = (needs: { origin: string }, { closingAt }: Account): ClosingFacts => ({
  closesAt: closingAt?.toISOString() ?? '',
  link: needs.origin + urls.privacy,
})

/** The account stays; false where nobody had asked to close it. */
export async function keepOpen(needs: Needs, tx: Tx, { account, origin, facts }: Asked): Promise<boolean> {
  const isKept = await setClosing(tx, account, null)
  const found = isKept && (await findAccount(tx, account))
  if (!found) return false
  await tellProductsOfChange(needs, tx, account, 'account-kept')
  await record(needs, tx, { kind: 'account-kept', account, origin, ...(facts && { facts }) })
  await notify(needs, tx, { account, origin, letter: (facts) => ({ name: 'account-kept', facts }) })
  return true
}

export type ReminderNeeds = { db: Db; outbox: Outbox; origin: string; brandName: string }

/** Writes once to everybody whose account closes soon; answers to how many. */
export const remindOfClosing = (needs: ReminderNeeds, now: Date, count: number): Promise<number> =>
  transact(needs.db, async (tx) => {
    const accounts = await takeUnreminded(tx, now, after(now, REMINDED_BEFORE), count)
    for (const account of accounts) {
      const { id, email: to, language } = account
      const facts = { brand: needs.brandName, ...closingFacts(needs, account) }
      await needs.outbox.post(tx, { topic: 'mail', name: 'account-closes-soon', account: id, to, language, facts })
    }
    return accounts.length
  })
