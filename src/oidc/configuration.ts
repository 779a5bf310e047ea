/** How oidc-provider is set up: what is offered, what is demanded, how long things live, which page asks. */
import type { JWK } from 'jose'
import { type Client, type Configuration, errors } from 'oidc-provider'
import { type Account, type AccountId, findAccount, stateOf } from '../core/model/account/store.ts'
import { acrs } from '../core/model/session/acr.ts'
import { epochSeconds, inSeconds, systemClock } from '../platform/clock.ts'
import { languages } from '../platform/languages/languages.ts'
import { makeAdapter } from './adapter/adapter.ts'
import { interactionUrl } from './bridge.ts'
import { loadGrant } from './grants.ts'
import { type ProtocolNeeds, shortCookies } from './needs.ts'
import { routes } from './paths.ts'
import { deviceDone, deviceForm, deviceQuestion } from './surface/device.tsx'
import { errorPage } from './surface/errors.tsx'
import { policy } from './surface/prompts.ts'
import { boundRequest } from './surface/request-middleware.tsx'
import { signOutDone, signOutQuestion } from './surface/sign-out.tsx'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export function configuration(needs: ProtocolNeeds, keys: JWK[]): Configuration {
  const secure = needs.origin.startsWith('https:')
  return {
    adapter: makeAdapter(needs),
    jwks: { keys },
    routes,
    ...offered,
    extraParams: { state: boundRequest },
    ...lifetimes(needs),
    cookies: {
      names: { session: needs.cookies.session, ...shortCookies(needs) },
      long: { httpOnly: true, sameSite: 'lax', path: '/', secure, signed: false },
      short: { httpOnly: true, sameSite: 'lax', secure, signed: false },
    },
    features: features(needs),
    interactions: { policy: policy(needs), url: interactionUrl(needs) },
    loadExistingGrant: (ctx) => loadGrant(needs, ctx),
    findAccount: async (ctx, id) => account(needs, id, ctx.oidc.session?.accountId === id),
    renderError: (ctx, out, error) => errorPage(needs, ctx, out, error),
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => /^https?:/.test(uri) && new URL(uri).origin === origin),
    // The only addresses it goes to are those of logout tokens, which the operator has registered: a product on the
    // company's own network, or on this machine, may be one. The library's own dispatcher would refuse private addresses.
    fetch: (url, options) => {
      const { dispatcher: _dispatcher, ...plain } = { dispatcher: undefined, ...options }
      return fetch(url, { ...plain, signal: AbortSignal.timeout(5_000) })
    },
  }
}

const offered: Configuration = {
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  claims: {
    openid: ['sub', 'acr', 'amr', 'auth_time'],
    email: ['email', 'email_verified'],
    profile: ['name', 'given_name', 'family_name', 'locale'],
  },
  acrValues: [...acrs],
  // Small products read the ID token and never ask the userinfo endpoint.
  conformIdTokenClaims: false,
  discovery: {
    prompt_values_supported: ['none', 'login', 'consent', 'select_account', 'create'],
    ui_locales_supported: languages.map(({ code }) => code),
  },
  responseTypes: ['code'],
  subjectTypes: ['public'],
  // OpenID Connect Core 1.0, section 3.1.2.1: the redirect URI is said, however many are registered.
  allowOmittingSingleRegisteredRedirectUri: false,
  pkce: { required: () => true },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
  enabledJWA: {
    idTokenSigningAlgValues: ['ES256', 'RS256'],
    userinfoSigningAlgValues: ['ES256', 'RS256'],
    introspectionSigningAlgValues: ['ES256', 'RS256'],
  },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  // With a refresh token a product stays signed in as long as the session lives; with offline_access, longer.
  issueRefreshToken: async (_ctx, client, code) =>
    client.grantTypeAllowed('refresh_token') && code.scopes.has('openid'),
  expiresWithSession: async (_ctx, code) => !code.scopes.has('offline_access'),
  // RFC 9700, section 4.14.2: rotated where the token is not bound to a client that can prove itself.
  rotateRefreshToken: ({ oidc }) =>
    oidc.client?.clientAuthMethod === 'none' && !oidc.entities.RefreshToken?.isSenderConstrained(),
}

