/** An authenticator app of a test, and what a person does with it. */

import { codeOfStep, stepAt } from '../core/model/factor/totp.ts'
import type { Clock } from '../platform/clock.ts'
import type { Browser } from './browser.ts'

export type App = { key: string; code(): string }

/** The app that scanned the page for a new one. */
export function appOf(html: string, clock: Clock): App {
  const key = /id="key"[^>]*>\s*([A-Z2-7 ]+?)\s*</.exec(html)?.[1]?.replaceAll(' ', '')
  if (!key) throw new Error('no key is shown')
  return { key, code: () => codeOfStep(key, stepAt(clock.now())) }
}

/** Sets an app up for whoever is signed in lately, and keeps recovery codes; they are answered too. */
export async function setUpApp(browser: Browser, clock: Clock): Promise<{ app: App; recoveryCodes: string[] }> {
  await browser.open('/account/factors/app')
  const app = appOf(browser.page.html, clock)
  await browser.send({ code: app.code() }, { button: 'Continue' })
  const recoveryCodes = [...browser.page.html.matchAll(/<code>([A-Z2-7-]{19})<\/code>/g)].map(([, code = '']) => code)
  if (recoveryCodes.length > 0) await browser.send({}, { button: 'I have saved them' })
  return { app, recoveryCodes }
}
