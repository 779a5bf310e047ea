/** Registering products. A secret is shown once, when it is made, and stored as its hash. */

import { isDeepStrictEqual } from 'node:util'
import { type EventNeeds, emit } from '../../core/events/emit.ts'
import { revokeOfProduct } from '../../core/model/grant/store.ts'
import type { Catalogue } from '../../core/model/product/catalogue.ts'
import type { Product, ProductId } from '../../core/model/product/product.ts'
import {
  deleteProduct,
  findProduct,
  holdProduct,
  insertProduct,
  setProductSecret,
  updateProduct,
} from '../../core/model/product/store.ts'
import type { Actor } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { drawToken } from '../../platform/random.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'

export type Needs = EventNeeds & { catalogue: Catalogue; development: boolean }

/** What is wrong with a product as it is described. */
type Flaw =
  | 'id-unusable'
  | 'name-unusable'
  | 'uri-unusable'
  | 'uri-needed'
  | 'grant-needed'
  | 'public-without-secret'
  | 'resource-unusable'
  | 'scope-unusable'
type Unknown = Refused<'unknown-product'>
export type ProductProblem = Flaw | 'id-taken' | 'unknown-product' | 'no-secret'
export type Added = Done<{ product: Product; secret: string | null }>

/** No name that every object of JavaScript has: an id may become the name of a property, here or in a product's library. */
const isUsable = (id: string): boolean => ID.test(id) && !(id in {})
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/i
// Letters of any language, but no line breaks and no bidi control characters (UAX #9), which would reorder the text beside them.
const NAME = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]{1,80}$/u
// RFC 6749, section 3.3.
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/

/** Adds a product; `secret` is null for one that keeps none. */
export async function addProduct(
  needs: Needs,
  product: Product,
  actor: Actor,
): Promise<Added | Refused<Flaw | 'id-taken'>> {
  const flaw = flawOf(product, needs.development)
  if (flaw) return flaw
  const secret = product.public ? null : drawToken(needs.random)
  const isNew = await transact(needs.db, async (tx) => {
    const inserted = await insertProduct(tx, product, secret && sha256(secret), needs.clock.now())
    if (inserted) await emit(needs, tx, { kind: 'product-added', account: null, facts: { product: product.id } }, actor)
    return inserted
  })
  needs.catalogue.changed(product.id)
  return isNew ? done({ product, secret }) : refused('id-taken', { id: product.id })
}