function lifetimes({ figures }: ProtocolNeeds): Configuration {
  const offlineLongest = 90 * DAY
  return {
    ttl: {
      AccessToken: 10 * MINUTE,
      AuthorizationCode: MINUTE,
      ClientCredentials: 10 * MINUTE,
      DeviceCode: 10 * MINUTE,
      IdToken: 10 * MINUTE,
      Grant: offlineLongest,
      Interaction: 2 * HOUR,
      // Idle for 30 days at most, 90 days in all, however often it was rotated (ASVS 5.0, 10.4.8).
      RefreshToken: (_ctx, token) => {
        const now = epochSeconds(systemClock.now()) // as the library tells the time when it sets `iiat`
        const age = now - (token.iiat ?? token.iat ?? now)
        return Math.max(Math.floor(Math.min(30 * DAY, offlineLongest - age)), 1)
      },
      // Of the cookie; the session itself ends as core/model/session says.
      Session: inSeconds(figures.sessionMax),
    },
  }
}

function features(needs: ProtocolNeeds): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    dPoP: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
    introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => mayIntrospect(needs, client, token) },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx) => signOutQuestion(needs, ctx),
      postLogoutSuccessSource: (ctx) => signOutDone(ctx),
    },
    deviceFlow: {
      enabled: true,
      charset: 'base-20',
      mask: '****-****',
      deviceInfo: () => ({}), // no page shows it, and a stranger would write what we keep
      userCodeInputSource: (ctx, _form, _out, error) => deviceForm(needs, ctx, error),
      userCodeConfirmSource: (ctx, _form, client, _info, code) => deviceQuestion(needs, ctx, client, code),
      successSource: (ctx) => deviceDone(ctx),
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: async () => true,
      getResourceServerInfo: (_ctx, resource, client) => resourceServer(needs, resource, client.clientId),
    },
  }
}

/** Of its own tokens any product that can prove itself; of access tokens it was given, those of ours, whose APIs they are for. */
async function mayIntrospect(
  { catalogue }: ProtocolNeeds,
  client: Client,
  token: { kind: string; clientId?: string | undefined },
) {
  if (client.clientAuthMethod === 'none') return false
  if (token.clientId === client.clientId) return true
  return token.kind !== 'RefreshToken' && (await catalogue.find(client.clientId))?.thirdParty === false
}

/** RFC 8707: our own products may name any API of the company, others those they were registered for. */
async function resourceServer({ catalogue }: ProtocolNeeds, resource: string, clientId: string) {
  const product = await catalogue.find(clientId)
  if (!product || (product.thirdParty && !product.resources.includes(resource))) throw new errors.InvalidTarget()
  return {
    scope: product.scopes.join(' '),
    audience: resource,
    accessTokenFormat: 'jwt' as const,
    accessTokenTTL: 10 * MINUTE,
    jwt: { sign: { alg: 'ES256' as const } },
  }
}

/**
 * A live session has an account, which is read where it is needed, for the claims. Without a session nothing
 * is given out for an account that is blocked or closing.
 */
async function account({ db }: ProtocolNeeds, id: string, hasSession: boolean) {
  const found = hasSession ? undefined : await findAccount(db, id as AccountId)
  if (!hasSession && (!found || stateOf(found) !== 'active')) return undefined
  return { accountId: id, claims: async () => claimsOf(found ?? (await findAccount(db, id as AccountId)), id) }
}

const claimsOf = (account: Account | undefined, sub: string) => ({
  sub,
  ...(account && {
    email: account.email,
    email_verified: true,
    name: `${account.firstName} ${account.lastName}`,
    given_name: account.firstName,
    family_name: account.lastName,
    locale: account.language,
  }),
})
