/** A journey: a product's request, or a place of ours, interrupted until the person has proved what is needed. */

import type { AccountId } from '../core/model/account/store.ts'
import type { ProductId } from '../core/model/product/product.ts'
import type { StepUpRequirement } from '../core/operations/factor/two-step.ts'

declare const brand: unique symbol
export type JourneyId = string & { readonly [brand]: 'JourneyId' }

/** The request of a product, as the protocol checked it. */
export type ProductRequest = {
  kind: 'product'
  product: ProductId
  thirdParty: boolean
  /** The parameters as they came: with them the request can be made again when the protocol has forgotten it. */
  params: Record<string, string>
  /** The APIs it named, where it named several (RFC 8707). */
  resources?: string[]
  prompts: string[]
  scopes: string[]
  maxAge?: number
  /** Its answer goes to an address that any program of the device may have (RFC 8252, section 8.6). */
  unclaimed?: boolean
}
export type Place = StepUpRequirement & { kind: 'place'; path: string }
export type Destination = ProductRequest | Place

/** What was proved, and when (ISO 8601). */
export type Proofs = {
  identity?: string
  choice?: string
  consent?: string
  /** The password was right, in an unlikely place: its hash's SHA-256, and when. The mailbox has to confirm. */
  doubted?: { account: AccountId; password: string; at: string }
  /** The password was right, and the account has a second step: its hash's SHA-256, and when (ISO 8601). */
  password?: { account: AccountId; password: string; at: string }
  /** The browser has said that it can make passkeys, and the account has none. */
  offerPasskey?: boolean
}

export type Journey = {
  readonly id: JourneyId
  /** SHA-256 of the secret of the browser it was begun in. */
  readonly browserMark: string
  readonly destination: Destination
  /** By which the protocol's interaction is found; its own name is a secret of the browser. */
  readonly interactionMark: string | null
  /** Who proved to be there on this journey. */
  readonly account: AccountId | null
  readonly proofs: Proofs
}

/** The product that waits at its end, if one does. */
export const productOf = (journey: Pick<Journey, 'destination'> | undefined): ProductId | undefined =>
  journey?.destination.kind === 'product' ? journey.destination.product : undefined
