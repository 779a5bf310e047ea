/** What tests do again and again: register somebody, begin a product's sign-in, sign in. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Product } from '../core/model/product/product.ts'
import { type Authenticator, askedOn, bring, makeAuthenticator } from './authenticator.ts'
import { type Browser, formsOf, type Visit } from './browser.ts'
import { type TestService, testProduct } from './world.ts'

export const PASSWORD = 'trois mots ici'
/** Of the requests of `productRequest` (RFC 7636). */
export const VERIFIER = 'a-verifier-that-is-long-enough-for-anybody-to-use'

/** Signs somebody up in a browser of their own, who is then signed in. */
export async function somebody(service: TestService, email = 'marie@exemple.ca'): Promise<Browser> {
  const browser = service.browser()
  await browser.open('/sign-up')
  await browser.send({ email, 'first-name': 'Marie', 'last-name': 'Tremblay', password: PASSWORD })
  await service.post()
  const { code } = service.box.newest(email)
  if (!code) throw new Error(`${email} has an account already`)
  await browser.send({ code })
  if (!browser.page.at.startsWith('/account')) throw new Error(`signed up, and then at ${browser.page.at}`)
  return browser
}

/** Registers a product and answers the address that begins a sign-in to it. */
export async function productRequest(
  service: TestService,
  id = 'ledger',
  more: Record<string, string> = {},
  product: Partial<Product> = {},
): Promise<string> {
  await testProduct(service, id, product)
  return `/oidc/authorize?${new URLSearchParams({
    client_id: id,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: `http://localhost:4000/${id}/callback`,
    state: 'the state of the product',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  })}`
}

/** Begins a sign-up with a passkey, up to where the browser makes it. */
export async function asksForPasskey(service: TestService, email: string, browser = service.browser()) {
  await browser.open('/sign-up')
  await browser.send({ email, 'first-name': 'Marie', 'last-name': 'Tremblay', password: '', way: 'passkey' })
  return browser
}

/** Signs somebody up who has a passkey and no password. */
export async function somebodyWithoutPassword(service: TestService, email = 'marie@exemple.ca') {
  const browser = await asksForPasskey(service, email)
  const device = makeAuthenticator(service.origin)
  const asked = askedOn(browser)
  const answer = await bring(browser, browser.page.at, asked, device.create(asked))
  await browser.open(answer.headers.get('location') ?? '')
  await service.post()
  await browser.send({ code: service.box.newest(email).code ?? '' })
  if (!browser.page.at.startsWith('/account')) throw new Error(`signed up, and then at ${browser.page.at}`)
  return { browser, device }
}

/** Signs in with a passkey on the sign-in page, and goes where that leads. */
export async function signInByPasskey(browser: Browser, device: Authenticator, page = '/sign-in'): Promise<Visit> {
  await browser.open(page)
  const asked = askedOn(browser)
  const path = browser.page.at.replace('/sign-in', '/sign-in/passkey')
  return browser.open((await bring(browser, path, asked, device.prove(asked))).headers.get('location') ?? '')
}

/** The address of what is offered on the page, by its path. */
export const offered = ({ page }: Browser, path: string): string => {
  const [, href] = new RegExp(`href="(${path}[^"]*)"`).exec(page.html) ?? []
  assert.ok(href, `${path} is offered`)
  return href
}

/** Presses the button of the language, which sends the form of the page along. */
export async function inFrench(browser: Browser): Promise<void> {
  const { hidden } = formsOf(browser.page.html).find(({ html }) => html.includes('name="code"')) ?? {}
  const body = new URLSearchParams({ ...hidden, language: 'fr' })
  const headers = { 'sec-fetch-site': 'same-origin', origin: 'null' }
  const { headers: answer } = await browser.request('/language', { method: 'POST', body, headers })
  await browser.open(answer.get('location') ?? '')
}
