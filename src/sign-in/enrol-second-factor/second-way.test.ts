import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type PolicyChange, setPolicy } from '../../operator/policy/rules.ts'
import { requireSecondStep } from '../../operator/products/rules.ts'
import { system } from '../../platform/actor.ts'
import { days, minutes, seconds } from '../../platform/clock.ts'
import { appOf } from '../../testing/apps.ts'
import { type Browser, formsOf } from '../../testing/browser.ts'
import { ask } from '../../testing/operator.ts'
import { inFrench, offered, PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'
const BETTER = 'onze girafes patientes'
const asked = /^\/second-way\?journey=jrn_/
const codeAt = /^http:\/\/localhost:4000\/ledger\/callback\?code=/
const refused = /error=interaction_required/

const set = async (service: TestService, wish: PolicyChange) => assert.ok((await setPolicy(service, wish, system)).ok)
const require = async (service: TestService, wish: { required?: boolean; graceDays?: number } = {}) =>
  assert.ok((await requireSecondStep(service, 'ledger', { required: true, ...wish }, system)).ok)
const signIn = (browser: Browser) => browser.send({ email, password: PASSWORD }, { button: 'Sign in' })

async function opened(service: TestService, address: string): Promise<Browser> {
  const browser = service.browser()
  await browser.open(address)
  return browser
}

/** Sets an app up from the page that asks for a second factor, and saves the codes; answers where that leads. */
async function setUp(service: TestService, browser: Browser): Promise<string> {
  await browser.open(offered(browser, '/account/factors/app'))
  await browser.send({ code: appOf(browser.page.html, service.clock).code() }, { button: 'Continue' })
  assert.match(browser.page.at, /^\/account\/factors\/codes\/new\?/)
  return (await browser.send({}, { button: 'I have saved them' })).at
}

async function setting(environment = {}) {
  const service = await testService(environment)
  const browser = await somebody(service)
  return { service, browser, request: await productRequest(service) }
}

suite('E1: required of everyone', () => {
  test('whoever has only a password sets a second way up, and is at the product', async () => {
    const { service, request } = await setting()
    await set(service, { secondStep: 'everyone' })
    const browser = await opened(service, request)
    const page = await signIn(browser)
    assert.match(page.at, asked)
    assert.match(page.html, /<h1>Set up a second way to sign in<\/h1>.*marie@exemple\.ca/s)
    assert.doesNotMatch(page.html, /Later/)
    offered(browser, '/account/factors/passkey')
    assert.match(await setUp(service, browser), codeAt)
    assert.match((await browser.open(request)).at, codeAt, 'nothing is asked any more')
    assert.match((await browser.open(page.at)).at, codeAt, 'nor by the page of before')
  })

  test('who cannot do so now signs out, and is asked at the next sign-in', async () => {
    const { service, browser, request } = await setting()
    await set(service, { secondStep: 'everyone' })
    await browser.open(request)
    assert.equal((await browser.send({}, { button: 'Sign out' })).at, '/signed-out')
    await browser.open(request)
    assert.match((await signIn(browser)).at, asked)
  })

  test('a session that began before goes on until it comes to a product or to account management', async () => {
    const { service, browser, request } = await setting()
    await set(service, { secondStep: 'everyone' })
    assert.match((await browser.open(request)).at, asked)
    assert.match((await browser.open('/account/profile')).at, asked)
    assert.equal(await setUp(service, browser), '/account/profile')
    assert.match((await browser.open(request)).at, codeAt)
  })

  test('who signs up on the way is asked too', async () => {
    const service = await testService()
    await set(service, { secondStep: 'everyone' })
    const browser = await opened(service, `${await productRequest(service)}&prompt=create`)
    await browser.send({ email, 'first-name': 'Marie', 'last-name': 'Tremblay', password: PASSWORD })
    await service.post()
    await browser.send({ code: service.box.newest(email).code ?? '' })
    assert.match(browser.page.at, asked)
    assert.match(await setUp(service, browser), codeAt)
  })

  test('nothing is lost: by a sign-in of long ago, a refused code, another language, the way back', async () => {
    const { service, browser, request } = await setting()
    await set(service, { secondStep: 'everyone' })
    service.clock.advance(minutes(30))
    const { at } = await browser.open(request)
    const form = await browser.open(offered(browser, '/account/factors/app'))
    assert.match(form.at, /^\/sign-in\?to=/, 'ways are set up by who has just signed in')
    await signIn(browser)
    assert.match(browser.page.at, /^\/account\/factors\/app\?journey=/)
    const app = appOf(browser.page.html, service.clock)
    await browser.send({ code: '000000' }, { button: 'Continue' })
    assert.equal(browser.page.status, 422)
    await inFrench(browser)
    assert.match(browser.page.html, /lang="fr"/)
    assert.equal(appOf(browser.page.html, service.clock).key, app.key)
    assert.match((await browser.open(offered(browser, '/continue/'))).at, asked, 'the way back')
    await browser.open(at)
    assert.match(browser.page.html, /<h1>Configurer une deuxième façon/)
    await browser.open(offered(browser, '/account/factors/app'))
    await browser.send({ code: appOf(browser.page.html, service.clock).code() }, { button: 'Continuer' })
    const { hidden, action } = formsOf(browser.page.html).find((form) => form.action.includes('/codes/file')) ?? {}
    const headers = { 'sec-fetch-site': 'same-origin' }
    const file = await browser.request(action ?? '', { method: 'POST', body: new URLSearchParams(hidden), headers })
    assert.match(file.html, /^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/m)
    const policy = browser.page.headers.get('content-security-policy') ?? ''
    assert.match(policy, /form-action [^;]*http:\/\/localhost:4000/, 'the last form leads away, to the product')
    assert.match((await browser.send({}, { button: 'Je les ai conservés' })).at, codeAt)
  })

  test('a better password comes first, where both are needed; the pages that set a way up are not held up by its lack', async () => {
    const { service, request } = await setting()
    await set(service, { minLength: 20, secondStep: 'everyone' })
    const browser = await opened(service, request)
    assert.match((await signIn(browser)).at, /^\/better-password/)
    assert.match((await browser.open('/account/factors/app')).at, /^\/better-password/)
    await browser.send({ 'new-password': BETTER, 'confirm-password': BETTER })
    assert.equal(browser.page.at, '/account/factors/app')
    assert.match((await browser.open(request)).at, asked)
    assert.match(await setUp(service, browser), codeAt)
  })

  test('set up in another tab, the first one goes on', async () => {
    const { service, browser, request } = await setting()
    await set(service, { secondStep: 'everyone' })
    const first = await browser.open(request)
    const form = offered(browser, '/account/factors/app')
    await browser.open(request)
    assert.match(await setUp(service, browser), codeAt)
    assert.match((await browser.open(first.at)).at, codeAt)
    await browser.open(form)
    service.clock.advance(seconds(60))
    await browser.send({ code: appOf(browser.page.html, service.clock).code() }, { button: 'Continue' })
    assert.match(browser.page.at, codeAt, 'a second app leads on as well')
  })

  test('the page is for who needs it', async () => {
    const { service, browser, request } = await setting()
    const other = await somebody(service, 'paul@exemple.ca')
    await set(service, { secondStep: 'everyone' })
    const { at } = await browser.open(request)
    assert.equal((await other.open(at)).status, 400, 'of another browser')
    assert.equal((await other.open(at.replace('/second-way', '/account/factors/app'))).status, 400)
    assert.equal((await browser.open('/second-way')).status, 400)
    await set(service, { secondStep: 'nobody' })
    assert.match((await browser.open(at)).at, codeAt, 'it is required no more')
  })
})

suite('E1: in the time of grace it may be put off', () => {
  test('once in a session, until the day; a silent request is held up only after it', async () => {
    const { service, request } = await setting({ PASSERELLE_SESSION_IDLE_HOURS: '720' })
    await set(service, { secondStep: 'everyone', secondStepGraceDays: 10 })
    const browser = await opened(service, request)
    await signIn(browser)
    const silent = async () => (await browser.open(`${request}&prompt=none`)).at
    assert.match(await silent(), codeAt, 'silence is not broken in the time of grace')
    assert.match((await browser.open(request)).at, asked, 'asked until the person has answered')
    assert.match(browser.page.html, /You can also do this later, until /)
    assert.match((await browser.send({}, { button: 'Later' })).at, codeAt)
    assert.match((await browser.open(request)).at, codeAt)
    assert.equal((await browser.open('/account')).at, '/account')

    service.clock.advance(days(10))
    assert.match(await silent(), refused)
    assert.match((await browser.open('/account')).at, asked)
    assert.match((await browser.open(request)).at, asked)
    assert.doesNotMatch(browser.page.html, /Later/)
    await browser.request(browser.page.at.replace('?', '/later?'), { method: 'POST' })
    assert.match((await browser.open(request)).at, asked, 'the time is up')

    await set(service, { secondStepGraceDays: 20 })
    assert.match((await browser.open(request)).at, codeAt, 'the operator gives more time')
    service.clock.advance(days(10))
    assert.match(await silent(), refused)
  })

  test('a new sign-in asks again; account pages ask, and come back to the very page', async () => {
    const { service } = await setting()
    await set(service, { secondStep: 'everyone', secondStepGraceDays: 10 })
    const browser = await opened(service, '/account/email')
    assert.match((await signIn(browser)).at, asked)
    assert.equal((await browser.send({}, { button: 'Later' })).at, '/account/email')
  })
})

suite('E1: required of staff', () => {
  test('only of them, from the day on which they were marked; and no more when they are not', async () => {
    const { service, request } = await setting()
    await set(service, { secondStep: 'staff', secondStepGraceDays: 5 })
    service.clock.advance(days(9))
    assert.match((await signIn(await opened(service, request))).at, codeAt)
    assert.match((await ask(service, 'POST', `/api/v1/accounts/${email}/staff`)).body.staff_since, /Z$/)
    const other = await opened(service, request)
    assert.match((await signIn(other)).at, asked)
    assert.match(other.page.html, /Later/)
    service.clock.advance(days(5))
    assert.doesNotMatch((await signIn(await opened(service, request))).html, /Later/)
    await ask(service, 'POST', `/api/v1/accounts/${email}/not-staff`)
    assert.match((await signIn(await opened(service, request))).at, codeAt)
  })
})

suite('E1: required by a product', () => {
  test('of who goes there: not at another, nor in account management', async () => {
    const { service, browser, request } = await setting()
    const elsewhere = await productRequest(service, 'payroll')
    await require(service)
    assert.match((await browser.open(elsewhere)).at, /payroll\/callback\?code=/)
    assert.equal((await browser.open('/account')).at, '/account')
    assert.match((await browser.open(`${request}&prompt=none`)).at, refused)
    assert.match((await browser.open(request)).at, asked)
    assert.match(browser.page.html, /ledger<\/b> needs a second way to sign in/)
    assert.match(await setUp(service, browser), codeAt)
  })

  test('with days of its own, and no more when it is taken back', async () => {
    const { service, browser, request } = await setting({ PASSERELLE_SESSION_IDLE_HOURS: '720' })
    await require(service, { graceDays: 7 })
    assert.match((await browser.open(`${request}&prompt=none`)).at, codeAt)
    assert.match((await browser.open(request)).at, asked)
    assert.match((await browser.send({}, { button: 'Later' })).at, codeAt)
    service.clock.advance(days(7))
    assert.match((await browser.open(request)).at, asked)
    await require(service, { required: false })
    assert.match((await browser.open(request)).at, codeAt)
  })
})
