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
  /** Ours, and looks after the addresses of its people: they cannot change them here. */
  readonly managesAddresses?: boolean
  /** Who goes there needs a second factor: since when (ISO 8601), and for how many days it may be put off. */
  readonly secondStep?: { readonly since: string; readonly graceDays: number }
  /** `ES256` unless a product can only verify `RS256`. */
  readonly idTokenAlgorithm: 'ES256' | 'RS256'
  /** APIs it may ask access tokens for (RFC 8707), and the scopes it may ask there. A first-party product may name any. */
  readonly resources: readonly string[]
  readonly scopes: readonly string[]
}

/** A scope of one API, by one name: what is agreed to for one is not agreed to for another (RFC 8707; no `#` in either). */
export const scopeAt = (resource: string, scope: string): string => `${resource}#${scope}`

/** The reverse of `scopeAt`; `resource` is undefined for a scope of ours. */
export function partsOfScope(name: string): { resource: string | undefined; scope: string } {
  const at = name.indexOf('#')
  return at < 0 ? { resource: undefined, scope: name } : { resource: name.slice(0, at), scope: name.slice(at + 1) }
}
