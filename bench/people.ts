/** What the measured service is asked to do, as products and browsers ask it. */
import { createHash } from 'node:crypto'
import { type Browser, makeBrowser } from '../src/testing/browser.ts'
import type { Measured } from './service.ts'

export const PASSWORD = 'trois mots ici'
const VERIFIER = 'a-verifier-that-is-long-enough-for-anybody-to-use'
const LOCAL = '127.0.0.1'
const CALLBACK = 'http://localhost:4999/callback'

export type Product = { id: string; secret: string }
export type Tokens = { access_token: string; refresh_token: string }

export async function registerProduct({ url, token }: Measured): Promise<Product> {
  const answer = await fetch(`${url}/api/v1/products`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: `bench-${createHash('sha256').update(url).digest('hex').slice(0, 8)}`,
      client_name: 'Bench',
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    }),
  })
  if (!answer.ok) throw new Error(`the product was refused: ${await answer.text()}`)
  const { client_id: id, client_secret: secret } = await answer.json()
  return { id, secret }
}

/** A browser of somebody at this address. */
export const browserAt = ({ url }: Measured, network: string): Browser =>
  makeBrowser(url, url, { 'x-forwarded-for': network })

/** Creates an account by way of the development inbox. */
export async function createAccount(service: Measured, email: string, browser = browserAt(service, LOCAL)) {
  const { url } = service
  await browser.open('/sign-up')
  await browser.send({ email, 'first-name': 'B', 'last-name': 'B', password: PASSWORD })
  for (;;) {
    const [letter] = await (await fetch(`${url}/dev/inbox.json?to=${encodeURIComponent(email)}`)).json()
    if (letter) {
      await browser.send({ code: letter.code })
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const authorizeWith = ({ id }: Product): string =>
  `/oidc/authorize?${new URLSearchParams({
    client_id: id,
    response_type: 'code',
    scope: 'openid email',
    redirect_uri: CALLBACK,
    state: 's',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  })}`

const codeFrom = (address: string): string => {
  const code = new URL(address).searchParams.get('code')
  if (!code) throw new Error(`no code in ${address}`)
  return code
}

/** From the product's request to its tokens, with the password typed. */
export async function signIn(
  service: Measured,
  product: Product,
  email: string,
  browser = browserAt(service, LOCAL),
): Promise<Browser> {
  await browser.open(authorizeWith(product))
  const { at } = await browser.send({ email, password: PASSWORD })
  await tokenRequest(service, product, { grant_type: 'authorization_code', code: codeFrom(at), ...proof })
  return browser
}
const proof = { redirect_uri: CALLBACK, code_verifier: VERIFIER }

/** Single sign-on: from the product's request to its tokens, nothing typed. */
export async function silently(service: Measured, product: Product, browser: Browser): Promise<Tokens> {
  const { at } = await browser.open(authorizeWith(product))
  return tokenRequest(service, product, { grant_type: 'authorization_code', code: codeFrom(at), ...proof })
}

export async function tokenRequest(
  { url }: Measured,
  { id, secret }: Product,
  fields: Record<string, string>,
  path = 'token',
) {
  const answer = await fetch(`${url}/oidc/${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams(fields),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json()
}
