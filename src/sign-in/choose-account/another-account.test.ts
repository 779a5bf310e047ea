/** X10: what was proved on a journey counts for the account that proved it, and for no other of the same browser. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { after, days, hours, seconds } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const [MARIE, JEAN] = ['marie@exemple.ca', 'jean@exemple.ca']
const journeyOf = ({ page }: Browser): string => /journey=(jrn_\w+)/.exec(page.at)?.[1] ?? ''

async function signIn({ cookies }: TestService, browser: Browser, email: string): Promise<void> {
  browser.cookies.delete(cookies.session)
  await browser.open('/sign-in')
  await browser.send({ email, password: PASSWORD }, { button: 'Sign in' })
}

suite('X10: another account of the same browser', () => {
  test('does not go on with the choice that somebody else made', async () => {
    const service = await testService()
    const browser = await somebody(service, MARIE)
    await somebody(service, JEAN)
    await browser.open(await productRequest(service, 'ledger', { prompt: 'select_account' }))
    assert.match(browser.page.at, /^\/choose-account/)
    const journey = journeyOf(browser)
    await browser.send({}, { button: `Continue as ${MARIE}`, follow: false })
    await signIn(service, browser, JEAN)
    assert.match((await browser.open(`/continue/${journey}`)).at, /^\/sign-in/)
    await signIn(service, browser, MARIE)
    assert.match((await browser.open(`/continue/${journey}`)).at, /callback\?code=/)
  })

  test('is not chosen, nor closed, by a page that was shown for somebody else', async () => {
    const service = await testService()
    const browser = await somebody(service, MARIE)
    await somebody(service, JEAN)
    await browser.open('/account/privacy/close')
    const closes = browser.page
    await browser.open(await productRequest(service, 'ledger', { prompt: 'select_account' }))
    const chooses = browser.page
    await signIn(service, browser, JEAN)
    browser.page = chooses
    await browser.send({}, { button: `Continue as ${MARIE}` })
    assert.match(browser.page.at, /^\/choose-account/)
    assert.ok(browser.page.html.includes(`Continue as ${JEAN}`))
    browser.page = closes
    assert.equal((await browser.send({})).at, '/account/privacy/close')
    const closing = await service.db.selectFrom('accounts').select('id').where('closing_at', 'is not', null).execute()
    assert.deepEqual(closing, [])
    await browser.send({})
    assert.match(browser.page.at, /done=closing/)
  })

  test('is not kept open by the page of somebody else who thinks better of closing', async () => {
    const service = await testService()
    const browser = await somebody(service, MARIE)
    await somebody(service, JEAN)
    await service.db
      .updateTable('accounts')
      .set({ closing_at: after(service.clock.now(), days(7)) })
      .execute()
    const keeps = await browser.open('/keep-account')
    await signIn(service, browser, JEAN)
    browser.page = keeps
    assert.equal((await browser.send({})).at, '/keep-account')
    const open = () => service.db.selectFrom('accounts').select('email').where('closing_at', 'is', null).execute()
    assert.deepEqual(await open(), [])
    await browser.send({})
    assert.deepEqual(await open(), [{ email: JEAN }])
  })

  test('nor is its step more a proof that somebody else has signed in', async () => {
    const service = await testService()
    const browser = await somebody(service, MARIE)
    const { app } = await setUpApp(browser, service.clock)
    const stolen = browser.cookies.get(service.cookies.session) ?? ''
    await somebody(service, JEAN)
    service.clock.advance(seconds(31))
    const thief = service.browser()
    await thief.open(await productRequest(service, 'ledger', { prompt: 'login', acr_values: 'mfa' }))
    const journey = journeyOf(thief)
    await thief.send({ email: JEAN, password: PASSWORD }, { button: 'Sign in', follow: false })
    thief.cookies.set(service.cookies.session, stolen)
    assert.match((await thief.open(`/second-step?journey=${journey}`)).at, /^\/sign-in/)
    assert.match((await thief.open(`/continue/${journey}`)).at, /^\/sign-in/)
    assert.ok(app.code())
  })

  test('I5: a session that was stolen asks support for nothing, whoever typed a password on the journey', async () => {
    const service = await testService()
    const owner = await somebody(service, MARIE)
    const { app } = await setUpApp(owner, service.clock)
    service.clock.advance(seconds(31))
    const browser = service.browser()
    await signIn(service, browser, MARIE)
    await browser.send({ code: app.code(), remember: 'yes' })
    await signIn(service, browser, MARIE)
    assert.equal(browser.page.at, '/account')
    const stolen = browser.cookies.get(service.cookies.session) ?? ''
    service.clock.advance(hours(1))
    await somebody(service, JEAN)
    const thief = service.browser()
    await thief.open(await productRequest(service, 'ledger', { prompt: 'login', acr_values: 'mfa' }))
    const journey = journeyOf(thief)
    await thief.send({ email: JEAN, password: PASSWORD }, { button: 'Sign in', follow: false })
    thief.cookies.set(service.cookies.session, stolen)
    assert.match((await thief.open(`/second-step/lost?journey=${journey}`)).at, /^\/sign-in/)
  })
})
