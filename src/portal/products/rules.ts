/**
 * The products a person uses, and how a product loses its access. It asks neither for a fresh sign-in nor for a second
 * thought: nothing is lost that opening the product again does not bring back, and who wants it gone wants it at once.
 */
import type { Account } from '../../core/account/store.ts'
import { type Needs as HistoryNeeds, record } from '../../core/history/history.ts'
import { type NoticeFacts, type Needs as NoticeNeeds, notify } from '../../core/notice/notice.ts'
import { forgetUse, productsUsedBy } from '../../core/product/store.ts'
import { endUse } from '../../core/session/elsewhere.ts'
import type { Needs as SessionNeeds } from '../../core/session/session.ts'
import { transact } from '../../platform/database/db.ts'
import type { Origin } from '../../platform/origin.ts'

export type Needs = SessionNeeds & HistoryNeeds & NoticeNeeds

declare module '../../platform/outbox/outbox.ts' {
  interface Letters {
    'access-removed': NoticeFacts & { product: string }
  }
}

/**
 * Takes back what a product was given: consent, grants, codes and tokens, its part in every session, of which it is told.
 * Of those who ask at once one removes it; of a product that was never used, nothing.
 */
export const removeAccess = (needs: Needs, account: Account, id: string, origin: Origin): Promise<void> =>
  transact(needs.db, async (tx) => {
    const product = (await productsUsedBy(tx, account.id)).find((it) => it.id === id)
    if (!product || !(await forgetUse(tx, account.id, product.id))) return
    await endUse(needs, tx, account.id, product.id)
    await record(needs, tx, { kind: 'access-removed', account: account.id, origin, facts: { product: product.id } })
    await notify(needs, tx, {
      account: account.id,
      origin,
      letter: (said) => ({ name: 'access-removed', facts: { ...said, product: product.name } }),
    })
  })
