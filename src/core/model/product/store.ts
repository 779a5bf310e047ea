/** Tables `products` and `product_uses`: who is registered, and which people have used what. */
import { sql } from 'kysely'
import { before, hours } from '../../../platform/clock.ts'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import type { AccountId } from '../account/store.ts'
import type { Product, ProductId } from './product.ts'

type Metadata = Omit<Product, 'id' | 'name' | 'thirdParty'>
type ProductsTable = {
  id: ProductId
  name: string
  third_party: boolean
  secret_mark: string | null
  metadata: Metadata
  created_at: Date
}
type ProductUsesTable = {
  account_id: AccountId
  product_id: ProductId
  /** What the person agreed to give a third-party product, space-separated. */
  consented_scopes: string
  first_used_at: Date
  last_used_at: Date
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    products: ProductsTable
    product_uses: ProductUsesTable
  }
}

const fromRow = (row: Row<'products'>): Product & { secretMark: string | null } => ({
  ...row.metadata,
  id: row.id,
  name: row.name,
  thirdParty: row.third_party,
  secretMark: row.secret_mark,
})

export async function findProduct(db: Db | Tx, id: string) {
  const row = await db
    .selectFrom('products')
    .selectAll()
    .where('id', '=', id as ProductId)
    .executeTakeFirst()
  return row && fromRow(row)
}

export async function listProducts(db: Db): Promise<Product[]> {
  const rows = await db.selectFrom('products').selectAll().orderBy('id').execute()
  return rows.map(fromRow).map(({ secretMark: _secretMark, ...product }) => product)
}

/** False when the id is taken. */
export async function insertProduct(tx: Tx, product: Product, secretMark: string | null, now: Date): Promise<boolean> {
  const { id, name, thirdParty, ...metadata } = product
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('products')
    .values({ id, name, third_party: thirdParty, secret_mark: secretMark, metadata, created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** The product, which nobody else changes before the transaction ends. */
export async function holdProduct(tx: Tx, id: string): Promise<Product | undefined> {
  const query = tx
    .selectFrom('products')
    .selectAll()
    .where('id', '=', id as ProductId)
  const row = await query.forUpdate().executeTakeFirst()
  if (!row) return undefined
  const { secretMark: _secretMark, ...product } = fromRow(row)
  return product
}

export async function updateProduct(tx: Tx, { id, name, thirdParty, ...metadata }: Product): Promise<void> {
  await tx.updateTable('products').set({ name, third_party: thirdParty, metadata }).where('id', '=', id).execute()
}

export async function setProductSecret(tx: Tx, id: ProductId, secretMark: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('products')
    .set({ secret_mark: secretMark })
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteProduct(tx: Tx, id: ProductId): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('products').where('id', '=', id).executeTakeFirst()
  return numDeletedRows === 1n
}

const NOTED_EVERY = hours(1)

/** Written when it is a while ago: at most once an hour. */
export async function noteUse(db: Db | Tx, account: AccountId, product: ProductId, now: Date): Promise<void> {
  await db
    .insertInto('product_uses')
    .values({ account_id: account, product_id: product, consented_scopes: '', first_used_at: now, last_used_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'product_id'])
        .doUpdateSet({ last_used_at: now })
        .where('product_uses.last_used_at', '<', before(now, NOTED_EVERY)),
    )
    .execute()
}

/** What the person agreed to goes with it. True for exactly one caller. */
export async function forgetUse(tx: Tx, account: AccountId, product: ProductId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('product_uses')
    .where('account_id', '=', account)
    .where('product_id', '=', product)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

const listOf = (scopes: string): string[] => scopes.split(' ').filter((scope) => scope !== '')

export async function consentedScopes(db: Db | Tx, account: AccountId, product: ProductId): Promise<string[]> {
  const row = await db
    .selectFrom('product_uses')
    .select('consented_scopes')
    .where('account_id', '=', account)
    .where('product_id', '=', product)
    .executeTakeFirst()
  return listOf(row?.consented_scopes ?? '')
}

export async function setConsent(tx: Tx, account: AccountId, product: ProductId, scopes: readonly string[], now: Date) {
  const consented_scopes = [...new Set(scopes)].sort().join(' ')
  await tx
    .insertInto('product_uses')
    .values({ account_id: account, product_id: product, consented_scopes, first_used_at: now, last_used_at: now })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'product_id']).doUpdateSet({ consented_scopes, last_used_at: now }),
    )
    .execute()
}

/** What a person uses, as a subquery. */
export const usesOf = (db: Db | Tx, account: AccountId) =>
  db.selectFrom('product_uses').where('account_id', '=', account)

/** Whether a product of ours that the person uses looks after their address. */
export async function addressIsManaged(db: Db | Tx, account: AccountId): Promise<boolean> {
  const row = await db
    .selectFrom('product_uses')
    .innerJoin('products', 'products.id', 'product_uses.product_id')
    .select('products.id')
    .where('product_uses.account_id', '=', account)
    .where('products.third_party', '=', false)
    .where(sql<boolean>`(metadata ->> 'managesAddresses')::boolean`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the person uses a product that requires a second factor. */
export async function usesWhatRequiresSecondStep(db: Db | Tx, account: AccountId): Promise<boolean> {
  const { rows } = await sql`select from product_uses u join products p on p.id = u.product_id
    where u.account_id = ${account} and p.metadata -> 'secondStep' is not null limit 1`.execute(db)
  return rows.length > 0
}

export type ProductUse = {
  id: ProductId
  name: string
  thirdParty: boolean
  /** What the person agreed to, where it is a third party's. */
  scopes: readonly string[]
  firstUsedAt: Date
  lastUsedAt: Date
}

/** The one that was opened last comes first. */
export async function productsUsedBy(db: Db | Tx, account: AccountId): Promise<ProductUse[]> {
  const rows = await db
    .selectFrom('product_uses')
    .innerJoin('products', 'products.id', 'product_uses.product_id')
    .select(['products.id', 'products.name', 'products.third_party'])
    .select(['product_uses.consented_scopes', 'product_uses.first_used_at', 'product_uses.last_used_at'])
    .where('product_uses.account_id', '=', account)
    .orderBy('product_uses.last_used_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    thirdParty: row.third_party,
    scopes: listOf(row.consented_scopes),
    firstUsedAt: row.first_used_at,
    lastUsedAt: row.last_used_at,
  }))
}
