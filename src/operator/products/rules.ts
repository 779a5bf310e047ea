/** Registering products. A secret is shown once, when it is made, and stored as its hash. */
import { type Needs as HistoryNeeds, record } from '../../core/history/history.ts'
import type { Catalogue } from '../../core/product/catalogue.ts'
import type { Product, ProductId } from '../../core/product/product.ts'
import { deleteProduct, findProduct, insertProduct, setProductSecret } from '../../core/product/store.ts'
import type { Db } from '../../platform/database/db.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { drawToken } from '../../platform/random.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import type { Origin } from '../../platform/origin.ts'

export type Needs = HistoryNeeds & { db: Db; catalogue: Catalogue; development: boolean }

export type ProductProblem = 'id-unusable' | 'id-taken' | 'uri-unusable' | 'uri-needed' | 'public-without-secret' | 'unknown-product'
export type Added = Done<{ product: Product; secret: string | null }>

/** Adds a product; `secret` is null for one that keeps none. */
export async function addProduct(needs: Needs, product: Product, origin: Origin): Promise<Added | Refused<ProductProblem>> {
  const problem = problemOf(product, needs.development)
  if (problem) return problem
  const secret = product.public ? null : drawToken(needs.random)
  return transact(needs.db, async (tx) => {
    if (!(await insertProduct(tx, product, secret && sha256(secret), needs.clock.now())))
      return refused('id-taken', { id: product.id })
    await record(needs, tx, { kind: 'product-added', origin, facts: { product: product.id } })
    needs.catalogue.changed(product.id)
    return done({ product, secret })
  })
}

function problemOf(product: Product, development: boolean): Refused<ProductProblem> | undefined {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(product.id)) return refused('id-unusable', { id: product.id })
  const logout = product.backchannelLogoutUri === null ? [] : [product.backchannelLogoutUri]
  const bad =
    [...product.redirectUris, ...product.postLogoutRedirectUris].find((uri) => !isRedirect(uri, product.native, development)) ??
    logout.find((uri) => !isWeb(uri, development))
  if (bad !== undefined) return refused('uri-unusable', { uri: bad })
  const needsUri = product.grants.includes('authorization_code') && product.redirectUris.length === 0
  if (needsUri) return refused('uri-needed')
  return product.public && product.grants.includes('client_credentials') ? refused('public-without-secret') : undefined
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** https, or http on loopback where the service itself is being developed; compared to the letter later, so no pattern. */
function isWeb(uri: string, development: boolean): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname, hash, username, password } = new URL(uri)
  const plain = protocol === 'http:' && isLoopback(hostname) && development
  return (protocol === 'https:' || plain) && hash === '' && username === '' && password === '' && !uri.includes('*')
}

/** RFC 8252: a native application may use loopback http, or a scheme of its own with a dot in it. */
function isRedirect(uri: string, native: boolean, development: boolean): boolean {
  if (isWeb(uri, development)) return true
  if (!native || !URL.canParse(uri)) return false
  const { protocol, hostname } = new URL(uri)
  return (protocol === 'http:' && isLoopback(hostname)) || /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol)
}

/** A new secret; the one before stops working within five seconds on every process. */
export async function rotateSecret(needs: Needs, id: string, origin: Origin): Promise<Done<{ secret: string }> | Refused<ProductProblem>> {
  const product = await findProduct(needs.db, id)
  if (!product) return refused('unknown-product', { id })
  if (product.public) return refused('public-without-secret')
  const secret = drawToken(needs.random)
  await transact(needs.db, async (tx) => {
    await setProductSecret(tx, product.id, sha256(secret))
    await record(needs, tx, { kind: 'product-changed', origin, facts: { product: id, change: 'secret' } })
  })
  needs.catalogue.changed(id)
  return done({ secret })
}

export async function removeProduct(needs: Needs, id: string, origin: Origin): Promise<Done | Refused<ProductProblem>> {
  const gone = await transact(needs.db, async (tx) => {
    const removed = await deleteProduct(tx, id as ProductId)
    if (removed) await record(needs, tx, { kind: 'product-removed', origin, facts: { product: id } })
    return removed
  })
  needs.catalogue.changed(id)
  return gone ? done({}) : refused('unknown-product', { id })
}
