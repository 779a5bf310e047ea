/** A product as oidc-provider knows it: OpenID Connect client metadata. */
import type { AdapterPayload } from 'oidc-provider'
import type { Product } from '../../core/model/product/product.ts'

export function clientMetadata(product: Product & { secretMark: string | null }): AdapterPayload {
  const withCode = product.grants.includes('authorization_code')
  return {
    client_id: product.id,
    client_name: product.name,
    // The hash: what a product sends is hashed before it is compared with it.
    ...(product.secretMark && !product.public && { client_secret: product.secretMark }),
    token_endpoint_auth_method: product.public ? 'none' : 'client_secret_basic',
    application_type: product.native ? 'native' : 'web',
    grant_types: [...product.grants],
    response_types: withCode ? ['code'] : [],
    redirect_uris: [...product.redirectUris],
    post_logout_redirect_uris: [...product.postLogoutRedirectUris],
    id_token_signed_response_alg: product.idTokenAlgorithm,
    ...(product.backchannelLogoutUri && {
      backchannel_logout_uri: product.backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  }
}
