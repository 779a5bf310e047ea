/**
 * Closing an account: asked for by the person or by the operator, carried out 30 days later, taken back until then.
 * Meanwhile no product is given anything, and signing in leads to nothing but the choice to keep the account.
 */

import type { Actor } from '../../platform/actor.ts'
import { after, days } from '../../platform/clock.ts'
import type { Db, Tx } from '../../platform/database/db.ts'
import { transact } from '../../platform/database/db.ts'
import type { Outbox } from '../../platform/outbox/outbox.ts'
import { urls } from '../../urls.ts'
import { type AccountNeeds, emit } from '../events/emit.ts'
import { setClosing, takeUnreminded } from '../model/account/status-store.ts'
import { type Account, type AccountId, findAccount } from '../model/account/store.ts'
import type { Brand, BrandNeeds } from '../model/brand/brand.ts'
import { endAllSessions } from '../model/session/session.ts'

export const CLOSING_TAKES = days(30)
/** How long before the end the person is written to once more. */
const REMINDED_BEFORE = days(3)

/** Whose account it is, and who asks. */
export type CloseRequest = { account: AccountId; actor: Actor }

/** Sets the end, ends every session and token, tells products and the person; false where that was asked for before. */
export async function askToClose(needs: AccountNeeds, tx: Tx, { account, actor }: CloseRequest): Promise<boolean> {
  const isNew = await setClosing(tx, account, after(needs.clock.now(), CLOSING_TAKES))
  const found = isNew && (await findAccount(tx, account))
  if (!found) return false
  await endAllSessions(needs, tx, account)
  const notice = closingFacts(needs, found)
  const facts = { closesAt: notice.closesAt }
  await emit(needs, tx, { kind: 'account-closing', account, facts, notice }, actor)
  return true
}

/** `closesAt`: ISO 8601. */
export type ClosingFacts = { closesAt: string; link: string }

declare module '../../platform/outbox/outbox.ts' {
  interface Letters {
    'account-closes-soon': ClosingFacts & { brand: Brand }
  }
}

const closingFacts = (needs: { origin: string }, { closingAt }: Account): ClosingFacts => ({
  closesAt: closingAt?.toISOString() ?? '',
  link: needs.origin + urls.privacy,
})

/** The account stays; false where nobody had asked to close it. */
export async function cancelClosing(needs: AccountNeeds, tx: Tx, { account, actor }: CloseRequest): Promise<boolean> {
  const isKept = await setClosing(tx, account, null)
  const found = isKept && (await findAccount(tx, account))
  if (!found) return false
  await emit(needs, tx, { kind: 'account-kept', account, notice: {} }, actor)
  return true
}

export type ReminderNeeds = { db: Db; outbox: Outbox; origin: string } & BrandNeeds

/** Writes once to everybody whose account closes soon; answers to how many. */
export const remindOfClosing = (needs: ReminderNeeds, now: Date, count: number): Promise<number> =>
  transact(needs.db, async (tx) => {
    const accounts = await takeUnreminded(tx, now, after(now, REMINDED_BEFORE), count)
    for (const account of accounts) {
      const { id, email: to, language } = account
      const facts = { brand: needs.brandOf(), ...closingFacts(needs, account) }
      await needs.outbox.post(tx, { topic: 'mail', name: 'account-closes-soon', account: id, to, language, facts })
    }
    return accounts.length
  })
