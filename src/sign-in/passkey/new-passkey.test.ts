/** What a passkey that was added lately is good for by itself (K4). */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours } from '../../platform/clock.ts'
import { askedOn, bring, makeAuthenticator, setUpPasskey, stepByPasskey } from '../../testing/authenticator.ts'
import { PASSWORD, productRequest, signInByPasskey, somebody, somebodyWithoutPassword } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'
const NEW = '/account/factors/passkey'

suite('a passkey in its first 72 hours', () => {
  test('K4: signs in, and is not enough by itself to change the address or other ways', async () => {
    const service = await testService()
    const owner = await somebody(service, email)
    const device = makeAuthenticator(service.origin)
    await owner.open(NEW)
    await bring(owner, NEW, askedOn(owner), device.create(askedOn(owner)))
    service.clock.advance(days(2.9))
    const browser = service.browser()
    await signInByPasskey(browser, device)
    assert.equal((await browser.open('/account')).at, '/account')
    for (const page of [NEW, '/account/email', '/account/factors/app']) {
      assert.match((await browser.open(page)).at, /^\/sign-in\?to=.*&done=older-way$/, page)
      assert.match(browser.page.html, /was added in the last few days/)
    }
    await browser.send({ email, password: PASSWORD })
    assert.equal((await browser.open(NEW)).at, NEW, 'the password is older')
    service.clock.advance(days(0.2))
    const later = service.browser()
    await signInByPasskey(later, device)
    assert.equal((await later.open(NEW)).at, NEW, 'it is no longer new')
  })

  test('K4: nor by a product that asks for it, in a session that began with the password long ago', async () => {
    const service = await testService()
    const thief = await somebody(service, email)
    const device = await setUpPasskey(thief, service.origin)
    const request = await productRequest(service, 'ledger', { acr_values: 'phr' })
    service.clock.advance(hours(3))
    assert.match((await thief.open(request)).at, /^\/second-step/)
    assert.match((await stepByPasskey(thief, device)).at, /callback\?code=/)
    for (const page of [NEW, '/account/email']) assert.match((await thief.open(page)).at, /^\/sign-in\?to=/, page)
    await thief.send({ email, password: PASSWORD })
    assert.equal((await thief.open(NEW)).at, NEW, 'the password is older')
  })

  test('K4: nor to choose the first password of an account that has none; the older passkey is', async () => {
    const service = await testService()
    const { browser: owner, device: older } = await somebodyWithoutPassword(service, email)
    const device = await setUpPasskey(owner, service.origin)
    service.clock.advance(hours(3))
    const browser = service.browser()
    await signInByPasskey(browser, device)
    assert.match((await browser.open('/account/password')).at, /^\/sign-in\?to=.*&done=older-way$/)
    await signInByPasskey(browser, older, browser.page.at)
    assert.equal(browser.page.at, '/account/password')
  })
})
