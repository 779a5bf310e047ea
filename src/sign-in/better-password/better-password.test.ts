import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type PolicyChange, setPolicy } from '../../operator/policy/rules.ts'
import { system } from '../../platform/actor.ts'
import { days, minutes, seconds } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const BETTER = 'onze girafes patientes'
const email = 'marie@exemple.ca'

const raise = async (service: TestService, wish: PolicyChange) => {
  assert.ok((await setPolicy(service, wish, system)).ok)
}
const signIn = (browser: Browser, password = PASSWORD) => browser.send({ email, password }, { button: 'Sign in' })
const choose = (browser: Browser, password: string, again = password, more: Record<string, string> = {}) =>
  browser.send({ 'new-password': password, 'confirm-password': again, ...more }, { button: 'Save the new password' })
const asked = /^\/better-password\?journey=jrn_/
const codeAt = /^http:\/\/localhost:4000\/ledger\/callback\?code=/

suite('C3: a standard that was raised locks nobody out', () => {
  test('whoever signs in with a password that falls short chooses another, and is at the product', async () => {
    const service = await testService()
    const elsewhere = await somebody(service)
    const request = await productRequest(service)
    await raise(service, { minLength: 20 })
    const browser = service.browser()
    await browser.open(request)
    const page = await signIn(browser)
    assert.match(page.at, asked)
    assert.match(page.html, /<h1>Choose a new password<\/h1>.*at least 20 characters/s)
    assert.doesNotMatch(page.html, /Later|Current password/)

    assert.match((await choose(browser, 'tulipes')).html, /At least 20 characters; this has 7/)
    assert.equal(browser.page.status, 422)
    assert.match((await choose(browser, BETTER, 'onze girafes')).html, /The two are not the same/)
    const secret = browser.cookies.get(service.cookies.session)
    assert.match((await choose(browser, BETTER)).at, codeAt)
    assert.notEqual(browser.cookies.get(service.cookies.session), secret, 'the session has a new secret')

    assert.match((await elsewhere.open('/account')).at, /^\/sign-in/, 'another session has ended')
    await service.post()
    assert.equal(service.box.newest(email).subject, 'Your password was changed')
    const again = service.browser()
    await again.open('/sign-in')
    assert.equal((await signIn(again)).status, 422, 'the old one is dead')
    assert.equal((await signIn(again, BETTER)).at, '/account')
  })

  test('who was signed in before is asked at the next sign-in, not sooner', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const request = await productRequest(service)
    service.clock.advance(seconds(1))
    await raise(service, { minLength: 20 })
    assert.equal((await browser.open('/account')).at, '/account')
    assert.match((await browser.open(request)).at, codeAt)
    assert.match((await browser.open(`${request}&prompt=none`)).at, codeAt)
    await browser.open(`${request}&prompt=login`)
    assert.match((await signIn(browser)).at, asked)
    assert.match((await choose(browser, BETTER)).at, codeAt)
  })

  test('a list made stricter counts as well as a length', async () => {
    const service = await testService()
    const owner = await somebody(service)
    const [derived, typed] = ['12sunshine34', { 'current-password': PASSWORD }]
    await owner.open('/account/password')
    await owner.send({ ...typed, 'new-password': derived, 'confirm-password': derived })
    assert.equal(owner.page.at, '/account/password?done=changed')
    service.clock.advance(seconds(1))
    await raise(service, { list: 'strict' })
    const browser = service.browser()
    await browser.open('/sign-in')
    assert.match((await signIn(browser, derived)).html, /one of those that are tried first/)
    assert.match((await choose(browser, '34sunshine12')).html, /one of the passwords that are tried first/)
    assert.equal((await choose(browser, BETTER)).at, '/account')
  })
})

