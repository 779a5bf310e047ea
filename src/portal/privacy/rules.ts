/**
 * What a person may ask of us with their data: all of it, in a file or on a page; and its end, in 30 days unless they
 * change their mind.
 */

import { historyOf, type Past } from '../../core/events/audit-log/history.ts'
import { type AccountNeeds, emit } from '../../core/events/emit.ts'
import { changesOf } from '../../core/events/product-events.ts'
import { type Counts, count } from '../../core/limits/counters/count.ts'
import { findPendingEmail, formerAddressesOf } from '../../core/model/account/addresses.ts'
import { type Account, type AccountId, passkeyPutOffAt } from '../../core/model/account/store.ts'
import { codesLeft } from '../../core/model/factor/recovery-code-store.ts'
import { factorsOf } from '../../core/model/factor/store.ts'
import { passwordSetAt } from '../../core/model/password/store.ts'
import { productsUsedBy } from '../../core/model/product/store.ts'
import { browsersOf } from '../../core/model/session/browsers.ts'
import { liveSessionsOf } from '../../core/model/session/store.ts'
import { requestsOf } from '../../core/model/support-request/store.ts'
import { saidIn } from '../../core/operations/ask-support.ts'
import { askToClose, cancelClosing } from '../../core/operations/close-account.ts'
import { retiredFactorsOf } from '../../core/operations/former-ways/former-factors.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Db, transact } from '../../platform/database/db.ts'
import { messagesOf } from '../../platform/outbox/store.ts'
import { browserName } from '../../platform/user-agent.ts'

export const close = ({ db, ...needs }: AccountNeeds, account: AccountId, actor: Actor): Promise<boolean> =>
  transact(db, (tx) => askToClose({ ...needs, db }, tx, { account, actor }))

export const keep = ({ db, ...needs }: AccountNeeds, account: AccountId, actor: Actor): Promise<boolean> =>
  transact(db, (tx) => cancelClosing({ ...needs, db }, tx, { account, actor }))

/** Writes down that the person takes their data along, tells the mailbox, and answers the data. */
export async function exportData(needs: AccountNeeds & Counts<'data-letters'>, account: Account, actor: Actor) {
  await transact(needs.db, async (tx) => {
    const isTold = await count({ ...needs, db: tx }, 'data-letters', account.id)
    await emit(needs, tx, { kind: 'data-exported', account: account.id, notice: isTold ? {} : null }, actor)
  })
  return dataOf(needs, account)
}

/**
 * Everything that is kept of a person and about them; of secrets, only that there are some. Of a browser, the names that we
 * have for it: what it says of itself may be a stranger's text.
 */
export async function dataOf({ db, clock, keyring }: Pick<AccountNeeds, 'db' | 'clock' | 'keyring'>, account: Account) {
  const now = clock.now()
  const { id, email, firstName, lastName, language, createdAt, staffSince, twoStepSince, closingAt } = account
  return {
    madeAt: now,
    profile: { id, email, firstName, lastName, language, createdAt, staffSince, twoStepSince, closesAt: closingAt },
    passkeyPutOffAt: await passkeyPutOffAt(db, id),
    password: { setAt: (await passwordSetAt(db, id)) ?? null },
    formerAddresses: (await formerAddressesOf(db, id)).map((one) => ({
      email: one.email,
      changedAt: one.changed_at,
      undoableUntil: one.undoable_until,
    })),
    addressToConfirm: (await findPendingEmail(db, id, now))?.email ?? null,
    ...(await waysIn(db, id, now)),
    products: (await productsUsedBy(db, id)).map(({ id: product, name, scopes, firstUsedAt, lastUsedAt }) => ({
      product,
      name,
      agreedTo: scopes,
      firstUsedAt,
      lastUsedAt,
    })),
    activity: (await wholeHistoryOf(db, id)).map((one) => ({
      at: one.at,
      what: one.kind,
      facts: { ...(isOfOperator(one) && { by: 'operator' }), ...one.facts },
      network: one.network,
      ...browserName(one.userAgent),
    })),
    supportRequests: (await requestsOf(db, id, now)).map((one) => ({
      reference: one.reference,
      state: one.state,
      askedAt: one.made_at,
      endedAt: one.ended_at,
      ...saidIn({ keyring }, one),
    })),
    letters: (await messagesOf(db, id)).map((one) => ({
      to: one.recipient,
      what: one.name,
      writtenAt: one.made_at,
      state: one.state,
    })),
    toldToProducts: (await changesOf(db, id)).map((one) => ({
      product: one.product_id,
      what: one.kind,
      facts: one.facts,
      at: one.made_at,
      state: one.state,
    })),
  }
}

/** How and where the person signs in. */
async function waysIn(db: Db, id: AccountId, now: Date) {
  return {
    waysToSignIn: (await factorsOf(db, id)).map((one) => ({
      kind: one.kind,
      name: one.name,
      contact: one.contact,
      addedAt: one.made_at,
      lastUsedAt: one.last_used_at,
    })),
    waysRemoved: (await retiredFactorsOf(db, id, now)).map((one) => ({
      kind: one.factor.kind,
      name: one.factor.name,
      contact: one.factor.contact,
      addedAt: one.made_at,
      removedAt: one.ended_at,
      keptUntil: one.kept_until,
    })),
    recoveryCodesLeft: (await codesLeft(db, id)).left,
    sessions: (await liveSessionsOf(db, id, now)).map((one) => ({
      startedAt: one.started_at,
      seenAt: one.seen_at,
      endsAt: one.expires_at,
      network: one.network,
      ...browserName(one.user_agent),
    })),
    browsers: (await browsersOf(db, id, now)).map((one) => ({
      firstSeenAt: one.first_seen_at,
      lastSeenAt: one.last_seen_at,
      network: one.network,
      ...browserName(one.user_agent),
    })),
  }
}

const isOfOperator = ({ actor: { kind } }: Past): boolean => kind === 'staff' || kind === 'api-token'

const A_PAGE = 1_000

async function wholeHistoryOf(db: Db, account: AccountId): Promise<Past[]> {
  const all: Past[] = []
  for (;;) {
    const page = await historyOf(db, account, { except: [], before: all.at(-1)?.id, count: A_PAGE })
    all.push(...page)
    if (page.length < A_PAGE) return all
  }
}
