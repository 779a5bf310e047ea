/** A product: a relying party, as its operator registered it. */
declare const brand: unique symbol
export type ProductId = string & { readonly [brand]: 'ProductId' }

export const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const
export type GrantType = (typeof grantTypes)[number]

export type Product = {
  readonly id: ProductId
  readonly name: string
  /** Someone else's product: the person is asked before it learns anything. */
  readonly thirdParty: boolean
  /** Keeps no secret (a single-page or a native application). */
  readonly public: boolean
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly backchannelLogoutUri: string | null
  readonly grants: readonly GrantType[]
  /** A native application: the port of a loopback redirect may vary (RFC 8252, section 7.3). */
  readonly native: boolean
  /** `ES256` unless a product can only verify `RS256`. */
  readonly idTokenAlgorithm: 'ES256' | 'RS256'
  /** APIs it may ask access tokens for (RFC 8707), and the scopes it may ask there. A first-party product may name any. */
  readonly resources: readonly string[]
  readonly scopes: readonly string[]
}
