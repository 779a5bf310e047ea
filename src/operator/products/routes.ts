/** Products over the API, in the words of OpenID Connect client metadata where it has one. */
import { createRoute, z } from '@hono/zod-openapi'
import { grantTypes, type Product, type ProductId } from '../../core/product/product.ts'
import { listProducts } from '../../core/product/store.ts'
import type { Origin } from '../../platform/origin.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { apiRoutes, problemAnswer, problemOf, type Problems } from '../api.ts'
import {
  addProduct,
  type Needs as RulesNeeds,
  type ProductProblem,
  removeProduct,
  rotateSecret,
  showProduct,
} from './rules.ts'

export type Needs = RulesNeeds & { origin: string; originOf(c: WebContext): Origin }

const problems: Problems<ProductProblem> = {
  'id-unusable': {
    status: 422,
    title: 'The id cannot be used',
    detail: 'An id has 1 to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit.',
  },
  'id-taken': { status: 409, title: 'The id is taken', detail: 'There is a product {id} already.' },
  'name-unusable': {
    status: 422,
    title: 'The name cannot be used',
    detail: 'A name has 1 to 80 characters, and no line breaks or other invisible signs.',
  },
  'uri-unusable': {
    status: 422,
    title: 'An address cannot be used',
    detail:
      '{uri}: it must be https, in full, without a fragment, a * or a password; http on loopback only where the service itself is there, or for a native product, which may have a scheme such as com.example.app: too.',
  },
  'uri-needed': {
    status: 422,
    title: 'A redirect URI is needed',
    detail: 'With the grant authorization_code a product needs at least one redirect URI.',
  },
  'grant-needed': {
    status: 422,
    title: 'A grant is needed',
    detail: 'refresh_token alone begins nothing: add authorization_code, client_credentials or the device code grant.',
  },
  'public-without-secret': {
    status: 422,
    title: 'A public product keeps no secret',
    detail: 'client_credentials needs a secret, so a public product cannot have it.',
  },
  'no-secret': { status: 409, title: 'There is no secret', detail: '{id} is public: it keeps no secret.' },
  'resource-unusable': {
    status: 422,
    title: 'A resource cannot be used',
    detail: '{resource}: a resource is an absolute URI without a fragment (RFC 8707).',
  },
  'scope-unusable': {
    status: 422,
    title: 'A scope cannot be used',
    detail: '{scope}: a scope has printable ASCII characters, and no space, quote or backslash.',
  },
  'unknown-product': { status: 404, title: 'There is no such product', detail: 'No product has the id {id}.' },
}
const refuse = problemOf(problems)

const uris = z.array(z.string()).max(100)
const common = {
  client_name: z.string(),
  redirect_uris: uris,
  post_logout_redirect_uris: uris,
  backchannel_logout_uri: z.string().nullable(),
  grant_types: z.array(z.enum(grantTypes)).max(10),
  public: z.boolean().openapi({ description: 'Keeps no secret: a single-page or a native application.' }),
  third_party: z.boolean().openapi({ description: 'Not ours: people are asked before it learns anything.' }),
  native: z.boolean().openapi({ description: 'A native application (RFC 8252).' }),
  id_token_signed_response_alg: z.enum(['ES256', 'RS256']),
  resources: uris.openapi({ description: 'The APIs it may ask access tokens for (RFC 8707).' }),
  scopes: uris.openapi({ description: 'The scopes it may ask there.' }),
}
const productSchema = z.object({ client_id: z.string(), ...common }).openapi('Product')
const newProductSchema = z
  .strictObject({
    client_id: z.string(),
    client_name: common.client_name,
    redirect_uris: uris.default([]),
    post_logout_redirect_uris: uris.default([]),
    backchannel_logout_uri: common.backchannel_logout_uri.default(null),
    grant_types: common.grant_types.default(['authorization_code', 'refresh_token']),
    public: common.public.default(false),
    third_party: common.third_party.default(false),
    native: common.native.default(false),
    id_token_signed_response_alg: common.id_token_signed_response_alg.default('ES256'),
    resources: common.resources.default([]),
    scopes: common.scopes.default([]),
  })
  .openapi('NewProduct')
const credentialsSchema = z
  .object({
    client_id: z.string(),
    client_secret: z.string().nullable().openapi({ description: 'Shown this once; null for a public product.' }),
    issuer: z.string(),
  })
  .openapi('Credentials')
export type ProductAnswer = z.infer<typeof productSchema>
export type CredentialsAnswer = z.infer<typeof credentialsSchema>
