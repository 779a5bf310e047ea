import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'

async function signedIn() {
  const service = await testService()
  const browser = await somebody(service)
  const factors = () => service.db.selectFrom('factors').selectAll().execute()
  return { service, browser, factors }
}

suite('changing the ways', () => {
  test('K2: asks for a sign-in of the last five minutes, with the second step, and comes back', async () => {
    const { service, browser } = await signedIn()
    const { app } = await setUpApp(browser, service.clock)
    service.clock.advance(minutes(6))
    await browser.open('/account/factors/app')
    assert.match(browser.page.at, /^\/sign-in\?to=/)
    await browser.send({ email, password: PASSWORD })
    assert.match(browser.page.at, /^\/second-step/)
    await browser.send({ code: app.code() })
    assert.equal(browser.page.at, '/account/factors/app')
  })

  test('K2: a remembered browser is asked too', async () => {
    const { service, browser } = await signedIn()
    const { app } = await setUpApp(browser, service.clock)
    service.clock.advance(minutes(6))
    browser.cookies.delete(service.cookies.session)
    await browser.open('/sign-in')
    await browser.send({ email, password: PASSWORD })
    await browser.send({ code: app.code(), remember: 'yes' })
    browser.cookies.delete(service.cookies.session)
    await browser.open('/sign-in')
    assert.equal((await browser.send({ email, password: PASSWORD })).at, '/account')
    for (const path of ['/account/factors/app', '/account/factors/codes', '/account/email', '/account/password'])
      assert.match((await browser.open(path)).at, /^\/second-step/, path)
  })

  test('one is removed, with the recovery codes where it was the last; signing in asks no more', async () => {
    const { service, browser, factors } = await signedIn()
    await setUpApp(browser, service.clock)
    await browser.open('/account/factors')
    await browser.send({}, { button: 'Remove' })
    assert.match(browser.page.html, /That way is removed/)
    assert.deepEqual(await factors(), [])
    assert.deepEqual(await service.db.selectFrom('recovery_codes').selectAll().execute(), [])
    await service.post()
    assert.equal(service.box.newest(email).subject, 'A way to sign in was removed')
    const other = service.browser()
    await other.open('/sign-in')
    assert.equal((await other.send({ email, password: PASSWORD })).at, '/account')
  })

  test('K2: removing asks for a fresh proof too, and comes back to the list', async () => {
    const { service, browser, factors } = await signedIn()
    const { app } = await setUpApp(browser, service.clock)
    await browser.open('/account/factors')
    service.clock.advance(minutes(6))
    await browser.send({}, { button: 'Remove' })
    await browser.send({ email, password: PASSWORD })
    await browser.send({ code: app.code() })
    assert.equal(browser.page.at, '/account/factors')
    assert.equal((await factors()).length, 1)
  })

  test('a form that is not ours leads back to the page it stands on', async () => {
    const { browser } = await signedIn()
    for (const [path, page] of [
      ['/sign-in/passkey', '/sign-in'],
      ['/second-way/later?journey=jrn_1', '/second-way?journey=jrn_1'],
      ['/account/factors/remove', '/account/factors'],
      ['/account/factors/codes/file', '/account/factors/codes/new'],
    ] as const) {
      const refused = await browser.request(path, { method: 'POST', body: new URLSearchParams({ csrf: 'x' }) })
      assert.equal(refused.status, 403)
      assert.ok(refused.html.includes(`href="${page}"`), path)
    }
  })

  test('nobody removes or renames what is somebody else’s', async () => {
    const { service, browser, factors } = await signedIn()
    await setUpApp(browser, service.clock)
    const mallory = await somebody(service, 'mallory@exemple.ca')
    await setUpApp(mallory, service.clock)
    const [hers] = await factors()
    await mallory.open('/account/factors')
    await mallory.send({ way: hers?.id ?? '' }, { button: 'Remove' })
    await mallory.open(`/account/factors/name?way=${hers?.id}`)
    assert.equal(mallory.page.at, '/account/factors')
    assert.equal((await factors()).length, 2)
  })

  test('one is given a name, by which the second step calls it', async () => {
    const { service, browser, factors } = await signedIn()
    await setUpApp(browser, service.clock)
    const [factor] = await factors()
    await browser.open(`/account/factors/name?way=${factor?.id}`)
    await browser.send({ name: 'x'.repeat(61) }, { button: 'Save' })
    assert.match(browser.page.html, /at most 60 characters/)
    await browser.send({ name: 'Pixel 9' }, { button: 'Save' })
    assert.match(browser.page.html, /Pixel 9/)
    const other = service.browser()
    await other.open('/sign-in')
    await other.send({ email, password: PASSWORD })
    assert.match(other.page.html, /Open <b dir="auto">Pixel 9<\/b>/)
  })
})
