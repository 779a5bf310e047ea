import { createServer, type RequestListener } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'
import type { Registration } from '../products.ts'

/** An account service as plain as can be, that signs anyone in: what the products are tested against. */
export type PlainService = {
  issuer: string
  /** The products may run before it does. */
  start(products: Registration[]): void
  /** A logout token signed with the service's key, as wrong as the test likes. */
  sign(claims: JWTPayload, typ?: string): Promise<string>
  /** From now on no token of the person is worth anything, and no product is told. */
  revokeEverything(): Promise<void>
  close(): Promise<void>
}

/** Takes a free port and refuses every connection until it is started. */
export async function plainService(): Promise<PlainService> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), kid: 'test', use: 'sig', alg: 'RS256' }
  let answer: RequestListener = (_request, response) => response.destroy()
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`
  const grants = new Set<string>()
  let provider: Provider | undefined
  return {
    issuer,
    start: (products) => {
      provider = new Provider(issuer, { ...configuration(products), jwks: { keys: [key] } })
      provider.on('grant.success', ({ oidc }) => oidc.entities.Grant && grants.add(oidc.entities.Grant.jti))
      answer = provider.callback()
    },
    sign: (claims, typ = 'logout+jwt') =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test', typ }).sign(privateKey),
    revokeEverything: async () => {
      for (const grant of grants) await (await provider?.Grant.find(grant))?.destroy()
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function configuration(products: Registration[]): Configuration {
  return {
    clients: products.map((product) => ({
      client_id: product.id,
      client_secret: `secret-of-${product.id}`,
      redirect_uris: product.redirectUris,
      post_logout_redirect_uris: product.postLogoutRedirectUris,
      backchannel_logout_uri: product.backchannelLogoutUri,
      backchannel_logout_session_required: product.id === 'ledger', // one is told the session, one the person
      grant_types: ['authorization_code', 'refresh_token'],
    })),
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    cookies: { keys: ['a key for tests'] },
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
    // the products are on this machine, where the library would not send a logout token of its own accord
    fetch: (input, init) => fetch(input, Object.assign({}, init, { dispatcher: undefined })),
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `${id} <b>Tremblay</b>`, email: `${id}@example.com` }),
    }),
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  }
}
