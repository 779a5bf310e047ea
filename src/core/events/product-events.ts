/** Table `product_events`: what products are told of the people who use them (G1), pending until they have it. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/db.ts'
import type { AccountId } from '../model/account/store.ts'
import type { ProductId } from '../model/product/product.ts'
import { usesOf } from '../model/product/store.ts'
import type { ChangeKind, ProductChange } from './catalogue.ts'

type ProductEventsTable = {
  /** One change has one id, whichever product it is told. */
  id: string
  product_id: ProductId
  account_id: AccountId
  kind: ChangeKind
  facts: object
  state: 'pending'
  made_at: Date
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    product_events: ProductEventsTable
  }
}

type Change = ProductChange & { id: string; account: AccountId; at: Date }

/** A row for every product the person uses: one statement, however many there are. */
export async function insertForEveryProduct(tx: Tx, { id, account, kind, facts = {}, at }: Change): Promise<void> {
  await tx
    .insertInto('product_events')
    .columns(['id', 'product_id', 'account_id', 'kind', 'facts', 'state', 'made_at'])
    .expression(
      usesOf(tx, account).select([
        sql<string>`${id}`.as('id'),
        'product_id',
        'account_id',
        sql<ChangeKind>`${kind}`.as('kind'),
        sql<object>`${JSON.stringify(facts)}::jsonb`.as('facts'),
        sql<'pending'>`'pending'`.as('state'),
        sql<Date>`${at}::timestamptz`.as('made_at'),
      ]),
    )
    .execute()
}

export const changesOf = (db: Db | Tx, account: AccountId) =>
  db
    .selectFrom('product_events')
    .select(['product_id', 'kind', 'facts', 'state', 'made_at'])
    .where('account_id', '=', account)
    .orderBy('id')
    .execute()

/** What was to be told of an account that is about to be erased: its erasure says it all. */
export async function forgetChangesOf(tx: Tx, account: AccountId): Promise<void> {
  await tx.deleteFrom('product_events').where('account_id', '=', account).execute()
}
