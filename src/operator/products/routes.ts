/** Products over the API. */
import { createRoute, z } from '@hono/zod-openapi'
import { listProducts } from '../../core/product/store.ts'
import type { Origin } from '../../platform/origin.ts'
import type { WebContext } from '../../platform/web/web.ts'
import { apiRoutes, type Problems, problemAnswer, problemOf } from '../api.ts'
import {
  addProduct,
  type ProductProblem,
  type Needs as RulesNeeds,
  removeProduct,
  requireSecondStep,
  rotateSecret,
  showProduct,
} from './rules.ts'
import { changesSchema, described, newProductSchema, productSchema, shown } from './shape.ts'

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

const credentialsSchema = z
  .object({
    client_id: z.string(),
    client_secret: z.string().nullable().openapi({ description: 'Shown this once; null for a public product.' }),
    issuer: z.string(),
  })
  .openapi('Credentials')
export type CredentialsAnswer = z.infer<typeof credentialsSchema>
const productsSchema = z.object({ products: z.array(productSchema) })
export type ProductsAnswer = z.infer<typeof productsSchema>

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
})
const tags = ['products']
const params = z.object({ id: z.string() })

const list = createRoute({
  method: 'get',
  path: '/products',
  operationId: 'listProducts',
  tags,
  summary: 'Every product',
  responses: { 200: json('The products.', productsSchema), default: problemAnswer },
})
const add = createRoute({
  method: 'post',
  path: '/products',
  operationId: 'addProduct',
  tags,
  summary: 'Registers a product',
  request: { body: { required: true, ...json('The product.', newProductSchema) } },
  responses: { 201: json('What it signs in with.', credentialsSchema), default: problemAnswer },
})
const show = createRoute({
  method: 'get',
  path: '/products/{id}',
  operationId: 'showProduct',
  tags,
  summary: 'One product',
  request: { params },
  responses: { 200: json('The product.', productSchema), default: problemAnswer },
})
const change = createRoute({
  method: 'patch',
  path: '/products/{id}',
  operationId: 'changeProduct',
  tags,
  summary: 'Requires a second way to sign in of who goes there, or no more',
  request: { params, body: { required: true, ...json('What is to change.', changesSchema) } },
  responses: { 200: json('The product as it is then.', productSchema), default: problemAnswer },
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
  responses: { 200: json('What it signs in with from now on.', credentialsSchema), default: problemAnswer },
})

export const products = (needs: Needs) =>
  apiRoutes()
    .openapi(list, async (c) => c.json({ products: (await listProducts(needs.db)).map(shown) }, 200))
    .openapi(add, async (c) => {
      const added = await addProduct(needs, described(needs, c.req.valid('json')), needs.originOf(c))
      if (!added.ok) return refuse(c, added)
      return c.json(credentials(needs, added.product.id, added.secret), 201)
    })
    .openapi(show, async (c) => {
      const found = await showProduct(needs, c.req.valid('param').id)
      return found.ok ? c.json(shown(found.product), 200) : refuse(c, found)
    })
    .openapi(change, async (c) => {
      const { require_second_step: required, second_step_grace_days: graceDays } = c.req.valid('json')
      const id = c.req.valid('param').id
      const changed = await requireSecondStep(needs, id, { required, graceDays }, needs.originOf(c))
      return changed.ok ? c.json(shown(changed.product), 200) : refuse(c, changed)
    })
    .openapi(remove, async (c) => {
      const removed = await removeProduct(needs, c.req.valid('param').id, needs.originOf(c))
      return removed.ok ? c.body(null, 204) : refuse(c, removed)
    })
    .openapi(rotate, async (c) => {
      const { id } = c.req.valid('param')
      const rotated = await rotateSecret(needs, id, needs.originOf(c))
      return rotated.ok ? c.json(credentials(needs, id, rotated.secret), 200) : refuse(c, rotated)
    })

const credentials = ({ origin }: Needs, id: string, secret: string | null): CredentialsAnswer => ({
  client_id: id,
  client_secret: secret,
  issuer: origin,
})
