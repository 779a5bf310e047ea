/** What a person does with pages, by what the pages call things. */
import type { Locator, Page } from 'playwright-core'
import { PASSWORD } from './account.ts'
import type { Words } from './words.ts'

export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name, exact: true })
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
export const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true })
export const labelled = (page: Page, name: string): Locator => page.getByLabel(name, { exact: true })

/** Waits until the page is called this. */
export const seen = (page: Page, name: string): Promise<void> => heading(page, name).waitFor()
export const press = (page: Page, name: string): Promise<void> => leads(page, button(page, name).click())
export const follow = (page: Page, name: string): Promise<void> => leads(page, link(page, name).click())
export const type = (page: Page, label: string, text: string): Promise<void> => labelled(page, label).fill(text)

/** Waits until a deed has brought the next page, even where that is called the same. */
export async function leads(page: Page, deed: Promise<void>): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), deed])
  await page.waitForLoadState('domcontentloaded')
}

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

/** A text as it is read: a space is a space, whether or not a line may break there. */
export const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u2068\u2069]/g, '')

/** What can be read on the page. */
export const textOf = async (page: Page): Promise<string> => plain(await page.locator('body').innerText())

/** What a refusal says, on top of the page. */
export const alertOf = async (page: Page): Promise<string> => plain(await page.getByRole('alert').innerText())

/** Whom a product takes this browser for. */
export async function whoIs(
  page: Page,
  { url }: { url: string },
): Promise<{ signedIn: boolean; sub: string | null; email: string | null; acr: string | null }> {
  const answer = await page.context().request.get(`${url}/whoami.json`)
  return answer.json()
}
