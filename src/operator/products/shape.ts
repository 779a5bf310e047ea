/** A product as the API takes it and tells it, in the words of OpenID Connect client metadata where it has one. */
import { z } from '@hono/zod-openapi'
import { grantTypes, type Product, type ProductId } from '../../core/product/product.ts'
import type { Clock } from '../../platform/clock.ts'

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
  manages_addresses: z.boolean().openapi({ description: 'Ours, and looks after the addresses of its people.' }),
  require_second_step: z.boolean().openapi({ description: 'Who goes there needs a second way to sign in.' }),
  second_step_grace_days: z
    .int()
    .min(0)
    .max(365)
    .openapi({ description: 'How long that may be put off, from the day on which it was first required.' }),
  id_token_signed_response_alg: z.enum(['ES256', 'RS256']),
  resources: uris.openapi({ description: 'The APIs it may ask access tokens for (RFC 8707).' }),
  scopes: uris.openapi({ description: 'The scopes it may ask there.' }),
}
export const productSchema = z.object({ client_id: z.string(), ...common }).openapi('Product')
export const newProductSchema = z
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
export const changesSchema = z
  .strictObject({
    require_second_step: common.require_second_step.optional(),
    second_step_grace_days: common.second_step_grace_days.optional(),
  })
  .openapi('ProductChanges', { description: 'What is left out stays as it is.' })
export type ProductAnswer = z.infer<typeof productSchema>
export type ProductChanges = z.input<typeof changesSchema>
export type NewProduct = z.input<typeof newProductSchema>

export const shown = (product: Product): ProductAnswer => ({
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

export const described = ({ clock }: { clock: Clock }, given: z.output<typeof newProductSchema>): Product => ({
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
