/** K4: a way added lately shuts out nobody who comes with the mailbox and what they had before. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hours } from '../../platform/clock.ts'
import { type App, setUpApp } from '../../testing/apps.ts'
import { setUpPasskey, stepByPasskey } from '../../testing/authenticator.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { urls } from '../../urls.ts'

const EMAIL = 'marie@exemple.ca'

/** Brings the password, and the code that goes to the mailbox. */
async function comeIn(service: TestService, page: string = urls.account, browser = service.browser()) {
  if (!(await browser.open(page)).at.startsWith('/second-step'))
    await browser.send({ email: EMAIL, password: PASSWORD })
  const journey = /journey=\w+/.exec(browser.page.at)?.[0]
  if (!browser.page.at.startsWith('/second-step')) return browser
  await browser.open(`/second-step?${journey}&way=mailbox`)
  await browser.send({}, { button: 'Send the code' })
  await service.post()
  return browser.send({ code: service.box.newest(EMAIL).code ?? '' }, { button: 'Continue' }).then(() => browser)
}
/** At the second step: this way. */
async function choose({ db }: TestService, browser: Browser, kind: 'app' | 'passkey') {
  const { id } = await db.selectFrom('factors').select('id').where('kind', '=', kind).executeTakeFirstOrThrow()
  await browser.open(`${browser.page.at}&way=${id}`)
}

/** Brings the password, and a code of the app. */
async function signInWith(service: TestService, browser: Browser, app: App, to?: string) {
  await browser.open(to ? `${urls.signIn}?to=${encodeURIComponent(to)}` : urls.signIn)
  await browser.send({ email: EMAIL, password: PASSWORD })
  await choose(service, browser, 'app')
  await browser.send({ code: app.code() }, { button: 'Continue' })
}

async function notMe(service: TestService): Promise<Browser> {
  const told = service.box.letters.findLast(({ to, text }) => to === EMAIL && text.includes('/not-me?'))
  const owner = service.browser()
  await owner.open(/\S+\/not-me\?\S+/.exec(told?.text ?? '')?.[0] ?? '')
  return owner.send({}, { button: 'It was not me' }).then(() => owner)
}

suite('K4: a way added lately, beside an older one,', () => {
  test('is not enough for changes of the address or of ways, after the password either; the older one is', async () => {
    const service = await testService()
    const thief = await somebody(service, EMAIL)
    const { app } = await setUpApp(thief, service.clock)
    service.clock.advance(hours(80))
    await signInWith(service, thief, app)
    const device = await setUpPasskey(thief, service.origin)
    service.clock.advance(hours(20))
    const browser = service.browser()
    await browser.open(urls.signIn)
    await browser.send({ email: EMAIL, password: PASSWORD })
    assert.equal((await stepByPasskey(browser, device)).at, urls.account)
    for (const page of [urls.email, urls.twoStep, '/account/factors/app'])
      assert.match((await browser.open(page)).at, /^\/sign-in\?to=.*&done=older-way$/, page)
    await signInWith(service, browser, app, '/account/factors/app')
    assert.equal(browser.page.at, '/account/factors/app')
    service.clock.advance(hours(60))
    const later = service.browser()
    await later.open('/account/factors/app')
    await later.send({ email: EMAIL, password: PASSWORD })
    await choose(service, later, 'passkey')
    assert.equal((await stepByPasskey(later, device)).at, '/account/factors/app', 'it is no longer new')
  })

  test('nor is a code of a set made lately; one of an older set is', async () => {
    const service = await testService()
    const owner = await somebody(service, EMAIL)
    const { app } = await setUpApp(owner, service.clock)
    service.clock.advance(hours(80))
    const thief = service.browser()
    await signInWith(service, thief, app)
    await thief.open(urls.newRecoveryCodes)
    const codes = [...thief.page.html.matchAll(/<code>([A-Z2-7-]{19})<\/code>/g)].map(([, code = '']) => code)
    await thief.send({}, { button: 'I have saved them' })
    const byCode = async () => {
      const browser = service.browser()
      await browser.open(urls.signIn)
      await browser.send({ email: EMAIL, password: PASSWORD })
      await browser.open(`${browser.page.at}&way=recovery`)
      await browser.send({ code: codes.pop() ?? '' }, { button: 'Continue' })
      assert.equal(browser.page.at, urls.account)
      return browser.open(urls.email)
    }
    service.clock.advance(hours(20))
    assert.match((await byCode()).at, /^\/sign-in\?to=.*&done=older-way$/)
    service.clock.advance(hours(60))
    assert.equal((await byCode()).at, urls.email)
  })
})

suite('K4: whoever knows the password for a minute', () => {
  test('does not keep the owner out by a way that they add, remove and add again', async () => {
    const service = await testService()
    const thief = await somebody(service, EMAIL)
    await setUpApp(thief, service.clock)
    await thief.open(urls.factors)
    await thief.send({}, { button: 'Remove' })
    await setUpApp(thief, service.clock)
    service.clock.advance(hours(1))
    assert.equal((await comeIn(service)).page.at, '/account')
  })

  test('and reads the mailbox too, does not by turning two-step verification on with the code that stood in', async () => {
    const service = await testService()
    const thief = await somebody(service, EMAIL)
    await setUpPasskey(thief, service.origin)
    service.clock.advance(hours(1)) // the passkey was proved too long ago
    await comeIn(service, urls.twoStep, thief)
    assert.equal(thief.page.at, urls.twoStep)
    await thief.send({}, { button: 'Turn on' })
    await service.post()
    assert.equal(
      (await comeIn(service)).page.at,
      '/account',
      'the mailbox stands in for the owner as it did for the thief',
    )
    service.clock.advance(hours(80))
    const late = service.browser()
    await late.open(urls.signIn)
    await late.send({ email: EMAIL, password: PASSWORD })
    assert.match(late.page.at, /^\/second-step/, 'the way of the thief is no longer new')
    const owner = await notMe(service)
    await service.post()
    if (!owner.page.at.startsWith('/reset')) await owner.open(service.box.newest(EMAIL).link ?? '')
    const fresh = 'onze girafes patientes'
    await owner.send({ 'new-password': fresh, 'confirm-password': fresh })
    await owner.send({ email: EMAIL, password: fresh })
    assert.equal(owner.page.at, urls.review, 'nothing that was added is asked for')
  })
})
