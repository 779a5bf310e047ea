/** K4: what somebody else may know opens the account no more: its owner does not choose it once more either. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days } from '../../../platform/clock.ts'
import type { Browser } from '../../../testing/browser.ts'
import { PASSWORD, somebody } from '../../../testing/people.ts'
import { type TestService, testService } from '../../../testing/world.ts'

const EMAIL = 'marie@exemple.ca'
const FRESH = 'onze girafes patientes'
const REFUSED = /had this password until lately/

async function withAccount(): Promise<TestService> {
  const service = await testService()
  await somebody(service, EMAIL)
  return service
}
/** Says on the Activity page that it was somebody else; answers a browser at the link that was mailed. */
async function takenBack(service: TestService, password = PASSWORD): Promise<Browser> {
  const owner = service.browser()
  await owner.open('/sign-in')
  await owner.send({ email: EMAIL, password })
  await owner.open('/account/activity')
  const event = /name="event" value="(evt_\w+)"/.exec(owner.page.html)?.[1] ?? ''
  await owner.send({ event }, { button: 'It was not me' })
  await service.post()
  const browser = service.browser()
  await browser.open(service.box.newest(EMAIL).link ?? '')
  return browser
}
async function forgotten(service: TestService): Promise<Browser> {
  const browser = service.browser()
  await browser.open('/forgot')
  await browser.send({ email: EMAIL })
  await service.post()
  await browser.open(service.box.newest(EMAIL).link ?? '')
  return browser
}
const choose = (browser: Browser, password: string) =>
  browser.send({ 'new-password': password, 'confirm-password': password })

async function change(service: TestService, current: string, password: string): Promise<Browser> {
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email: EMAIL, password: current })
  await browser.open('/account/password')
  await browser.send({ 'current-password': current, 'new-password': password, 'confirm-password': password })
  return browser
}

suite('K4: the password that was turned off', () => {
  test('is refused with what to do, and the link works on', async () => {
    const service = await withAccount()
    const browser = await takenBack(service)
    await choose(browser, PASSWORD)
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, REFUSED)
    await choose(browser, FRESH)
    assert.match(browser.page.at, /done=reset/)
  })

  test('nor is it chosen by any other link, or in account management, for a week', async () => {
    const service = await withAccount()
    await choose(await takenBack(service), FRESH)
    const forgetful = await forgotten(service)
    await choose(forgetful, PASSWORD)
    assert.match(forgetful.page.html, REFUSED)
    assert.match((await change(service, FRESH, PASSWORD)).page.html, REFUSED)
    service.clock.advance(days(7.1))
    assert.equal((await change(service, FRESH, PASSWORD)).page.at, '/account/password?done=changed')
  })

  test('costs a hash for each try of a link, and a link has five', async () => {
    const service = await withAccount()
    const browser = await takenBack(service)
    for (let n = 0; n < 5; n++) await choose(browser, PASSWORD)
    assert.match(browser.page.html, REFUSED)
    await choose(browser, PASSWORD)
    assert.equal(browser.page.status, 410)
  })

  test('a password that was only replaced may be had again, by whoever is signed in', async () => {
    const service = await testService()
    await somebody(service, EMAIL)
    await change(service, PASSWORD, FRESH)
    assert.equal((await change(service, FRESH, PASSWORD)).page.at, '/account/password?done=changed')
  })

  test('nor does a second theft in that week push out what its owner chose after the first', async () => {
    const service = await withAccount()
    let current = PASSWORD
    for (const theft of ['first', 'second']) {
      const ofOwner = current
      for (let n = 0; n < 6; n++) {
        await change(service, current, `${FRESH} ${theft} ${n}`)
        current = `${FRESH} ${theft} ${n}`
      }
      const browser = await takenBack(service, current)
      await choose(browser, ofOwner)
      assert.match(browser.page.html, REFUSED)
      current = `quatre mots bien neufs ${theft}`
      await choose(browser, current)
      assert.match(browser.page.at, /done=reset/)
    }
  })

  for (const [by, back] of [
    ['"It was not me"', takenBack],
    ['"Forgot your password?"', forgotten],
  ] as const)
    test(`nor does ${by} bring back what a thief who knew it has replaced, however often they did`, async () => {
      const service = await testService()
      await somebody(service, EMAIL)
      let current = PASSWORD
      for (let n = 0; n < 8; n++) {
        await change(service, current, `${FRESH} ${n}`)
        current = `${FRESH} ${n}`
      }
      service.clock.advance(days(6))
      const browser = await back(service, current)
      await choose(browser, PASSWORD)
      assert.match(browser.page.html, REFUSED)
      await choose(browser, 'quatre mots bien neufs')
      assert.match(browser.page.at, /done=reset/)
      service.clock.advance(days(2))
      assert.equal(
        (await change(service, 'quatre mots bien neufs', PASSWORD)).page.at === '/account/password?done=changed',
        back === forgotten, // who took the account back is not asked for it again for a week from then
      )
      const kept = await service.db.selectFrom('former_ways').select('id').where('kind', '=', 'password').execute()
      assert.ok(kept.length <= 7, `${kept.length} are kept`)
    })
})
