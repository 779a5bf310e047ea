/** Somebody whose browser skips the second step, and copies of that browser. */
import assert from 'node:assert/strict'
import { seconds } from '../platform/clock.ts'
import { setUpApp } from './apps.ts'
import { type Browser, makeBrowser } from './browser.ts'
import { PASSWORD, somebody } from './people.ts'
import { type TestService, testService } from './world.ts'

export const EMAIL = 'marie@exemple.ca'
export const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'

/** Somebody with an app, and a browser that skips the second step. */
export async function remembered() {
  const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
  const owner = await somebody(service)
  const { app } = await setUpApp(owner, service.clock)
  const browser = makeBrowser(service.origin, service.base, { 'user-agent': FIREFOX })
  const code = () => {
    service.clock.advance(seconds(31))
    return app.code()
  }
  await signIn(service, browser)
  assert.equal((await browser.send({ code: code(), remember: 'yes' })).at, '/account')
  return { service, owner, browser, code }
}

export async function signIn(service: TestService, browser: Browser, address = EMAIL): Promise<string> {
  browser.cookies.delete(service.cookies.session)
  await browser.open('/sign-in')
  return (await browser.send({ email: address, password: PASSWORD })).at.replace(/\?.*/, '')
}
/** A browser with the same cookies. */
export function copyOf(
  { origin, base }: TestService,
  { cookies }: Browser,
  more: Record<string, string> = {},
): Browser {
  const copy = makeBrowser(origin, base, { 'user-agent': FIREFOX, ...more })
  for (const [name, value] of cookies) copy.cookies.set(name, value)
  return copy
}

/** How often it was noticed that a browser was copied. */
export const noticed = async ({ db }: TestService) =>
  (await db.selectFrom('history').select('id').where('kind', '=', 'browser-copied').execute()).length

/** Where a right password leads there, and elsewhere. */
export const SKIPPED = '/account'
export const ASKED = '/second-step'
