/** What looks.test.ts looks with does see: a page is spoilt on purpose, and each spoiling is found. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { barriers } from '../barriers.ts'
import { startChromium } from '../chromium.ts'
import { serveGallery } from './gallery.ts'
import { complaintsOf, layout, overflow, smallTargets, unreached } from './inspect.ts'

describe('a spoilt page', () => {
  let gallery: Awaited<ReturnType<typeof serveGallery>>
  let browser: Browser
  let page: Page
  /** The page follows one more rule, which comes last. */
  const spoilt = (rule: string) =>
    page.evaluate((css) => {
      const [sheet] = document.styleSheets
      sheet?.insertRule(css, sheet.cssRules.length)
    }, rule)

  before(async () => {
    gallery = await serveGallery()
    browser = await startChromium()
    page = await browser.newPage({ viewport: { width: 320, height: 800 } })
  })
  after(async () => {
    await browser.close()
    gallery.close()
  })
  beforeEach(async () => {
    await page.goto(`${gallery.origin}/dev/gallery/sign-in/password/fresh?language=fr-CA`)
  })

  test('reaches beyond the window', async () => {
    assert.deepEqual(await overflow(page), [])
    await spoilt('h1 { inline-size: 400px }')
    assert.match((await overflow(page)).join(), /h1/)
  })

  test('has targets that are too small', async () => {
    assert.deepEqual(await smallTargets(page), [])
    await spoilt('.button { min-block-size: 0; padding: 0 }')
    assert.match((await smallTargets(page)).join(), /<button type="submit" class="button">.*× 2\d/)
  })

  test('is hard to read', async () => {
    await spoilt('.lead { color: #ccc }')
    assert.match((await barriers(page)).join(), /^color-contrast: <p class="lead">/)
  })

  test('keeps the Tab key away', async () => {
    await page.evaluate(() => document.getElementById('email')?.setAttribute('tabindex', '-1'))
    assert.match((await unreached(page)).join(), /^<input id="email".* is not reached/)
  })

  test('has the Tab key jump', async () => {
    await page.evaluate(() => {
      document.querySelector('.skip')?.setAttribute('tabindex', '1')
      document.querySelector('.button')?.setAttribute('tabindex', '2')
    })
    assert.match((await unreached(page)).join(), /<button [^,]* is reached out of order/)
  })

  test('does what its policy forbids', async () => {
    const complaints = complaintsOf(page)
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'))
    assert.match(complaints.join(), /inline style violates .*Content Security Policy/)
  })

  test('is another with scripts', async () => {
    const before = await layout(page)
    await spoilt('.card, .sheet { padding: 1px }')
    assert.notDeepEqual(await layout(page), before)
  })
})
