/** What a passkey that was added lately is good for by itself (K4). */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days } from '../../platform/clock.ts'
import { askedOn, bring, makeAuthenticator } from '../../testing/authenticator.ts'
import { PASSWORD, signInByPasskey, somebody } from '../../testing/people.ts'
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
})
