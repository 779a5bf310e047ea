/** A product as its makers would write it: openid-client, and the browser of somebody who uses it. */
import assert from 'node:assert/strict'
import * as oidc from 'openid-client'
import type { Product } from '../../src/core/model/product/product.ts'
import { type Browser, fetchFrom, makeBrowser, type Visit } from '../../src/testing/browser.ts'
import { type TestService, testProduct } from '../../src/testing/world.ts'
import { type Person, signIn } from './person.ts'

export type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers

/** A sign-in under way, as the product remembers it. */
export type Asked = { url: URL; state: string; nonce: string; verifier: string; maxAge: number | undefined }

export type Party = {
  id: string
  secret: string | null
  redirectUri: string
  afterSignOut: string
  config: oidc.Configuration
  /** An authorization request as it should be: code, PKCE, state, nonce; and what a test wants besides, or instead. */
  ask(more?: Record<string, string>): Promise<Asked>
  /** Redeems what came back; openid-client checks state, nonce, issuer, signature, audience, times. */
  redeem(asked: Asked, at: string, body?: Record<string, string>): Promise<Tokens>
}

export type PartyOptions = Partial<Product> & { auth?: (secret: string) => oidc.ClientAuth }

const ALL = 'openid profile email'

/** Registers a product and has it look the service up. */
export async function makeParty(service: TestService, id: string, options: PartyOptions = {}): Promise<Party> {
  const { auth = oidc.ClientSecretBasic, ...product } = options
  const secret = await testProduct(service, id, product)
  const config = await oidc.discovery(
    new URL(service.origin),
    id,
    { id_token_signed_response_alg: product.idTokenAlgorithm ?? 'ES256' },
    secret === null ? oidc.None() : auth(secret),
    {
      execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
      [oidc.customFetch]: fetchFrom(service.origin, service.base),
    },
  )
  const redirectUri = product.redirectUris?.[0] ?? `http://localhost:4000/${id}/callback`
  return {
    id,
    secret,
    redirectUri,
    afterSignOut: `http://localhost:4000/${id}/`,
    config,
    async ask(more = {}) {
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
      const params = {
        redirect_uri: redirectUri,
        scope: ALL,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...more,
      }
      const url = oidc.buildAuthorizationUrl(config, params)
      const maxAge = more.max_age === undefined ? undefined : Number(more.max_age)
      return { url, state: params.state, nonce: params.nonce, verifier, maxAge }
    },
    redeem: ({ state, nonce, verifier, maxAge }, at, body = {}) =>
      oidc.authorizationCodeGrant(
        config,
        new URL(at),
        {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          ...(maxAge !== undefined && { maxAge }),
        },
        body,
      ),
  }
}

/** A product that keeps no secret: a single-page application. */
export const makePublicParty = (service: TestService, id: string, options: PartyOptions = {}): Promise<Party> =>
  makeParty(service, id, { public: true, ...options })

export const browserOf = (service: TestService, headers: Record<string, string> = {}): Browser =>
  makeBrowser(service.origin, service.base, headers)

/** What a product was told, by the address the browser came back to. */
export const answerOf = (visit: Visit): Record<string, string> => Object.fromEntries(new URL(visit.at).searchParams)

/** Goes to the product's sign-in and through whatever page asks, until the browser is back at the product. */
export async function arrive(browser: Browser, party: Party, person: Person, more: Record<string, string> = {}) {
  const asked = await party.ask(more)
  let visit = await browser.open(asked.url.href)
  if (visit.at.startsWith('/sign-in')) visit = await signIn(browser, person)
  assert.ok(visit.at.startsWith(party.redirectUri), `back at the product, not at ${visit.at}`)
  return { asked, visit }
}

/** The whole of it: tokens for a person. */
export async function tokensFor(
  browser: Browser,
  party: Party,
  person: Person,
  more: Record<string, string> = {},
): Promise<Tokens> {
  const { asked, visit } = await arrive(browser, party, person, more)
  return party.redeem(asked, visit.at)
}

/** Asks an endpoint of the protocol without the client, which refuses to misbehave. */
export async function post(
  service: TestService,
  path: string,
  body: Record<string, string> | [string, string][],
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(service.base + path, {
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { accept: 'application/json', ...headers },
  })
  const text = await response.text()
  return {
    status: response.status,
    body: text.startsWith('{') ? JSON.parse(text) : { text },
    headers: response.headers,
  }
}

export const basic = (id: string, secret: string | null): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
})

/** The fields by which a party proves itself in a body. */
export const provesItself = ({ id, secret }: Party): Record<string, string> =>
  secret === null ? { client_id: id } : { client_id: id, client_secret: secret }

/** Whether an access token opens the userinfo endpoint. */
export async function opens(service: TestService, accessToken: string): Promise<boolean> {
  const response = await fetch(`${service.base}/oidc/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } })
  await response.text()
  return response.status === 200
}

/** Redeems a code as it is. */
export const redeemRaw = (
  service: TestService,
  party: Party,
  code: string,
  verifier: string,
  more: Record<string, string> = {},
) =>
  post(service, '/oidc/token', {
    ...provesItself(party),
    grant_type: 'authorization_code',
    code,
    redirect_uri: party.redirectUri,
    code_verifier: verifier,
    ...more,
  })

export const refreshRaw = (
  service: TestService,
  party: Party,
  refreshToken: string,
  more: Record<string, string> = {},
) =>
  post(service, '/oidc/token', {
    ...provesItself(party),
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...more,
  })

/** Fails unless a promise of openid-client was refused with this error code. */
export async function refusedWith(code: string, work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error: Error) => {
    const found = error as Error & { error?: string; code?: string; cause?: unknown }
    assert.equal(found.error ?? found.code, code, String(error))
    return true
  })
}
