/** E9: a passkey is a way in; two-step verification is a switch of its own. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { system } from '../../platform/actor.ts'
import { minutes, seconds } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import { setUpPasskey, stepByPasskey } from '../../testing/authenticator.ts'
import { type Browser, makeBrowser } from '../../testing/browser.ts'
import { BACK_UP, MOBILE, setUpContact } from '../../testing/contacts.ts'
import { ask } from '../../testing/operator.ts'
import { PASSWORD, productRequest, signInByPasskey, somebody } from '../../testing/people.ts'
import { race } from '../../testing/race.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { urls } from '../../urls.ts'
import { turnTwoStep } from './rules.ts'

const environment = { PASSERELLE_NETWORK_REQUESTS: '100000', PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' }
const service = await testService(environment)
const CALLBACK = /^http:\/\/localhost:4000\/[\w-]+\/callback\?code=/
const asked = /^\/second-step/
let drawn = 0

async function person() {
  const email = `person-${++drawn}@exemple.ca`
  return { email, browser: await somebody(service, email) }
}
async function withPasskey() {
  const made = await person()
  const device = await setUpPasskey(made.browser, service.origin)
  return { ...made, device }
}
const signIn = async (email: string, browser = service.browser(), page: string = urls.signIn) => {
  await browser.open(page)
  await browser.send({ email, password: PASSWORD }, { button: 'Sign in' })
  return browser
}
const state = async ({ db }: TestService, email: string) => {
  const { id, two_step_since: since } = await db
    .selectFrom('accounts')
    .select(['id', 'two_step_since'])
    .where('email', '=', email as never)
    .executeTakeFirstOrThrow()
  const rows = await db.selectFrom('history').select('kind').where('account_id', '=', id).orderBy('id').execute()
  const turned = rows.map(({ kind }) => kind).filter((kind) => kind.startsWith('two-step'))
  return { on: since !== null, turned }
}
const newest = async (email: string) => {
  await service.post()
  return service.box.newest(email)
}
const turn = async (browser: Browser, to: 'Turn on' | 'Turn off', device?: Parameters<typeof stepByPasskey>[1]) => {
  await browser.open(urls.twoStep)
  if (device && asked.test(browser.page.at)) await stepByPasskey(browser, device)
  return browser.send({}, { button: to })
}

suite('a passkey is a way in', () => {
  test('and asks nothing of a password, nor of a sensitive page; the pages say so', async () => {
    const { email, browser, device } = await withPasskey()
    assert.equal(browser.page.at, `${urls.factors}?done=passkey`)
    assert.match(browser.page.html, /Off\. Your password alone opens your account, and a passkey is another way in/)
    assert.match((await browser.open(urls.account)).html, /Two-step verification<\/dt>\s*<dd[^>]*>Off/)
    assert.deepEqual(await state(service, email), { on: false, turned: [] })
    const other = await signIn(email)
    assert.equal(other.page.at, urls.account)
    service.clock.advance(minutes(11))
    await other.open(urls.newApp)
    assert.match(other.page.at, /^\/sign-in\?to=/, 'a fresh sign-in')
    await other.send({ email, password: PASSWORD }, { button: 'Sign in' })
    assert.equal(other.page.at, urls.newApp, 'and no more')
    const alone = service.browser()
    assert.equal((await signInByPasskey(alone, device)).at, urls.account)
  })

  test('which leads a product as far as it asks for', async () => {
    for (const level of ['mfa', 'phr']) {
      const { email, device } = await withPasskey()
      const request = await productRequest(service, `wants-${level}`, { acr_values: level })
      const browser = await signIn(email, service.browser(), request)
      assert.match(browser.page.at, asked)
      assert.match((await stepByPasskey(browser, device)).at, CALLBACK)
      const { details } = await service.db
        .selectFrom('sessions')
        .select('details')
        .where('account_id', 'is not', null)
        .orderBy('uid', 'desc')
        .executeTakeFirstOrThrow()
      assert.equal(details.acr, 'phr')
    }
  })

  test('a doubted sign-in is confirmed by the mailbox', async () => {
    const { email } = await withPasskey()
    const far = makeBrowser(service.origin, service.base, { 'x-forwarded-for': '198.51.100.7' })
    await signIn(email, far)
    assert.match(far.page.at, /^\/confirm\?/)
    await far.send({ code: (await newest(email)).code ?? '' })
    assert.equal(far.page.at, urls.account)
  })
})

suite('two-step verification', () => {
  test('is turned on by an app and by a number, which their notice says; and off with the last of them', async () => {
    const byApp = await person()
    await setUpApp(byApp.browser, service.clock)
    const byText = await person()
    await setUpContact(service, byText.browser, 'text', MOBILE)
    for (const { email, browser } of [byApp, byText]) {
      assert.deepEqual(await state(service, email), { on: true, turned: ['two-step-on'] })
      await service.post()
      const told = service.box.letters.filter(({ to, template }) => to === email && template === 'factor-added')
      assert.match(told[0]?.text ?? '', /Two-step verification.*turned on by it/s)
      assert.match((await signIn(email)).page.at, asked)
      await browser.open(urls.factors)
      assert.match(browser.page.html, /On\. When you sign in with your password/)
      await browser.send({}, { button: 'Remove' })
      assert.deepEqual(await state(service, email), { on: false, turned: ['two-step-on', 'two-step-off'] })
      assert.match((await newest(email)).text, /turned off by it/)
      assert.equal((await signIn(email)).page.at, urls.account)
    }
  })

  test('stays on while a way is left', async () => {
    const { email, browser } = await withPasskey()
    await setUpApp(browser, service.clock)
    await browser.open(urls.factors)
    await browser.send({}, { button: 'Remove' })
    assert.deepEqual(await state(service, email), { on: true, turned: ['two-step-on'] })
  })

  test('is turned on by its owner, with a way that was proved just now, and codes are next', async () => {
    const { email, device } = await withPasskey()
    const browser = await signIn(email)
    await browser.open(urls.twoStep)
    assert.match(browser.page.at, asked, 'nobody is locked out by a passkey that is lost')
    await stepByPasskey(browser, device)
    assert.equal(browser.page.at, urls.twoStep)
    await browser.send({}, { button: 'Turn on' })
    assert.equal(browser.page.at, `${urls.newRecoveryCodes}?done=two-step-on`)
    assert.match(browser.page.html, /Two-step verification is on\. One thing is left/)
    const told = await newest(email)
    assert.equal(told.subject, 'Two-step verification was turned on')
    assert.match(told.text, /\/not-me\?link=/)
    assert.deepEqual(await state(service, email), { on: true, turned: ['two-step-on'] })
    assert.match((await signIn(email)).page.at, asked)
  })

  test('is turned off behind the highest proof there is, and the mailbox is told; the ways stay', async () => {
    const { email, browser, device } = await withPasskey()
    await turn(browser, 'Turn on', device)
    const { app } = await setUpApp(browser, service.clock)
    service.clock.advance(minutes(6))
    await browser.open(urls.twoStep)
    assert.match(browser.page.at, /^\/sign-in/)
    await browser.send({ email, password: PASSWORD }, { button: 'Sign in' })
    assert.match(browser.page.at, asked)
    const { at } = browser.page
    assert.notEqual((await browser.open(urls.twoStep)).at, urls.twoStep, 'nor by the password alone')
    await browser.open(at)
    await browser.send({ code: app.code() }, { button: 'Continue' })
    assert.equal(browser.page.at, urls.twoStep)
    await turn(browser, 'Turn off')
    assert.equal(browser.page.at, `${urls.factors}?done=two-step-off`)
    assert.match(browser.page.html, /Authenticator app/)
    const told = await newest(email)
    assert.equal(told.subject, 'Two-step verification was turned off')
    assert.match(told.text, /\/not-me\?link=/)
    assert.deepEqual((await state(service, email)).turned, ['two-step-on', 'two-step-off'])
    assert.equal((await signIn(email)).page.at, urls.account)
  })

  test('a browser that skipped the second step is asked again after it was off', async () => {
    const { email, browser } = await person()
    const { app } = await setUpApp(browser, service.clock)
    service.clock.advance(seconds(31))
    browser.cookies.delete(service.cookies.session)
    await signIn(email, browser)
    await browser.send({ code: app.code(), remember: 'yes' }, { button: 'Continue' })
    await turn(browser, 'Turn off')
    await turn(browser, 'Turn on')
    browser.cookies.delete(service.cookies.session)
    assert.match((await signIn(email, browser)).page.at, asked)
  })

  test('is not turned on without a way; a form that says neither turns nothing', async () => {
    const { email, browser } = await person()
    assert.equal((await browser.open(urls.twoStep)).at, urls.factors)
    const device = await setUpPasskey(browser, service.origin)
    await turn(browser, 'Turn on', device)
    await browser.open(urls.twoStep)
    await browser.send({ turn: '' }, { button: 'Turn off' })
    assert.equal((await state(service, email)).on, true)
  })

  test('a back-up address is offered while it is on; with it off there is nothing to open', async () => {
    const { browser, device } = await withPasskey()
    assert.equal((await browser.open(urls.newBackUp)).at, urls.factors)
    await turn(browser, 'Turn on', device)
    await setUpContact(service, browser, 'back-up', BACK_UP)
    await turn(browser, 'Turn off')
    assert.match(browser.page.html, /marie@ailleurs\.example/, 'what is there is shown, and can be removed')
  })

  test('Z3: of many who turn it at once one has done so, and one letter says it', async () => {
    const { email, browser } = await person()
    await setUpApp(browser, service.clock)
    const { id } = await service.db
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', email as never)
      .executeTakeFirstOrThrow()
    let on = true
    await race(async () => {
      on = !on
      const to = on
      return async () => (await turnTwoStep(service, { id } as never, to, system)).ok
    }, 3)
    const { turned } = await state(service, email)
    assert.deepEqual(turned, ['two-step-on', 'two-step-off', 'two-step-on', 'two-step-off'])
  })
})

test('E9, K1: the operator and the person’s own data say since when it is on', async () => {
  const { email, browser } = await person()
  const shown = async () => (await ask(service, 'GET', `/api/v1/accounts/${email}`)).body.two_step_since
  assert.equal(await shown(), null)
  await setUpApp(browser, service.clock)
  assert.match(await shown(), /Z$/)
  await browser.open(urls.privacy)
  const { html } = await browser.send({}, { button: 'Download my data' })
  assert.match(JSON.parse(html).profile.twoStepSince, /Z$/)
})
