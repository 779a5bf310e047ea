/**
 * Every state of every page, looked at in a real browser: narrow and wide, light and dark, by axe, with the Tab key, with scripts and
 * without. Without `--full` nothing sticks out of any state at any width, and what takes longer is done in turn: see LOOKS.
 */
import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { pageSamples } from '../../dev/gallery/samples.ts'
import { inEach } from '../../src/testing/repeated.ts'
import { barriers, bringAxe } from '../barriers.ts'
import { startChromium } from '../chromium.ts'
import { serveGallery, widths } from './gallery.ts'
import { complaintsOf, layout, overflow, smallTargets, unreached } from './inspect.ts'

/** The language with the longest words. */
const language = 'fr-CA'
const viewport = { width: widths.at(-1) ?? 0, height: 800 }
/** Each state is looked at in all of these ways; without `--full` in one, and the next state in the next. */
const LOOKS = [
  { width: 320, colorScheme: 'light', and: 'the Tab key' },
  { width: 1_280, colorScheme: 'light', and: 'without JavaScript' },
  { width: 320, colorScheme: 'dark', and: undefined },
] as const
const atOnce = availableParallelism() + 1

describe('looks', { concurrency: atOnce }, () => {
  let gallery: Awaited<ReturnType<typeof serveGallery>>
  let browser: Browser
  const idle: { page: Page; plain: Page; complaints: string[] }[] = []

  before(async () => {
    gallery = await serveGallery()
    browser = await startChromium()
    for (let n = 0; n < atOnce; n++) {
      const page = await browser.newPage({ colorScheme: 'light', reducedMotion: 'reduce' })
      await bringAxe(page)
      const plain = await browser.newPage({ javaScriptEnabled: false, viewport })
      idle.push({ page, plain, complaints: complaintsOf(page) })
    }
  })
  after(async () => {
    await browser.close()
    gallery.close()
  })

  const lookAt = async (page: Page, looks: readonly (typeof LOOKS)[number][]) => {
    const there = page.viewportSize()?.width
    const widthsFromThere = widths.toSorted((one) => (one === there ? -1 : 1)) // another width takes as long as axe
    for (const width of widthsFromThere) {
      const where = `${width} px`
      await page.setViewportSize({ width, height: 800 })
      assert.deepEqual(await overflow(page), [], where)
      assert.deepEqual(await smallTargets(page), [], where)
      for (const { colorScheme } of looks.filter((look) => look.width === width)) {
        await page.emulateMedia({ colorScheme })
        assert.deepEqual(await barriers(page), [], `${where}, ${colorScheme}`)
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
  const looksAlike = async (page: Page, plain: Page, address: string) => {
    await plain.goto(address)
    // Where scripts are needed, a browser without them is told so, or to wait: a text of its own.
    if ((await plain.locator('[data-working], [data-without-passkey]').count()) > 0) return
    await page.setViewportSize(viewport)
    assert.deepEqual(await layout(plain), await layout(page), 'without JavaScript and with it')
  }
  const addressOf = (path: string): string => `${gallery.origin}/dev/gallery/${path}?language=${language}`

  for (const [at, { slice, name, slug }] of pageSamples.entries())
    test(`${slice}: ${name}`, async () => {
      const { page, plain, complaints } = idle.pop()!
      complaints.length = 0
      try {
        const address = addressOf(`${slice}/${slug}`)
        const looks = inEach(LOOKS, at % LOOKS.length)
        await page.goto(address)
        if (looks.some(({ and }) => and === 'the Tab key')) assert.deepEqual(await unreached(page), [], 'the Tab key')
        await lookAt(page, looks)
        if (looks.some(({ and }) => and === 'without JavaScript')) await looksAlike(page, plain, address)
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
        await lookAt(page, LOOKS)
        assert.deepEqual(await unreached(page), [], 'the Tab key')
      } finally {
        idle.push({ page, plain, complaints })
      }
    })
})
