/** What a person does with pages, by what the pages call things. */
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import type { LiveService } from '../../src/testing/live.ts'
import type { Words } from './words.ts'

export const PASSWORD = 'sept phares tranquilles'

export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name, exact: true })
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
export const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true })
export const labelled = (page: Page, name: string): Locator => page.getByLabel(name, { exact: true })

/** Waits until the page is called this. */
export const seen = (page: Page, name: string): Promise<void> => heading(page, name).waitFor()
export const press = (page: Page, name: string): Promise<void> => button(page, name).click()
export const follow = (page: Page, name: string): Promise<void> => link(page, name).click()
export const type = (page: Page, label: string, text: string): Promise<void> => labelled(page, label).fill(text)

/** Waits until the page is at this address, and whole. */
export async function arrived(page: Page, address: string): Promise<void> {
  await page.waitForURL(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

export type Somebody = { email: string; firstName?: string; lastName?: string; password?: string }

/** Fills in the sign-up form that is shown, and sends it. */
export async function signUp(page: Page, w: Words, who: Somebody): Promise<void> {
  await seen(page, w.create)
  await type(page, w.email, who.email)
  await type(page, w.firstName, who.firstName ?? 'Élise')
  await type(page, w.lastName, who.lastName ?? 'Gagné')
  await type(page, w.password, who.password ?? PASSWORD)
  await press(page, w.signUp)
}

/** Fills in the sign-in form that is shown, and sends it. */
export async function signIn(page: Page, w: Words, who: Somebody): Promise<void> {
  await seen(page, w.signIn)
  await type(page, w.email, who.email)
  await type(page, w.password, who.password ?? PASSWORD)
  await press(page, w.signIn)
}

/** Types a code where one is asked for, and sends it. */
export async function verify(page: Page, w: Words, code: string): Promise<void> {
  await seen(page, w.code)
  await type(page, w.code, code)
  await press(page, w.verify)
}

/** The newest letter to an address, once everything that waits has been sent. */
export async function letterTo(service: LiveService, email: string) {
  await service.post()
  return service.box.newest(email)
}

/** The code, and the link, of the newest letter. */
export async function secretsOf(service: LiveService, email: string): Promise<{ code: string; link: string }> {
  const { code, link: address } = await letterTo(service, email)
  assert.ok(code && address, `a letter with a code and a link to ${email}`)
  return { code, link: address }
}

/** A code that is not this one. */
export const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

export const textOf = (page: Page): Promise<string> => page.locator('body').innerText()

/** Whom a product takes this browser for. */
export async function whoIs(page: Page, { url }: { url: string }): Promise<{ signedIn: boolean; sub: string | null; email: string | null }> {
  const answer = await page.context().request.get(`${url}/whoami.json`)
  return answer.json()
}
