/** X4: how the proof of work is for people: with a keyboard, a screen reader, without JavaScript, after a long while. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { minutes, seconds } from '../../src/platform/clock.ts'
import { makeBrowser } from '../../src/testing/browser.ts'
import { liveService } from '../../src/testing/live.ts'
import { barriers } from '../barriers.ts'
import { startChromium } from '../chromium.ts'

const email = 'nadia@exemple.ca'

suite('a browser that is checked', async () => {
  const service = await liveService({ PASSERELLE_CHALLENGE_NETWORK: '5', PASSERELLE_CHALLENGE_COST: '15000' })
  let chrome: Browser
  before(async () => {
    chrome = await startChromium()
    const flood = makeBrowser(service.origin, service.origin)
    for (let n = 0; n < 5; n++) {
      await flood.open('/forgot')
      await flood.send({ email: `somebody${n}@exemple.ca` })
    }
  })
  after(() => chrome.close())
  const somebody = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
    const page = await (await chrome.newContext({ baseURL: service.origin, ...options })).newPage()
    page.setDefaultTimeout(20_000)
    return page
  }
  const checked = (page: Page) => page.getByRole('status').filter({ hasText: 'Your browser is checked.' }).waitFor()

  test('waits a moment, with nothing to do, and is told so by a status line', async () => {
    const page = await somebody()
    await page.goto('/forgot')
    await checked(page)
    assert.deepEqual(await barriers(page), [])
  })
  test('may press the button at once, by the keyboard: the form goes when the work is done', async () => {
    const page = await somebody()
    await page.goto('/forgot')
    await page.getByLabel('Email address').fill(email)
    await page.getByLabel('Email address').press('Enter')
    await page.waitForURL(/\/forgot\/sent/)
  })
  test('who takes more than five minutes is checked once more, and loses nothing', async () => {
    const page = await somebody()
    await page.clock.install()
    await page.goto('/forgot')
    await checked(page)
    await page.getByLabel('Email address').fill(email)
    await page.clock.fastForward(5 * 60_000)
    service.clock.advance(minutes(6))
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.waitForURL(/\/forgot\/sent/)
  })
  test('without JavaScript waits half a minute, with what was typed kept', async () => {
    const page = await somebody({ javaScriptEnabled: false })
    await page.goto('/forgot')
    await page.getByText('Wait 30 seconds before you press the button').waitFor()
    await page.getByLabel('Email address').fill(email)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByRole('alert').waitFor()
    assert.equal(await page.getByLabel('Email address').inputValue(), email)
    service.clock.advance(seconds(31))
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.waitForURL(/\/forgot\/sent/)
  })
})
