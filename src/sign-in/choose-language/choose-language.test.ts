/** H1: the page of all languages, for a service that has many of them. The test of two made-up languages goes there by the button. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formsOf } from '../../testing/browser.ts'
import { testService } from '../../testing/world.ts'
import { urls } from '../../urls.ts'

const service = await testService()

/** Presses a button of the foot of a page: the form of the page is sent to /language. */
async function atTheList(typed: Record<string, string>) {
  const browser = service.browser()
  await browser.open('/sign-up')
  const { csrf = '', here = '' } = formsOf(browser.page.html)[0]?.hidden ?? {}
  const { headers, status } = await browser.request(urls.language, {
    method: 'POST',
    body: new URLSearchParams({ csrf, here, ...typed }),
    headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
  })
  assert.equal(status, 303)
  await browser.open(headers.get('location') ?? '')
  return browser
}

suite('H1: choosing among all languages', () => {
  const typed = { email: 'nadia@atelier.example', 'first-name': 'Nadia & "Co"', password: 'never shown again' }

  test('the list is a page of its own; what was typed goes there and back, a password does not', async () => {
    const browser = await atTheList(typed)
    assert.match(browser.page.at, /^\/languages\?to=%2Fsign-up/)
    assert.match(browser.page.html, /<h1>Language<\/h1>/)
    assert.doesNotMatch(browser.page.html, /never shown again/)
    await browser.send({ language: 'fr' })
    const { at, html } = browser.page
    assert.match(`${at} ${html}`, /^\/sign-up .*<html lang="fr"/)
    assert.match(html, /name="email"[^>]* value="nadia@atelier\.example"/)
    assert.match(html, /name="first-name"[^>]* value="Nadia &amp; &quot;Co&quot;"/)
    assert.doesNotMatch(html, /never shown again/)
  })

  test('the present language leads back to the same page as well', async () => {
    const browser = await atTheList(typed)
    assert.match(browser.page.html, /value="en" lang="en" aria-current="true">English</)
    await browser.send({ language: 'en' })
    assert.match(browser.page.html, /name="email"[^>]* value="nadia@atelier\.example"/)
  })

  test('it leads back to a page of ours, whatever the address says', async () => {
    for (const to of ['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '']) {
      const browser = service.browser()
      await browser.open(`/languages?${new URLSearchParams({ to })}`)
      assert.equal(formsOf(browser.page.html)[0]?.hidden.here, urls.account, to)
    }
  })

  test('looking at it changes nothing', async () => {
    const browser = service.browser()
    await browser.open('/languages?to=/sign-in&language=fr')
    assert.match((await browser.open('/sign-in')).html, /<html lang="en"/)
  })
})
