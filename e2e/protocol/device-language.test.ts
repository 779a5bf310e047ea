/** H1 where a device is connected: those pages are the protocol's, and what was typed stands on them all the same. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as oidc from 'openid-client'
import { type Browser, formsOf } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import { browserOf, makePublicParty, post, provesItself } from './party.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const service = await testService()
const scanner = await makePublicParty(service, 'scanner', { grants: [DEVICE], name: 'Warehouse Scanner' })
const begin = () => oidc.initiateDeviceAuthorization(scanner.config, { scope: 'openid' })
const poll = (deviceCode: string) =>
  post(service, '/oidc/token', { ...provesItself(scanner), grant_type: DEVICE, device_code: deviceCode })

/** Types the code a device shows. */
async function type(browser: Browser, code: string) {
  await browser.open('/device')
  return browser.send({ user_code: code })
}
/** Chooses another language in the footer, as a browser without JavaScript does: with all that the form has and is typed. */
async function chooseLanguage(browser: Browser, language: string, typed: Record<string, string> = {}) {
  const body = new URLSearchParams({ ...formsOf(browser.page.html)[0]?.hidden, ...typed, language })
  const headers = { 'sec-fetch-site': 'same-origin', origin: 'null' }
  const { status, headers: answer } = await browser.request('/language', { method: 'POST', body, headers })
  assert.equal(status, 303)
  return browser.open(answer.get('location') ?? '')
}

suite('the language is changed where a device is connected', () => {
  test('the code typed and the question asked are still there (H1)', async () => {
    const { device_code: device, user_code: code } = await begin()
    const browser = browserOf(service)
    await browser.open('/device')
    const form = await chooseLanguage(browser, 'fr', { user_code: code.toLowerCase() })
    assert.match(form.html, /<html lang="fr"/)
    assert.ok(form.html.includes(`value="${code.toLowerCase()}"`))
    assert.match((await browser.send({})).html, /Connecter cet appareil/)
    const question = await chooseLanguage(browser, 'en')
    assert.match(question.html, /<html lang="en".*Connect this device\?/s)
    assert.ok(question.html.includes('Warehouse Scanner') && question.html.includes(`>${code}<`))
    assert.match((await chooseLanguage(browser, 'fr')).html, /Connecter cet appareil/, 'and once more')
    assert.equal((await poll(device)).body.error, 'authorization_pending', 'a language connects nothing')
    await chooseLanguage(browser, 'en')
    assert.match((await browser.send({}, { button: 'Connect' })).at, /^\/sign-in/)
  })

  test('it asks about no code that this browser was not asked about, or that waits no longer', async () => {
    const [first, second] = [(await begin()).user_code, (await begin()).user_code]
    const browser = browserOf(service)
    const { html } = await type(browser, first)
    const hidden = formsOf(html)[0]?.hidden ?? {}
    for (const forged of [{ user_code: second }, { question: '' }, { question: 'x'.repeat(43) }]) {
      const page = await chooseLanguage(browser, 'en', { ...hidden, ...forged })
      assert.match(page.html, /Connect a device/, JSON.stringify(forged))
    }
    const other = browserOf(service)
    await other.open('/device')
    const elsewhere = { user_code: first, question: hidden.question ?? '', confirm: 'yes' }
    assert.match((await chooseLanguage(other, 'en', elsewhere)).html, /Connect a device/, 'in another browser')
    await type(other, first)
    await other.send({}, { button: 'This is not my device' })
    await type(browser, second)
    assert.match((await chooseLanguage(browser, 'en', hidden)).html, /Connect a device.*value="[A-Z-]{9}"/s)
  })
})
