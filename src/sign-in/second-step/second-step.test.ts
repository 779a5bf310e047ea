import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, minutes, seconds } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import { makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'

/** Somebody with an app and recovery codes, and a browser in which nobody is signed in. */
async function secured(environment: Record<string, string> = {}) {
  const service = await testService(environment)
  const owner = await somebody(service)
  const { app, recoveryCodes } = await setUpApp(owner, service.clock)
  service.clock.advance(seconds(60))
  const browser = service.browser()
  const signIn = async (one = browser) => {
    await one.open('/sign-in')
    return one.send({ email, password: PASSWORD })
  }
  return { service, owner, app, recoveryCodes, browser, signIn }
}

suite('the second step', () => {
  test('E2: a right password alone signs nobody in; with a code of the app it does', async () => {
    const { app, browser, signIn } = await secured()
    assert.match((await signIn()).at, /^\/second-step\?journey=/)
    assert.match((await browser.open('/account')).at, /^\/sign-in/)
    await signIn()
    assert.equal((await browser.send({ code: app.code() })).at, '/account')
  })

  test('what waits goes on afterwards: the product gets its code', async () => {
    const { service, app, browser } = await secured()
    await browser.open(await productRequest(service))
    await browser.send({ email, password: PASSWORD })
    assert.match(browser.page.at, /^\/second-step/)
    await browser.send({ code: app.code() })
    assert.match(browser.page.at, /^http:\/\/localhost:4000\/ledger\/callback\?code=/)
  })

  test('Z2: a code works once, and none before it afterwards', async () => {
    const { service, app, browser, signIn } = await secured()
    await signIn()
    const code = app.code()
    await browser.send({ code })
    const other = service.browser()
    await signIn(other)
    await other.send({ code })
    assert.match(other.page.html, /used already/)
    service.clock.advance(seconds(30))
    assert.equal((await other.send({ code: app.code() })).at, '/account')
  })

  test('Z7: what is wrong is said, and the box stays ticked', async () => {
    const { browser, signIn } = await secured()
    await signIn()
    await browser.send({ code: '', remember: 'yes' })
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, /Enter the code/)
    assert.match(browser.page.html, /name="remember"[^>]*checked/)
    await browser.send({ code: '000000' })
    assert.match(browser.page.html, /not the code/)
  })

  test('Z3: wrong codes of all ways are counted together, and past the limit a right one is not looked at', async () => {
    const { app, browser, signIn, service } = await secured()
    await signIn()
    for (const code of ['000000', 'AAAA-AAAA-AAAA-AAAA', '000001', 'BBBB-BBBB-BBBB-BBBB']) await browser.send({ code })
    await browser.send({ code: app.code() })
    assert.match(browser.page.html, /too many wrong codes/)
    service.clock.advance(seconds(31))
    assert.equal((await browser.send({ code: app.code() })).at, '/account')
  })

  test('K3: after three wrong codes the mailbox is told that somebody knows the password', async () => {
    const { service, browser, signIn } = await secured()
    await signIn()
    for (const code of ['000000', '000001', '000002']) await browser.send({ code })
    await service.post()
    assert.equal(service.box.newest(email).subject, 'Somebody knows your password')
  })

  test('K3: after as many wrong codes as the setting says, and not before', async () => {
    const { service, browser, signIn } = await secured({ PASSERELLE_WRONG_CODES_TOLD: '2' })
    await signIn()
    const told = async () => {
      await service.post()
      return service.box.letters.filter(({ subject }) => subject === 'Somebody knows your password').length
    }
    await browser.send({ code: '000000' })
    assert.equal(await told(), 0)
    await browser.send({ code: '000001' })
    assert.equal(await told(), 1)
  })

  test('E3: a recovery code opens once, wherever a code is asked for, and the mailbox is told', async () => {
    const { service, recoveryCodes, browser, signIn } = await secured()
    const [code = ''] = recoveryCodes
    assert.equal(recoveryCodes.length, 10)
    await signIn()
    await browser.send({ code: code.toLowerCase().replaceAll('-', ' ') })
    assert.equal(browser.page.at, '/account')
    await service.post()
    assert.match(service.box.newest(email).text, /9 codes are left/)
    const other = service.browser()
    await signIn(other)
    await other.send({ code })
    assert.match(other.page.html, /used already/)
  })

  test('E3: when two are left, and from then on, the letter and the page lead to new ones', async () => {
    const { service, owner, recoveryCodes, signIn } = await secured()
    const use = async (code = '') => {
      const other = service.browser()
      await signIn(other)
      await other.send({ code })
      await service.post()
      const { subject, text, html } = service.box.newest(email)
      await owner.open('/account/factors')
      const [, button = ''] = /<a class="([^"]*)" href="\/account\/factors\/codes"/.exec(owner.page.html) ?? []
      return {
        subject,
        leads: [text, html].every((part) => part.includes('/account/factors/codes')),
        warns: owner.page.html.includes('Make new ones before the last is used.'),
        button,
      }
    }
    for (const code of recoveryCodes.slice(0, 6)) await use(code)
    const few = { leads: true, warns: true, button: 'button' }
    const subject = 'A recovery code was used'
    assert.deepEqual(await use(recoveryCodes[6]), { subject, leads: false, warns: false, button: 'button quiet' })
    assert.deepEqual(await use(recoveryCodes[7]), { ...few, subject: `${subject}: 2 are left` })
    assert.deepEqual(await use(recoveryCodes[8]), { ...few, subject: `${subject}: 1 is left` })
    assert.deepEqual(await use(recoveryCodes[9]), { ...few, warns: false, subject: `${subject}: none is left` })
    assert.match(owner.page.html, /You have no recovery codes/)
  })

  test('E5: every way is listed, the one used last first', async () => {
    const { browser, signIn } = await secured()
    await signIn()
    assert.match(browser.page.html, /Passerelle: marie@exemple\.ca/)
    const journey = /journey=(\w+)/.exec(browser.page.at)?.[1]
    await browser.open(`/second-step/ways?journey=${journey}`)
    assert.match(browser.page.html, /Authenticator app[\s\S]*Recovery code/)
    await browser.open(`/second-step?journey=${journey}&way=recovery`)
    assert.match(browser.page.html, /recovery codes that you have saved/)
  })

  test('E6: a browser that is remembered skips it for 30 days, and no longer than the ways stay the same', async () => {
    const { service, owner, app, browser, signIn } = await secured()
    await signIn()
    await browser.send({ code: app.code(), remember: 'yes' })
    const signOut = () => browser.cookies.delete(service.cookies.session)
    signOut()
    assert.equal((await signIn()).at, '/account')
    signOut()
    assert.match((await signIn(service.browser())).at, /^\/second-step/, 'another browser')
    await owner.open('/account/factors')
    await owner.send({}, { button: 'Remove' })
    await setUpApp(owner, service.clock)
    assert.match((await signIn()).at, /^\/second-step/, 'the ways have changed')
  })

  test('E6: after 30 days it asks again', async () => {
    const { service, app, browser, signIn } = await secured()
    await signIn()
    await browser.send({ code: app.code(), remember: 'yes' })
    service.clock.advance(days(30))
    assert.match((await signIn()).at, /^\/second-step/)
  })

  test('E6: an unlikely place asks all the same, and not the mailbox', async () => {
    const { service, app, signIn } = await secured({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
    const far = makeBrowser(service.origin, service.base, { 'x-forwarded-for': '198.51.100.7' })
    assert.match((await signIn(far)).at, /^\/second-step/)
    assert.equal((await far.send({ code: app.code() })).at, '/account')
  })

  test('a right password waits a quarter of an hour', async () => {
    const { service, app, browser, signIn } = await secured()
    await signIn()
    service.clock.advance(minutes(15))
    assert.match((await browser.send({ code: app.code() })).at, /^\/sign-in/)
  })

  test('E8: a reset by the mailbox ends at the second step', async () => {
    const { service, browser } = await secured()
    await browser.open('/forgot')
    await browser.send({ email })
    await service.post()
    await browser.open(service.box.newest(email).link ?? '')
    const fresh = 'quatre mots bien neufs'
    await browser.send({ 'new-password': fresh, 'confirm-password': fresh })
    await browser.open('/sign-in')
    assert.match((await browser.send({ email, password: fresh })).at, /^\/second-step/)
  })

  test('a password that was changed meanwhile is proved no more', async () => {
    const { service, owner, app, browser, signIn } = await secured()
    await signIn()
    const { at } = browser.page
    const fresh = 'quatre mots bien neufs'
    await owner.open('/account/password')
    await owner.send({ 'current-password': PASSWORD, 'new-password': fresh, 'confirm-password': fresh })
    assert.match(owner.page.at, /done=changed/)
    await browser.open(at)
    assert.match(browser.page.at, /^\/sign-in/)
    await service.post()
    assert.ok(app)
  })

  test('K2: a sensitive page of a session begun without it asks for it, and comes back to the very page', async () => {
    const { service, app, browser, signIn } = await secured()
    await signIn()
    await browser.send({ code: app.code(), remember: 'yes' })
    browser.cookies.delete(service.cookies.session)
    await signIn()
    await browser.open('/account/email')
    assert.match(browser.page.at, /^\/second-step/)
    service.clock.advance(seconds(30))
    await browser.send({ code: app.code() })
    assert.equal(browser.page.at, '/account/email')
  })

  test('in another browser the page belongs to nobody', async () => {
    const { service, browser, signIn } = await secured()
    await signIn()
    assert.equal((await service.browser().open(browser.page.at)).status, 400)
  })
})
