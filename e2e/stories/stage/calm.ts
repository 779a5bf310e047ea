/** What every page that says what went wrong must be: in the person's language, without insides, with a way on. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Language } from '../../../src/platform/languages/languages.ts'
import { textOf } from './person.ts'

const INSIDES = /\bat [\w.<>]+ \(|node_modules|\.[jt]sx?:\d|\bError\b|undefined|\[object|\bnull\b|select .* from/i

/** One heading, one sentence at least, and a link or a button in the middle of the page. */
export async function isCalm(page: Page, language: Language): Promise<void> {
  const text = await textOf(page)
  assert.equal(await page.locator('html').getAttribute('lang'), language, page.url())
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, page.url())
  assert.doesNotMatch(text, INSIDES, page.url())
  const ways = page.locator('main').getByRole('link').or(page.locator('main').getByRole('button'))
  assert.ok((await ways.count()) > 0, `${page.url()} has no way on`)
}

/** The first way on that a page offers leads to a page that works. */
export async function leadsOn(page: Page): Promise<void> {
  const href = await page.locator('main').getByRole('link').first().getAttribute('href')
  const answer = await page.goto(new URL(href ?? '', page.url()).href)
  assert.equal(answer?.status(), 200, `${href} leads on`)
}
