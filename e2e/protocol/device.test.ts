import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import * as oidc from 'openid-client'
import { minutes } from '../../src/platform/clock.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import {
  arrive,
  browserOf,
  makeParty,
  makePublicParty,
  opens,
  type Party,
  post,
  provesItself,
  refreshRaw,
} from './party.ts'
import { makePerson, signIn, signOutAtPortal } from './person.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const service = await testService({ PASSERELLE_NETWORK_TRIES: '100' })
const maya = await makePerson(service, 'maya@example.com')
const noah = await makePerson(service, 'noah@example.com')
const grants = [DEVICE, 'refresh_token', 'authorization_code'] as const
const scanner = await makePublicParty(service, 'scanner', { grants, name: 'Warehouse Scanner' })
const kiosk = await makeParty(service, 'kiosk', { grants: [DEVICE], redirectUris: [] })
const web = await makeParty(service, 'web')

const begin = (party: Party = scanner) => oidc.initiateDeviceAuthorization(party.config, { scope: 'openid email' })
const poll = (deviceCode: string, party: Party = scanner) =>
  post(service, '/oidc/token', { ...provesItself(party), grant_type: DEVICE, device_code: deviceCode })

/** Types the code a device shows. */
async function type(browser: Browser, code: string) {
  await browser.open('/device')
  return browser.send({ user_code: code })
}
async function mayas(): Promise<Browser> {
  const browser = browserOf(service)
  await arrive(browser, web, maya)
  return browser
}

