/** E2: after a sign-in by password a passkey is offered, once, where the device can make one and the account has none. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, minutes } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import { askedOn, bring, makeAuthenticator } from '../../testing/authenticator.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, signInByPasskey, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'
import { urls } from '../../urls.ts'

const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '100000' })
const request = await productRequest(service)
const CALLBACK = /^http:\/\/localhost:4000\/ledger\/callback\?code=/
let drawn = 0

async function person() {
  const email = `person-${++drawn}@exemple.ca`
  return { email, owner: await somebody(service, email) }
}
/** Signs in on the way to a product, with a browser that makes passkeys unless it is said otherwise. */
async function signIn(email: string, says = 'yes', browser = service.browser(), at = request): Promise<Browser> {
  await browser.open(at)
  await browser.send({ email, password: PASSWORD, 'makes-passkeys': says }, { button: 'Sign in' })
  return browser
}
const isOffered = ({ page }: Browser): boolean => page.at.startsWith(urls.offerPasskey)

suite('the offer of a passkey', () => {
  test('is accepted, and the person goes on to the product; from then on the passkey signs in', async () => {
    const { email } = await person()
    const browser = await signIn(email)
    assert.match(browser.page.at, /^\/offer-passkey\?journey=/)
    const asked = askedOn(browser)
    const device = makeAuthenticator(service.origin)
    const weak = await bring(browser, browser.page.at, asked, device.create(asked, { flags: 1 }))
    assert.equal(weak.status, 422, 'it has to verify its person')
    await browser.open(browser.page.at)
    const again = askedOn(browser)
    const made = await bring(browser, browser.page.at, again, device.create(again))
    assert.match((await browser.open(made.headers.get('location') ?? '')).at, CALLBACK)
    await service.post()
    assert.equal(service.box.newest(email).subject, 'A way to sign in was added')
    const other = service.browser()
    await other.open(request)
    assert.match((await signInByPasskey(other, device, other.page.at)).at, CALLBACK)
    assert.ok(!isOffered(await signIn(email)), 'it is asked for now, and not offered')
  })

  test('E9: says what becomes of the password: it opens the account as before, alone or not', async () => {
    const { email, owner } = await person()
    assert.match((await signIn(email)).page.html, /Your password goes on working too/)
    const { app } = await setUpApp(owner, service.clock)
    service.clock.advance(minutes(1))
    const browser = await signIn(email)
    await browser.send({ code: app.code() })
    assert.ok(isOffered(browser))
    assert.match(browser.page.html, /takes the place of both steps/)
    assert.doesNotMatch(browser.page.html, /no longer opens your account/)
  })

  test('"Not now" leads on to the product, and holds for 90 days, in every browser', async () => {
    const { email } = await person()
    const browser = await signIn(email)
    const { at } = browser.page
    await browser.send({}, { button: 'Not now' })
    assert.match(browser.page.at, CALLBACK)
    assert.ok(!(await browser.open(at)).at.startsWith(urls.offerPasskey))
    service.clock.advance(days(89))
    assert.match((await signIn(email, 'yes', browser)).page.at, CALLBACK)
    assert.match((await signIn(email)).page.at, CALLBACK)
    service.clock.advance(days(2))
    assert.ok(isOffered(await signIn(email)))
  })

  test('is made on the way to account management too', async () => {
    const { email } = await person()
    const browser = await signIn(email, 'yes', service.browser(), urls.signIn)
    assert.ok(isOffered(browser))
    assert.equal((await browser.send({}, { button: 'Not now' })).at, urls.account)
  })

  test('is not made where the browser has not said that it can, nor in the middle of something', async () => {
    const { email, owner } = await person()
    for (const says of ['', 'no', 'true']) assert.match((await signIn(email, says)).page.at, CALLBACK)
    service.clock.advance(minutes(11))
    await owner.open(urls.close)
    await owner.send({ email, password: PASSWORD, 'makes-passkeys': 'yes' }, { button: 'Sign in' })
    assert.equal(owner.page.at, urls.close)
  })

  test('is over after five minutes, and never comes before a second step', async () => {
    const { email, owner } = await person()
    const late = await signIn(email)
    const asked = askedOn(late)
    service.clock.advance(minutes(5))
    const made = await bring(late, late.page.at, asked, makeAuthenticator(service.origin).create(asked))
    assert.match((await late.open(made.headers.get('location') ?? '')).at, CALLBACK)
    assert.deepEqual(
      await service.db.selectFrom('passkeys').select('factor_id').where('account_id', 'in', idOf(email)).execute(),
      [],
    )

    await signInAgain(owner, email)
    const { app } = await setUpApp(owner, service.clock)
    service.clock.advance(minutes(1))
    const browser = await signIn(email)
    assert.match(browser.page.at, /^\/second-step/)
    assert.match((await browser.open(browser.page.at.replace('/second-step', urls.offerPasskey))).at, /^\/second-step/)
    await browser.send({ code: app.code(), remember: 'yes' })
    assert.ok(isOffered(browser))
    browser.cookies.delete(service.cookies.session)
    assert.match(
      (await signIn(email, 'yes', browser)).page.at,
      CALLBACK,
      'a password alone adds no way beside a second step',
    )
  })

  test('a silent request and one with a live session never meet it', async () => {
    const { email } = await person()
    const browser = await signIn(email)
    assert.match((await browser.open(`${request}&prompt=none`)).at, CALLBACK)
    assert.match((await browser.open(request)).at, CALLBACK)
  })
})

const idOf = (email: string) =>
  service.db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', email as never)

async function signInAgain(browser: Browser, email: string) {
  browser.cookies.delete(service.cookies.session)
  await browser.open(urls.signIn)
  await browser.send({ email, password: PASSWORD }, { button: 'Sign in' })
}
