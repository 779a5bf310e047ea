/** Products over the API, in the words of OpenID Connect client metadata where it has one. */
import { createRoute, z } from '@hono/zod-openapi'
import { grantTypes, type Product, type ProductId } from '../../core/model/product/product.ts'
import { listProducts } from '../../core/model/product/store.ts'
import type { Actor } from '../../platform/actor.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { apiRoutes, jsonOf, type Problems, problemAnswer, problemOf } from '../api.ts'
import {
  addProduct,
  type ProductProblem,
  type Needs as RulesNeeds,
  removeProduct,
  requireSecondStep,
  rotateSecret,
  showProduct,
} from './rules.ts'

export type Needs = RulesNeeds & { origin: string; actorOf(c: WebContext): Actor }

const problems: Problems<ProductProblem> = {
  'id-unusable': {
    status: 422,
    title: 'The id cannot be used',
    detail: 'An id is 1 to 64 letters, digits, . _ or -, begins with a letter or digit, and is no “constructor”.',
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
const graceDays = z.int().min(0).max(365)
const common = {
  client_name: z.string(),
  redirect_uris: uris,
  post_logout_redirect_uris: uris,
  backchannel_logout_uri: z.string().nullable(),
  grant_types: z.array(z.enum(grantTypes)).max(10),
  public: z.boolean().openapi({ description: 'Keeps no secret: a single-page or a native application.' }),
  third_party: z.boolean().openapi({ description: 'Not ours: people are asked before it learns anything.' }),
  native: z.boolean().openapi({ description: 'A native application (RFC 8252).' }),
  manages_addresses: z.boolean().openapi({ description: 'Ours, and looks after the addresses of its people.' }),
  require_second_step: z.boolean().openapi({ description: 'Who goes there needs a second way to sign in.' }),
  second_step_grace_days: graceDays.openapi({ description: 'For so long that may be put off, from the first day.' }),
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
    manages_addresses: common.manages_addresses.default(false),
    require_second_step: common.require_second_step.default(false),
    second_step_grace_days: common.second_step_grace_days.default(0),
    id_token_signed_response_alg: common.id_token_signed_response_alg.default('ES256'),
    resources: common.resources.default([]),
    scopes: common.scopes.default([]),
  })
  .openapi('NewProduct')
const changesSchema = productSchema
  .pick({ require_second_step: true, second_step_grace_days: true })
  .partial()
  .strict()
  .openapi('ProductChanges', { description: 'What is left out stays as it is.' })
const credentialsSchema = z
  .object({
    client_id: z.string(),
    client_secret: z.string().nullable().openapi({ description: 'Shown this once; null for a public product.' }),
    issuer: z.string(),
  })
  .openapi('Credentials')
export type ProductAnswer = z.infer<typeof productSchema>
export type ProductChanges = z.input<typeof changesSchema>
export type NewProduct = z.input<typeof newProductSchema>
export type CredentialsAnswer = z.infer<typeof credentialsSchema>
export type ProductsAnswer = { products: ProductAnswer[] }

const tags = ['products']
const params = z.object({ id: z.string() })

const list = createRoute({
  method: 'get',
  path: '/products',
  operationId: 'listProducts',
  tags,
  summary: 'Every product',
  responses: { 200: jsonOf('The products.', z.object({ products: z.array(productSchema) })), default: problemAnswer },
})
const add = createRoute({
  method: 'post',
  path: '/products',
  operationId: 'addProduct',
  tags,
  summary: 'Registers a product',
  request: { body: { required: true, ...jsonOf('The product.', newProductSchema) } },
  responses: { 201: jsonOf('What it signs in with.', credentialsSchema), default: problemAnswer },
})
const show = createRoute({
  method: 'get',
  path: '/products/{id}',
  operationId: 'showProduct',
  tags,
  summary: 'One product',
  request: { params },
  responses: { 200: jsonOf('The product.', productSchema), default: problemAnswer },
})
const change = createRoute({
  method: 'patch',
  path: '/products/{id}',
  operationId: 'changeProduct',
  tags,
  summary: 'Requires a second way to sign in of who goes there, or no more',
  request: { params, body: { required: true, ...jsonOf('What is to change.', changesSchema) } },
  responses: { 200: jsonOf('The product as it is then.', productSchema), default: problemAnswer },
})
const remove = createRoute({
  method: 'delete',
  path: '/products/{id}',
  operationId: 'removeProduct',
  tags,
  summary: 'Removes a product, and all that it was given',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, default: problemAnswer },
})
const rotate = createRoute({
  method: 'post',
  path: '/products/{id}/secret',
  operationId: 'rotateProductSecret',
  tags,
  summary: 'Makes a new secret; the one before stops working',
  request: { params },
  responses: { 200: jsonOf('What it signs in with from now on.', credentialsSchema), default: problemAnswer },
})