suite('connecting a device (L1; RFC 8628)', () => {
  test('the whole way: code, question, sign-in, done; the device gets its tokens once', async () => {
    const { device_code: device, user_code: code, verification_uri: where, expires_in: lives } = await begin()
    assert.equal(where, `${service.origin}/device`)
    assert.match(
      code,
      /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/,
      'RFC 8628, section 6.1: 34 bits, no vowels',
    )
    assert.equal(lives, 600)
    assert.equal((await poll(device)).body.error, 'authorization_pending')

    const browser = browserOf(service)
    const question = await type(browser, ` ${code.toLowerCase().replace('-', ' ')} `)
    assert.ok(
      question.html.includes('Warehouse Scanner') && question.html.includes(code),
      'what is connected, and the code to compare',
    )
    const page = await browser.send({}, { button: 'Connect' })
    assert.match(page.at, /^\/sign-in/)
    assert.equal((await poll(device)).body.error, 'authorization_pending', 'not before the person has signed in')
    const done = await signIn(browser, maya)
    assert.match(done.html, /The device is connected/)
    assert.equal(done.at, '/device/connected', 'a page that can be loaded again, in another language too')

    const { status, body } = await poll(device)
    assert.equal(status, 200)
    assert.ok(await opens(service, String(body.access_token)))
    assert.equal((await oidc.fetchUserInfo(scanner.config, String(body.access_token), maya.id)).email, maya.email)
    assert.equal((await poll(device)).body.error, 'invalid_grant')
    assert.ok(!(await opens(service, String(body.access_token))), 'redeemed twice: all of it is taken back')
  })

  test('somebody who is signed in is asked all the same, and that is all', async () => {
    const { device_code: device, user_code: code } = await begin(kiosk)
    const browser = await mayas()
    await type(browser, code)
    assert.equal((await poll(device, kiosk)).body.error, 'authorization_pending')
    const done = await browser.send({}, { button: 'Connect' })
    assert.match(done.html, /The device is connected/)
    assert.equal((await poll(device, kiosk)).status, 200)
  })

  test('of 64 polls at once one gets tokens', async () => {
    const { device_code: device, user_code: code } = await begin()
    const browser = await mayas()
    await type(browser, code)
    await browser.send({}, { button: 'Connect' })
    const all = await Promise.all(Array.from({ length: 64 }, () => poll(device)))
    assert.equal(all.filter(({ status }) => status === 200).length, 1)
  })

  test('a code in the address fills in the form, and connects nothing by itself', async () => {
    const { device_code: device, user_code: code, verification_uri_complete: complete = '' } = await begin()
    const browser = await mayas()
    const page = await browser.open(complete)
    assert.equal(page.status, 200)
    assert.ok(page.html.includes(code))
    assert.match(page.html, /<html lang="en"/)
    const question = await browser.send({})
    assert.ok(question.html.includes('Warehouse Scanner'))
    assert.equal((await poll(device)).body.error, 'authorization_pending')
    await browser.send({}, { button: 'Connect' })
    assert.equal((await poll(device)).status, 200)
  })

  test('X6: a link with anything but a code in it leads to the empty field: a sentence of a stranger stands on no page', async () => {
    for (const text of [
      'YOUR ACCOUNT IS LOCKED: CALL 1-800-555-0100',
      'www.evil.example',
      'BCDF-GHJK now',
      'x'.repeat(3_000),
    ]) {
      const { at, html } = await browserOf(service).open(`/device?${new URLSearchParams({ user_code: text })}`)
      assert.equal(at, '/device')
      assert.doesNotMatch(html, /1-800|evil\.example|HJK now|x{20}/, text)
      assert.match(html, /name="user_code"/)
    }
    const { user_code: code } = await begin()
    for (const right of [code, code.toLowerCase(), code.replace('-', '')])
      assert.match((await browserOf(service).open(`/device?user_code=${right}`)).html, new RegExp(`value="${right}"`))
  })

  test('a wrong code, or none, says so and lets the person try again', async () => {
    const browser = browserOf(service)
    for (const code of ['BBBB-BBBB', 'x', "' or 1=1", '\u0000', '💥', 'B'.repeat(5_000)]) {
      const page = await type(browser, code)
      assert.equal(page.status, 422, JSON.stringify(code.slice(0, 9)))
      assert.match(page.html, /no device waiting with this code/)
    }
    const empty = await type(browser, '')
    assert.match(empty.html, /Type the code that the device shows/)
    const { user_code: code } = await begin()
    assert.match(
      (await browser.send({ user_code: code })).html,
      /Connect this device\?/,
      'from the very page that refused',
    )
  })

  test('"this is not my device" tells the device, and the person that nothing happened', async () => {
    const { device_code: device, user_code: code } = await begin()
    const browser = browserOf(service)
    await type(browser, code)
    const page = await browser.send({}, { button: 'This is not my device' })
    assert.doesNotMatch(page.html, /no device waiting/)
    assert.match(page.html, /not connected/i)
    assert.equal((await poll(device)).body.error, 'access_denied')
    assert.match((await type(browserOf(service), code)).html, /no device waiting with this code/)
  })

  test('who answered first has it: nobody else can take the device over', async () => {
    const { device_code: device, user_code: code } = await begin()
    const [first, second] = [await mayas(), browserOf(service)]
    await arrive(second, web, noah)
    await Promise.all([type(first, code), type(second, code)])
    await Promise.all([first.send({}, { button: 'Connect' }), second.send({}, { button: 'Connect' })])
    const connected = [first, second].filter(({ page }) => /is connected/.test(page.html))
    assert.equal(connected.length, 1)
    const { body } = await poll(device)
    const about = await oidc.fetchUserInfo(scanner.config, String(body.access_token), oidc.skipSubjectCheck)
    assert.equal(about.sub, connected[0] === first ? maya.id : noah.id)
  })

  test('approving takes a form of ours in this very browser', async () => {
    const { device_code: device, user_code: code } = await begin()
    const [browser, other] = [await mayas(), await mayas()]
    await type(other, code)
    for (const body of [
      { user_code: code, confirm: 'yes' },
      { user_code: code, confirm: 'yes', xsrf: /name="xsrf" value="(\w+)"/.exec(other.page.html)?.[1] ?? '' },
    ]) {
      const page = await browser.request('/device', { method: 'POST', body: new URLSearchParams(body) })
      assert.doesNotMatch(page.html, /is connected/)
      assert.doesNotMatch(page.html, /no device waiting/, 'and the page does not blame the code')
    }
    assert.equal((await poll(device)).body.error, 'authorization_pending')
  })

  test('after ten minutes the code is gone', async () => {
    const { device_code: device, user_code: code } = await begin()
    service.clock.advance(minutes(11))
    assert.match((await type(browserOf(service), code)).html, /no device waiting/)
    assert.match(String((await poll(device)).body.error), /^(expired_token|invalid_grant)$/)
  })

  test('the device code is bound to its product, and only products with the grant may begin', async () => {
    const { device_code: device } = await begin()
    assert.equal((await poll(device, kiosk)).body.error, 'invalid_grant')
    assert.equal((await post(service, '/oidc/device-authorization', provesItself(web))).status, 400)
    assert.equal((await post(service, '/oidc/device-authorization', { client_id: 'kiosk' })).status, 401)
  })

  test('the device is signed out with the browser that connected it, unless it asked for offline use', async () => {
    const browser = await mayas()
    const tokens: Record<string, unknown>[] = []
    for (const scope of ['openid', 'openid offline_access']) {
      const { device_code: device, user_code: code } = await oidc.initiateDeviceAuthorization(scanner.config, { scope })
      await type(browser, code)
      await browser.send({}, { button: 'Connect' })
      tokens.push((await poll(device)).body)
    }
    await signOutAtPortal(browser)
    assert.equal((await refreshRaw(service, scanner, String(tokens[0]?.refresh_token))).body.error, 'invalid_grant')
    assert.equal((await refreshRaw(service, scanner, String(tokens[1]?.refresh_token))).status, 200)
  })

  test('codes cannot be guessed by trying: so many from one network, then a wait (RFC 8628, section 5.1)', async () => {
    const browser = browserOf(service)
    const { device_code: device, user_code: code } = await begin()
    await browser.open('/device')
    for (let tries = 0; browser.page.status !== 429; tries++) {
      assert.ok(tries <= 100)
      await browser.send({ user_code: 'BBBB-BBBB' })
    }
    assert.match(browser.page.html, /Too many codes were tried/)
    assert.equal((await type(browserOf(service), code)).status, 429, 'the right one too, from another browser there')
    service.clock.advance(minutes(16))
    assert.doesNotMatch((await type(browser, 'BBBB-BBBB')).html, /Too many codes/)
    assert.match(String((await poll(device)).body.error), /expired_token|invalid_grant/)
  })

  test('X3: whoever is signed in is counted by the account: what others of the network tried stops no right code', async () => {
    const tryUntilStopped = async (browser: Browser) => {
      await browser.open('/device')
      for (let n = 0; n < 101 && browser.page.status !== 429; n++) await browser.send({ user_code: 'BBBB-BBBB' })
      assert.equal(browser.page.status, 429)
    }
    const { user_code: code } = await begin()
    await tryUntilStopped(browserOf(service))
    const browser = await mayas()
    await type(browser, code)
    assert.match((await browser.send({}, { button: 'Connect' })).html, /The device is connected/)
    await tryUntilStopped(browser)
    const another = browserOf(service)
    await arrive(another, web, noah)
    assert.equal((await type(another, 'BBBB-BBBB')).status, 422, 'nor what another account tried')
  })
})
