import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { appOf, setUpApp } from '../../testing/apps.ts'
import { formsOf } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'

async function signedIn() {
  const service = await testService()
  const browser = await somebody(service)
  const factors = () => service.db.selectFrom('factors').selectAll().execute()
  return { service, browser, factors }
}

suite('setting an authenticator app up', () => {
  test('E1: the page shows a picture and a key; a code of theirs makes it a way, and the mailbox is told', async () => {
    const { service, browser, factors } = await signedIn()
    await browser.open('/account/factors/app')
    assert.match(browser.page.html, /<svg class="qr"/)
    const app = appOf(browser.page.html, service.clock)
    await browser.send({ code: app.code() }, { button: 'Continue' })
    assert.match(browser.page.at, /^\/account\/factors\/codes\/new/)
    assert.equal((await factors()).length, 1)
    await service.post()
    assert.equal(service.box.newest(email).subject, 'A way to sign in was added')
    assert.match((await browser.open('/account/activity')).html, /A way to sign in was added/)
  })

  test('E1: what was not confirmed is no way, and asks for nothing', async () => {
    const { service, browser, factors } = await signedIn()
    await browser.open('/account/factors/app')
    await browser.send({ code: '000000' }, { button: 'Continue' })
    assert.equal(browser.page.status, 422)
    assert.equal((await factors()).length, 0)
    browser.cookies.delete(service.cookies.session)
    await browser.open('/sign-in')
    assert.equal((await browser.send({ email, password: PASSWORD })).at, '/account')
  })

  test('Z7, H1: the key stays the same when a code is refused, and in another language', async () => {
    const { service, browser } = await signedIn()
    await browser.open('/account/factors/app')
    const { key } = appOf(browser.page.html, service.clock)
    await browser.send({ code: '000000' }, { button: 'Continue' })
    assert.equal(appOf(browser.page.html, service.clock).key, key)
    const offer = formsOf(browser.page.html).find(({ action }) => action === '/account/factors/app')?.hidden.offer ?? ''
    await browser.request('/language', {
      method: 'POST',
      body: new URLSearchParams({
        csrf: formsOf(browser.page.html)[0]?.hidden.csrf ?? '',
        here: '/account/factors/app',
        language: 'fr',
        offer,
        code: '123',
      }),
      headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
    })
    await browser.open('/account/factors/app')
    assert.match(browser.page.html, /lang="fr"/)
    assert.equal(appOf(browser.page.html, service.clock).key, key)
  })

  test('the code that set it up is used up', async () => {
    const { service, browser } = await signedIn()
    await browser.open('/account/factors/app')
    const app = appOf(browser.page.html, service.clock)
    const code = app.code()
    await browser.send({ code }, { button: 'Continue' })
    const other = service.browser()
    await other.open('/sign-in')
    await other.send({ email, password: PASSWORD })
    await other.send({ code })
    assert.match(other.page.html, /used already/)
  })

  test('the form sent twice at once is one app', async () => {
    const { service, browser, factors } = await signedIn()
    await browser.open('/account/factors/app')
    const app = appOf(browser.page.html, service.clock)
    const { page } = browser
    const send = () => browser.send({ code: app.code() }, { button: 'Continue', follow: false })
    const first = send()
    browser.page = page
    const answers = await Promise.all([first, send()])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303],
    )
    assert.equal((await factors()).length, 1)
  })

  test('a page that stood open too long, or of somebody else, sets nothing up', async () => {
    const { service, browser, factors } = await signedIn()
    const mallory = await somebody(service, 'mallory@exemple.ca')
    await mallory.open('/account/factors/app')
    const stolen = appOf(mallory.page.html, service.clock)
    const { offer = '' } =
      formsOf(mallory.page.html).find(({ action }) => action === '/account/factors/app')?.hidden ?? {}
    await browser.open('/account/factors/app')
    await browser.send({ offer, code: stolen.code() }, { button: 'Continue' })
    assert.match(browser.page.html, /open too long/)
    assert.equal((await factors()).length, 0)
  })

  test('a sixth app is refused', async () => {
    const { service, browser } = await signedIn()
    for (let n = 0; n < 5; n++) await setUpApp(browser, service.clock)
    await browser.open('/account/factors/app')
    await browser.send({ code: appOf(browser.page.html, service.clock).code() }, { button: 'Continue' })
    assert.match(browser.page.html, /5 authenticator apps already/)
  })
})
