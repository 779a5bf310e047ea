/**
 * The products a person uses, and how a product loses its access. It asks neither for a fresh sign-in nor for a second
 * thought: nothing is lost that opening the product again does not bring back, and who wants it gone wants it at once.
 */

import { type AccountNeeds, emit } from '../../core/events/emit.ts'
import type { Account } from '../../core/model/account/store.ts'
import { forgetUse, productsUsedBy } from '../../core/model/product/store.ts'
import { disconnectProduct } from '../../core/operations/session/account-sessions.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'

/**
 * Takes back what a product was given: consent, grants, codes and tokens, its part in every session, of which it is told.
 * Of those who ask at once one removes it; of a product that was never used, nothing.
 */
export const removeAccess = (needs: AccountNeeds, account: Account, id: string, actor: Actor): Promise<void> =>
  transact(needs.db, async (tx) => {
    const product = (await productsUsedBy(tx, account.id)).find((it) => it.id === id)
    if (!product || !(await forgetUse(tx, account.id, product.id))) return
    await disconnectProduct(needs, tx, account.id, product.id)
    const said = { facts: { product: product.id }, notice: { product: product.name } }
    await emit(needs, tx, { kind: 'access-removed', account: account.id, ...said }, actor)
  })