export const routes = (needs: Needs) =>
  apiRoutes()
    .openapi(list, async (c) => c.json({ products: (await listProducts(needs.db)).map(shown) }, 200))
    .openapi(add, async (c) => {
      const added = await addProduct(needs, described(needs, c.req.valid('json')), needs.actorOf(c))
      if (!added.ok) return refuse(c, added)
      return c.json(credentials(needs, added.product.id, added.secret), 201)
    })
    .openapi(show, async (c) => {
      const found = await showProduct(needs, c.req.valid('param').id)
      return found.ok ? c.json(shown(found.product), 200) : refuse(c, found)
    })
    .openapi(change, async (c) => {
      const { require_second_step: required, second_step_grace_days: graceDays } = c.req.valid('json')
      const wish = { required, graceDays }
      const changed = await requireSecondStep(needs, c.req.valid('param').id, wish, needs.actorOf(c))
      return changed.ok ? c.json(shown(changed.product), 200) : refuse(c, changed)
    })
    .openapi(remove, async (c) => {
      const removed = await removeProduct(needs, c.req.valid('param').id, needs.actorOf(c))
      return removed.ok ? c.body(null, 204) : refuse(c, removed)
    })
    .openapi(rotate, async (c) => {
      const { id } = c.req.valid('param')
      const rotated = await rotateSecret(needs, id, needs.actorOf(c))
      return rotated.ok ? c.json(credentials(needs, id, rotated.secret), 200) : refuse(c, rotated)
    })

const credentials = ({ origin }: Needs, id: string, secret: string | null): CredentialsAnswer => ({
  client_id: id,
  client_secret: secret,
  issuer: origin,
})

const shown = (product: Product): ProductAnswer => ({
  client_id: product.id,
  client_name: product.name,
  redirect_uris: [...product.redirectUris],
  post_logout_redirect_uris: [...product.postLogoutRedirectUris],
  backchannel_logout_uri: product.backchannelLogoutUri,
  grant_types: [...product.grants],
  public: product.public,
  third_party: product.thirdParty,
  native: product.native,
  manages_addresses: product.managesAddresses ?? false,
  require_second_step: product.secondStep !== undefined,
  second_step_grace_days: product.secondStep?.graceDays ?? 0,
  id_token_signed_response_alg: product.idTokenAlgorithm,
  resources: [...product.resources],
  scopes: [...product.scopes],
})

const described = ({ clock }: Needs, given: z.output<typeof newProductSchema>): Product => ({
  id: given.client_id as ProductId,
  name: given.client_name,
  redirectUris: given.redirect_uris,
  postLogoutRedirectUris: given.post_logout_redirect_uris,
  backchannelLogoutUri: given.backchannel_logout_uri,
  grants: given.grant_types,
  public: given.public,
  thirdParty: given.third_party,
  native: given.native,
  managesAddresses: given.manages_addresses,
  ...(given.require_second_step && {
    secondStep: { since: clock.now().toISOString(), graceDays: given.second_step_grace_days },
  }),
  idTokenAlgorithm: given.id_token_signed_response_alg,
  resources: given.resources,
  scopes: given.scopes,
})
