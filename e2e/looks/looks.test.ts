/** Every state of every page, looked at in a real browser: narrow and wide, light and dark, with scripts and without. */
import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { pageSamples } from '../../dev/gallery/slices.ts'
import { openBrowser, schemes, serveGallery, widths } from './gallery.ts'
import { barriers, complaintsOf, layout, overflow, smallTargets, unreached, WCAG } from './inspect.ts'

/** The language with the longest words. */
const language = 'fr-CA'
/** What is dark differs in nothing but its colours. */
const RULES = { light: WCAG, dark: ['color-contrast'] }
const atOnce = availableParallelism() + 1

describe('looks', { concurrency: atOnce }, () => {
  let gallery: Awaited<ReturnType<typeof serveGallery>>
  let browser: Browser
  const idle: { page: Page; plain: Page; complaints: string[] }[] = []

  before(async () => {
    gallery = await serveGallery()
    browser = await openBrowser()
    for (let n = 0; n < atOnce; n++) {
      const page = await browser.newPage()
      const plain = await browser.newPage({ javaScriptEnabled: false })
      idle.push({ page, plain, complaints: complaintsOf(page) })
    }
  })
  after(async () => {
    await browser.close()
    gallery.close()
  })

  const lookAt = async (page: Page) => {
    for (const colorScheme of schemes)
      for (const width of widths) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.setViewportSize({ width, height: 800 })
        const where = `${width} px, ${colorScheme}`
        assert.deepEqual(await overflow(page), [], where)
        assert.deepEqual(await smallTargets(page), [], where)
        assert.deepEqual(await barriers(page, RULES[colorScheme]), [], where)
      }
  }
  const addressOf = (path: string): string => `${gallery.origin}/dev/gallery/${path}?language=${language}`

  for (const { slice, name, slug } of pageSamples)
    test(`${slice}: ${name}`, async () => {
      const { page, plain, complaints } = idle.pop()!
      complaints.length = 0
      try {
        const address = addressOf(`${slice}/${slug}`)
        await page.goto(address)
        assert.deepEqual(await unreached(page), [], 'the Tab key')
        await lookAt(page)
        await plain.goto(address)
        // Where a browser is checked, one without scripts is told to wait instead: a longer text.
        const sayTheSame = (await page.locator('[data-working]').count()) === 0
        for (const width of sayTheSame ? widths : []) {
          for (const one of [page, plain]) await one.setViewportSize({ width, height: 800 })
          assert.deepEqual(await layout(plain), await layout(page), `${width} px, without JavaScript and with it`)
        }
        assert.deepEqual(complaints, [], 'in the console')
      } finally {
        idle.push({ page, plain, complaints })
      }
    })

  for (const path of ['sign-in/password/fresh', 'portal/overview/two-products'])
    test(`${path}, the list of languages open`, async () => {
      const { page, plain, complaints } = idle.pop()!
      try {
        await page.goto(addressOf(path))
        await page.locator('summary').click()
        await lookAt(page)
        assert.deepEqual(await unreached(page), [], 'the Tab key')
      } finally {
        idle.push({ page, plain, complaints })
      }
    })
})