function flawOf(product: Product, development: boolean): Refused<Flaw> | undefined {
  const { id, name, grants, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, native, resources, scopes } =
    product
  if (!isUsable(id)) return refused('id-unusable', { id })
  if (!NAME.test(name) || name.trim() === '') return refused('name-unusable')
  const uri =
    [...redirectUris, ...postLogoutRedirectUris].find((it) => !(native ? isNative : isWeb)(it, development)) ??
    (backchannelLogoutUri !== null && !isWeb(backchannelLogoutUri, development) ? backchannelLogoutUri : undefined)
  if (uri !== undefined) return refused('uri-unusable', { uri })
  if (grants.includes('authorization_code') && redirectUris.length === 0) return refused('uri-needed')
  if (!grants.some((grant) => grant !== 'refresh_token')) return refused('grant-needed')
  if (product.public && grants.includes('client_credentials')) return refused('public-without-secret')
  const resource = resources.find((it) => !isPlain(it))
  if (resource !== undefined) return refused('resource-unusable', { resource })
  const scope = scopes.find((it) => !SCOPE.test(it))
  return scope === undefined ? undefined : refused('scope-unusable', { scope })
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Addresses are compared to the letter: no fragment, no pattern, nothing that could be written in another way. */
const isPlain = (uri: string): boolean => /^[\x21-\x7e]{1,2000}$/.test(uri) && !/[#*\\]/.test(uri) && URL.canParse(uri)

/** https, or http on loopback where the service itself is being developed. */
function isWeb(uri: string, development: boolean): boolean {
  if (!isPlain(uri)) return false
  const { protocol, hostname, username, password } = new URL(uri)
  const isLocal = protocol === 'http:' && LOOPBACK.includes(hostname) && development
  return (protocol === 'https:' || isLocal) && uri.startsWith(`${protocol}//`) && username === '' && password === ''
}

/** RFC 8252: a native application may use https of its own, loopback http, or a scheme of its own with a dot in it. */
function isNative(uri: string): boolean {
  if (!isPlain(uri)) return false
  const { protocol, hostname } = new URL(uri)
  if (protocol === 'http:') return LOOPBACK.includes(hostname)
  if (protocol === 'https:') return isWeb(uri, false) && !LOOPBACK.includes(hostname)
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol)
}

/** Whether who goes there needs a second factor, and for how many days that may be put off. */
export type SecondStepWish = { required?: boolean | undefined; graceDays?: number | undefined }

/**
 * What is not said stays. The days count from the day on which it was first required: more days are more time, and only
 * who takes the requirement back begins anew. Holds here at once, within five seconds on every other process.
 */
export async function requireSecondStep(
  needs: Needs,
  id: string,
  wish: SecondStepWish,
  actor: Actor,
): Promise<Done<{ product: Product }> | Unknown> {
  const product = await transact(needs.db, async (tx) => {
    const held = ID.test(id) ? await holdProduct(tx, id) : undefined
    if (!held) return undefined
    const { secondStep: was, ...rest } = held
    const required = wish.required ?? was !== undefined
    const graceDays = wish.graceDays ?? was?.graceDays ?? 0
    const secondStep = required ? { since: was?.since ?? needs.clock.now().toISOString(), graceDays } : undefined
    if (isDeepStrictEqual(secondStep, was)) return held
    const changed = { ...rest, ...(secondStep && { secondStep }) }
    await updateProduct(tx, changed)
    const facts = { product: id, change: 'second-step', required, ...(required && { graceDays }) } as const
    await emit(needs, tx, { kind: 'product-changed', account: null, facts }, actor)
    return changed
  })
  needs.catalogue.changed(id)
  return product ? done({ product }) : unknown(id)
}

/** A new secret; the one before stops working at once here, within five seconds on every other process. */
export async function rotateSecret(
  needs: Needs,
  id: string,
  actor: Actor,
): Promise<Done<{ secret: string }> | Unknown | Refused<'no-secret'>> {
  const product = await productOf(needs, id)
  if (!product) return unknown(id)
  if (product.public) return refused('no-secret', { id })
  const secret = drawToken(needs.random)
  await transact(needs.db, async (tx) => {
    await setProductSecret(tx, product.id, sha256(secret))
    const facts = { product: id, change: 'secret' } as const
    await emit(needs, tx, { kind: 'product-changed', account: null, facts }, actor)
  })
  needs.catalogue.changed(id)
  return done({ secret })
}

/** Removes a product and all it was given: one that takes the same id later begins anew. */
export async function removeProduct(needs: Needs, id: string, actor: Actor): Promise<Done | Unknown> {
  if (!ID.test(id)) return unknown(id)
  const isGone = await transact(needs.db, async (tx) => {
    const removed = await deleteProduct(tx, id as ProductId)
    if (removed) await revokeOfProduct(tx, id)
    if (removed) await emit(needs, tx, { kind: 'product-removed', account: null, facts: { product: id } }, actor)
    return removed
  })
  needs.catalogue.changed(id)
  return isGone ? done({}) : unknown(id)
}

export async function showProduct(needs: Needs, id: string): Promise<Done<{ product: Product }> | Unknown> {
  const product = await productOf(needs, id)
  return product ? done({ product }) : unknown(id)
}

const productOf = async ({ db }: Needs, id: string): Promise<Product | undefined> =>
  ID.test(id) ? await findProduct(db, id) : undefined

const unknown = (id: string): Unknown => refused('unknown-product', { id })
