/** What owner and thief do alike: forms posted without their page, which is fast, signing in, a second step, tokens. */
import { seconds } from '../../../src/platform/clock.ts'
import type { App } from '../../../src/testing/apps.ts'
import { type Authenticator, askedOn, bring } from '../../../src/testing/authenticator.ts'
import type { Browser } from '../../../src/testing/browser.ts'
import { VERIFIER } from '../../../src/testing/people.ts'
import type { TestService } from '../../../src/testing/world.ts'
import { urls } from '../../../src/urls.ts'

/** What somebody can bring to a second step. */
export type Means = {
  apps: readonly App[]
  devices: readonly Authenticator[]
  /** Recovery codes that are left; one that is tried is taken out. */
  codes: string[]
  /** Whether they read what is sent to an address or a number. */
  reads(contact: string): boolean
}

export const isInside = async (browser: Browser): Promise<boolean> =>
  browser.cookies.has('passerelle-session') && (await browser.request(urls.account)).status === 200

/** By the name of the browser. */
const csrfs = new Map<string, string>()
const csrfIn = (html: string): string | undefined => / name="csrf" value="([^"]*)"/.exec(html)?.[1]

/** Where it leads is answered, and not opened. */
export async function post(browser: Browser, path: string, fields: Record<string, string>): Promise<string> {
  const name = browser.cookies.get('passerelle-browser') ?? ''
  const csrf = csrfs.get(name) ?? csrfIn((await browser.open(urls.forgot)).html) ?? ''
  csrfs.set(name, csrf)
  const body = new URLSearchParams({ csrf, here: '/', ...fields })
  const headers = { 'sec-fetch-site': 'same-origin', origin: 'null' }
  const answer = await browser.request(path, { method: 'POST', body, headers })
  return answer.headers.get('location') ?? ''
}

/** Whether the password was right, and what was asked for besides could be given. */
export async function signIn(
  service: TestService,
  browser: Browser,
  { email, password }: { email: string; password: string },
  means: Means,
): Promise<boolean> {
  const to = await post(browser, urls.signIn, { email, password })
  return to.startsWith(urls.secondStep) ? passSecondStep(service, browser, to, means) : to !== ''
}

export async function signInByPasskey(browser: Browser, device: Authenticator): Promise<boolean> {
  await browser.open(urls.signIn)
  if (!browser.page.html.includes('data-ask=')) return isInside(browser)
  const asked = askedOn(browser)
  await bring(browser, urls.signInByPasskey, asked, device.prove(asked))
  return isInside(browser)
}

/** Tries every way that is offered. */
export async function passSecondStep(
  service: TestService,
  browser: Browser,
  step: string,
  means: Means,
): Promise<boolean> {
  const journey = /journey=\w+/.exec(step)?.[0] ?? ''
  await browser.open(`${urls.secondStepWays}?${journey}`)
  const rows = browser.page.html.split('<li>').filter((row) => row.includes('way='))
  for (const row of rows) {
    const href = /href="([^"]+)"/.exec(row)?.[1]?.replaceAll('&amp;', '&') ?? ''
    if (await passBy(service, browser, row, href, means)) return true
  }
  return false
}

async function passBy(service: TestService, browser: Browser, row: string, href: string, means: Means) {
  const passed = (to: string) => to !== '' && !to.startsWith(urls.secondStep)
  const byCode = async (code: string) => passed(await post(browser, href, { code }))
  if (row.includes('The lock of your device')) {
    for (const device of means.devices) {
      await browser.open(href)
      const answer = await bring(browser, href, askedOn(browser), device.prove(askedOn(browser)))
      if (passed(answer.headers.get('location') ?? '')) return true
    }
    return false
  }
  if (row.includes('printed or saved')) {
    const code = means.codes.pop()
    return code !== undefined && byCode(code)
  }
  if (row.includes('every 30 seconds')) {
    for (const app of means.apps) {
      service.clock.advance(seconds(30)) // a code is good once
      if (await byCode(app.code())) return true
    }
    return false
  }
  const send = href.replace(urls.secondStep, urls.secondStepSend)
  const code = await sentTo(service, means.reads, () => post(browser, send, {}))
  return code !== undefined && byCode(code)
}

/** The code that comes of it, where it is read. */
export async function sentTo(
  service: TestService,
  reads: (contact: string) => boolean,
  send: () => Promise<unknown>,
): Promise<string | undefined> {
  const { box } = service
  const [letters, texts] = [box.letters.length, box.texts.length]
  await send()
  await service.post()
  const sent = [...box.letters.slice(letters), ...box.texts.slice(texts)]
  return sent.findLast(({ to, code }) => code && reads(to))?.code ?? undefined
}

/** Asks for another address, and confirms it where its mailbox is read. */
export async function changeAddress(
  service: TestService,
  browser: Browser,
  email: string,
  reads: (mailbox: string) => boolean,
): Promise<boolean> {
  const code = await sentTo(service, reads, () => post(browser, urls.email, { email }))
  return code !== undefined && (await post(browser, urls.emailVerify, { code })).includes('email-changed')
}

export type Tokens = { access_token?: string; refresh_token?: string }

/** Tokens for a product that keeps no secret, by the request to it. */
export async function tokensBy(browser: Browser, request: string): Promise<Tokens> {
  const { at } = await browser.open(request)
  const code = /[?&]code=([^&]*)/.exec(at)?.[1]
  const redirect_uri = new URL(request, 'http://localhost').searchParams.get('redirect_uri') ?? ''
  if (!code) return {}
  return askForTokens(browser, { grant_type: 'authorization_code', code, redirect_uri, code_verifier: VERIFIER })
}

export async function askForTokens(browser: Browser, fields: Record<string, string>): Promise<Tokens> {
  const body = new URLSearchParams({ client_id: 'spa', ...fields })
  const { status, html } = await browser.request('/oidc/token', { method: 'POST', body })
  return status === 200 ? JSON.parse(html) : {}
}
