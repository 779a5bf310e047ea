/**
 * Tells every product that a person uses of a change to the account (G1): written down here, in the transaction of the
 * change, and pending until the product has it.
 */
import type { Clock } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database/db.ts'
import { drawId, type Random } from '../../platform/random.ts'
import type { AccountId } from '../account/store.ts'
import { insertForEveryProduct } from './store.ts'

export type ChangeKind =
  | 'address-changed'
  | 'name-changed'
  | 'password-changed'
  | 'account-blocked'
  | 'account-unblocked'
  | 'account-closing'
  | 'account-kept'
  | 'account-erased'

export type Needs = { clock: Clock; random: Random }

/** `facts`: what the change is, as far as every product may know it; never a secret. */
export const tellProductsOfChange = (
  { clock, random }: Needs,
  tx: Tx,
  account: AccountId,
  kind: ChangeKind,
  facts: object = {},
): Promise<void> =>
  insertForEveryProduct(tx, { id: drawId('chg', random, clock), account, kind, facts, at: clock.now() })