test('E8: who skipped the second step in this browser proves more before the password is changed', async () => {
  const service = await testService()
  const owner = await somebody(service)
  const { app } = await setUpApp(owner, service.clock)
  const browser = service.browser()
  await browser.open('/sign-in')
  await signIn(browser)
  service.clock.advance(seconds(31))
  await browser.send({ code: app.code(), remember: 'yes' })
  service.clock.advance(minutes(11))
  await raise(service, { minLength: 20 })
  browser.cookies.delete(service.cookies.session)
  await browser.open(await productRequest(service))
  assert.match((await signIn(browser)).at, /^\/second-step/)
  await browser.send({ code: app.code() })
  assert.match(browser.page.at, asked)
  service.clock.advance(minutes(11))
  const typed = { 'current-password': PASSWORD }
  assert.match((await choose(browser, BETTER, BETTER, typed)).at, /^\/second-step/, 'nor on a page that stood open')
  await browser.send({ code: app.code() })
  assert.match((await choose(browser, BETTER, BETTER, typed)).at, codeAt)
})

suite('C3: in the time of grace it may be put off', () => {
  test('once in a session, until the day; a silent request is held up only after it', async () => {
    const service = await testService({ PASSERELLE_SESSION_IDLE_HOURS: '720' })
    await somebody(service)
    const request = await productRequest(service)
    await raise(service, { minLength: 20, graceDays: 10 })
    const browser = service.browser()
    await browser.open(request)
    await signIn(browser)
    const silent = async () => (await browser.open(`${request}&prompt=none`)).at
    assert.match(await silent(), codeAt, 'silence is not broken in the time of grace')
    assert.match((await browser.open(request)).at, asked, 'asked until the person has answered')
    assert.match(browser.page.html, /You can also do this later, until/)
    assert.match((await browser.send({}, { button: 'Later' })).at, codeAt)
    assert.match((await browser.open(request)).at, codeAt)
    assert.equal((await browser.open('/account')).at, '/account')

    service.clock.advance(days(10))
    assert.match(await silent(), /error=interaction_required/)
    assert.match((await browser.open('/account')).at, asked)
    assert.match((await browser.open(request)).at, asked)
    assert.doesNotMatch(browser.page.html, /Later/)
    await browser.request(browser.page.at.replace('?', '/later?'), { method: 'POST' })
    assert.match((await browser.open(request)).at, asked, 'the time is up')
    assert.match(browser.page.html, /Current password/, 'it is long since the password was typed')
    const tooShort = { 'current-password': '' }
    assert.match((await choose(browser, BETTER, BETTER, tooShort)).html, /Enter the password you have now/)
    const wrong = { 'current-password': 'quatre mots' }
    assert.match((await choose(browser, BETTER, BETTER, wrong)).html, /This is not the password you have now/)
    assert.match((await choose(browser, BETTER, BETTER, { 'current-password': PASSWORD })).at, codeAt)
    assert.match(await silent(), codeAt)
  })

  test('a new sign-in asks again; account pages ask, and come back to the very page', async () => {
    const service = await testService()
    await somebody(service)
    await raise(service, { minLength: 20, graceDays: 10 })
    const browser = service.browser()
    await browser.open('/sign-in')
    assert.match((await signIn(browser)).at, asked)
    assert.equal((await browser.send({}, { button: 'Later' })).at, '/account')
    assert.equal((await browser.open('/account/password')).at, '/account/password')
    const another = service.browser()
    await another.open('/account/password')
    assert.match((await signIn(another)).at, asked)
    assert.equal((await choose(another, BETTER)).at, '/account/password')
  })
})

suite('C3: the page is for who needs it', () => {
  test('who needs no better password goes on; without a journey there is nothing to show', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const other = await somebody(service, 'paul@exemple.ca')
    await raise(service, { minLength: 20 })
    await browser.open('/sign-out')
    const shortened = service.browser()
    await shortened.open('/sign-in')
    await signIn(shortened)
    const { at } = shortened.page
    assert.equal((await other.open(at)).status, 400, 'of another browser')
    assert.equal((await other.open('/better-password')).status, 400)
    await choose(shortened, BETTER)
    assert.equal((await shortened.open(at)).at, '/account', 'it is done')
  })

  test('ten minutes after the sign-in the current password is asked for', async () => {
    const service = await testService()
    await somebody(service)
    await raise(service, { minLength: 20 })
    const browser = service.browser()
    await browser.open('/sign-in')
    await signIn(browser)
    assert.doesNotMatch(browser.page.html, /Current password/)
    service.clock.advance(minutes(11))
    const late = await choose(browser, BETTER)
    assert.match(late.html, /Enter the password you have now/)
    assert.match(late.html, /Current password/)
  })
})
