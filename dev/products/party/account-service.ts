import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'
import * as oidc from 'openid-client'
import type { Language } from '../../../src/platform/languages/languages.ts'
import { type Logout, readLogoutToken } from './logout-token.ts'

/** What a product knows of itself when it talks to the account service. */
export type Registered = { issuer: string; clientId: string; clientSecret: string | (() => string) }

/** A sign-in under way: what the callback is checked against. */
export type Pending = { state: string; nonce: string; verifier: string }

/** A person who is signed in, and the tokens that say so. */
export type SignedIn = {
  sub: string
  sid: string | undefined
  name: string
  email: string
  /** How well they proved who they are: `pwd`, `mfa` for more than one proof, `phr` where none of them can be phished. */
  acr: string | undefined
  idToken: string
  refreshToken: string | undefined
  refreshedAt: Date | undefined
}

/** What a product may ask for beside a plain sign-in. */
export type Wishes = { prompt?: string; login_hint?: string; acr_values?: string }

/** The whole conversation of a product with its account service. Every call may throw `Unreachable`. */
export type AccountService = {
  startSignIn(state: string, language: Language, wishes: Wishes): Promise<{ url: URL; pending: Pending }>
  finishSignIn(callback: URL, pending: Pending): Promise<SignedIn>
  refresh(person: SignedIn): Promise<SignedIn>
  signOutUrl(idToken: string, language: Language): Promise<URL>
  readLogout(token: string): Promise<Logout>
}

/** The account service gave no answer that can be used; a later try may succeed. */
export class Unreachable extends Error {}

/** A relying party at `url`. It looks the service up when first needed, and again until it is there. */
export function accountService(settings: Registered, url: string, now: () => Date): AccountService {
  let found: Promise<Service> | undefined
  const service = (): Promise<Service> => {
    found ??= lookUp(settings).catch((cause: unknown) => {
      found = undefined
      throw new Unreachable(`no account service at ${settings.issuer}`, { cause })
    })
    return found
  }
  return {
    startSignIn: async (state, language, wishes) => startSignIn(await service(), url, state, language, wishes),
    finishSignIn: async (callback, pending) => reached(finishSignIn(await service(), callback, pending)),
    refresh: async (person) => reached(refresh(await service(), person, now())),
    signOutUrl: async (idToken, language) =>
      oidc.buildEndSessionUrl((await service()).config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${url}/`,
        ui_locales: language,
      }),
    readLogout: async (token) => {
      const { issuer, keys } = await service()
      return readLogoutToken(token, { issuer, keys, clientId: settings.clientId, now: now() })
    },
  }
}

type Service = { config: oidc.Configuration; issuer: string; keys: JWTVerifyGetKey }

async function lookUp({ issuer, clientId, clientSecret }: Registered): Promise<Service> {
  const secret = typeof clientSecret === 'string' ? clientSecret : clientSecret()
  const server = new URL(issuer)
  const onThisMachine = server.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(server.hostname)
  const config = await oidc.discovery(server, clientId, undefined, oidc.ClientSecretBasic(secret), {
    timeout: 5,
    execute: [oidc.enableNonRepudiationChecks, ...(onThisMachine ? [oidc.allowInsecureRequests] : [])],
  })
  const metadata = config.serverMetadata()
  if (!metadata.jwks_uri) throw new Error('the account service publishes no keys')
  return { config, issuer: metadata.issuer, keys: createRemoteJWKSet(new URL(metadata.jwks_uri)) }
}

async function startSignIn({ config }: Service, url: string, state: string, language: Language, wishes: Wishes) {
  const pending: Pending = { state, nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
  const authorize = oidc.buildAuthorizationUrl(config, {
    ...wishes,
    redirect_uri: `${url}/callback`,
    scope: 'openid profile email',
    state,
    nonce: pending.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    ui_locales: language,
  })
  return { url: authorize, pending }
}

async function finishSignIn({ config }: Service, callback: URL, pending: Pending): Promise<SignedIn> {
  const tokens = await oidc.authorizationCodeGrant(config, callback, {
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    pkceCodeVerifier: pending.verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims || !tokens.id_token) throw new Error('the account service sent no ID token')
  return {
    sub: claims.sub,
    sid: typeof claims.sid === 'string' ? claims.sid : undefined,
    ...(await profile(config, tokens.access_token, claims.sub)),
    acr: typeof claims.acr === 'string' ? claims.acr : undefined,
    idToken: tokens.id_token,
    refreshToken: tokens.refresh_token,
    refreshedAt: undefined,
  }
}

/** The same person with new tokens, and with the name and the address as they are now. */
async function refresh({ config }: Service, person: SignedIn, at: Date): Promise<SignedIn> {
  if (!person.refreshToken) return person
  const tokens = await oidc.refreshTokenGrant(config, person.refreshToken)
  return {
    ...person,
    ...(await profile(config, tokens.access_token, person.sub)),
    idToken: tokens.id_token ?? person.idToken,
    refreshToken: tokens.refresh_token ?? person.refreshToken,
    refreshedAt: at,
  }
}

async function profile(config: oidc.Configuration, accessToken: string, sub: string) {
  const { name, email } = await oidc.fetchUserInfo(config, accessToken, sub)
  return { name: name ?? email ?? sub, email: email ?? '' }
}

const NO_ANSWER = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']

/** Tells "it did not answer" from "it said no". */
async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const silent = error instanceof oidc.ClientError && NO_ANSWER.includes(error.code ?? '')
    throw silent || error instanceof TypeError ? new Unreachable('no answer', { cause: error }) : error
  }
}

/** The code of a refusal (`access_denied`, `invalid_grant`, …), or nothing when the error is of another kind. */
export function refusal(error: unknown): string | undefined {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError) return error.error
  if (error instanceof oidc.WWWAuthenticateChallengeError) return 'invalid_token'
  return error instanceof oidc.ClientError ? error.code : undefined
}
