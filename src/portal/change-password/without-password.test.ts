/** What an account meets that was made with a passkey in place of a password. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, minutes } from '../../platform/clock.ts'
import { appOf } from '../../testing/apps.ts'
import { type Authenticator, askedOn, bring, makeAuthenticator } from '../../testing/authenticator.ts'
import type { Browser } from '../../testing/browser.ts'
import { ask } from '../../testing/operator.ts'
import { productRequest, signInByPasskey, somebody, somebodyWithoutPassword } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'
import { urls } from '../../urls.ts'

const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '100000', PASSERELLE_NETWORK_TRIES: '100000' })
const PASSWORD = 'onze girafes patientes'
let drawn = 0

async function without() {
  const email = `alone-${++drawn}@exemple.ca`
  return { email, ...(await somebodyWithoutPassword(service, email)) }
}
const idOf = async (email: string) => {
  const { db } = service
  const { id } = await db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', email as never)
    .executeTakeFirstOrThrow()
  return id
}
const choose = (browser: Browser, button: string) =>
  browser.send({ 'new-password': PASSWORD, 'confirm-password': PASSWORD }, { button })
const signIn = async (browser: Browser, email: string, password = PASSWORD) => {
  await browser.open(urls.signIn)
  return browser.send({ email, password }, { button: 'Sign in' })
}
/** Uses the passkey on the page that asks for it, and goes where that leads. */
async function prove(browser: Browser, device: Authenticator) {
  if (browser.page.at.startsWith(urls.signIn)) return signInByPasskey(browser, device, browser.page.at)
  const asked = askedOn(browser)
  const proved = await bring(browser, browser.page.at, asked, device.prove(asked))
  return browser.open(proved.headers.get('location') ?? '')
}
const resetLink = async (browser: Browser, email: string) => {
  await browser.open(urls.forgot)
  await browser.send({ email })
  await service.post()
  const { pathname, search } = new URL(service.box.newest(email).link ?? '')
  return pathname + search
}

suite('an account without a password', () => {
  test('D4: is refused a password in the words of any other', async () => {
    const { email } = await without()
    await somebody(service, 'with@exemple.ca')
    const said = async (address: string) => {
      const { status, html } = await signIn(service.browser(), address, 'not the password')
      return { status, alert: /<div class="alert".*?<\/div>/s.exec(html)?.[0] }
    }
    assert.deepEqual(await said(email), await said('with@exemple.ca'))
  })

  test('E9: its mailbox sets a password, which then opens it, as the letter says', async () => {
    const { email, browser } = await without()
    const link = await resetLink(browser, email)
    assert.match(service.box.newest(email).text, /it then opens your account too/)
    await browser.open(link)
    await choose(browser, 'Submit')
    assert.equal((await signIn(browser, email)).at, urls.account)
  })

  test('E8: with two-step verification its mailbox gets no further, in a browser it knows neither', async () => {
    const { email, browser, device } = await without()
    await browser.open(urls.twoStep)
    await browser.send({}, { button: 'Turn on' })
    const link = await resetLink(browser, email)
    assert.match(service.box.newest(email).text, /we ask for the passkey all the same/)
    await browser.open(link)
    await choose(browser, 'Submit')
    assert.match((await signIn(browser, email)).at, /^\/second-step/)
    await browser.open(browser.page.at.replace('/second-step', '/second-step/ways'))
    assert.match(browser.page.html, /None of these works for me/)
    assert.match((await browser.open(urls.account)).at, /^\/sign-in/)
    const stranger = service.browser()
    assert.match((await signIn(stranger, email)).at, /^\/second-step/)
    assert.equal((await prove(stranger, device)).at, urls.account)
  })

  test('C5: chooses a first password having signed in by passkey just now, and is told', async () => {
    const { email, browser, device } = await without()
    service.clock.advance(minutes(11))
    await browser.open(urls.password)
    assert.match(browser.page.at, /^\/second-step/, 'a session alone is not enough')
    await prove(browser, device)
    assert.equal(browser.page.at, urls.password)
    assert.doesNotMatch(browser.page.html, /Current password/)
    await browser.send({ 'new-password': PASSWORD, 'confirm-password': 'other words' }, { button: 'Set the password' })
    assert.match(browser.page.html, /The two are not the same/)
    const { page } = browser
    await choose(browser, 'Set the password')
    assert.equal(browser.page.at, '/account/password?done=first')
    assert.match(browser.page.html, /Current password/)
    await service.post()
    assert.equal(service.box.newest(email).subject, 'Your account has a password now')
    browser.page = page
    await choose(browser, 'Set the password')
    assert.equal(browser.page.status, 422, 'from now on the current one is asked for')
    assert.equal((await signIn(service.browser(), email)).at, urls.account)
  })

  test('Z3: of many first passwords at once one is taken', async () => {
    const { browser } = await without()
    const page = await browser.open(urls.password)
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, caller) => {
        browser.page = page
        const password = `onze girafes patientes ${caller}`
        const typed = { 'new-password': password, 'confirm-password': password }
        return browser.send(typed, { button: 'Set the password', follow: false })
      }),
    )
    const taken = answers.filter(({ headers }) => headers.get('location')?.includes('done=first'))
    assert.equal(taken.length, 1)
  })

  test('K2: a sensitive page asks to sign in again, which the passkey does', async () => {
    const { browser, device } = await without()
    service.clock.advance(minutes(11))
    for (const path of [urls.email, urls.close, urls.newApp, urls.newPasskey, urls.data]) {
      service.clock.advance(minutes(11))
      await browser.open(path)
      assert.match(browser.page.at, /^\/(sign-in|second-step)/, path)
      await prove(browser, device)
      assert.equal(browser.page.at, path)
    }
  })

  test('its last passkey stays, until there is another or a password', async () => {
    const { email, browser } = await without()
    const id = await idOf(email)
    const passkeys = async () =>
      (await service.db.selectFrom('passkeys').select('factor_id').where('account_id', '=', id).execute()).length
    await browser.open(urls.newApp)
    await browser.send({ code: appOf(browser.page.html, service.clock).code() }, { button: 'Continue' })
    await browser.open(urls.factors)
    const remove = async () => {
      const [first] = await service.db.selectFrom('passkeys').select('factor_id').where('account_id', '=', id).execute()
      return browser.send({ way: first?.factor_id ?? '' }, { button: 'Remove' })
    }
    const refused = await remove()
    assert.equal(refused.at, `${urls.factors}?refused=only-way-in`)
    assert.match(refused.html, /the only way into your account/)
    assert.equal(await passkeys(), 1)
    const second = makeAuthenticator(service.origin)
    await browser.open(urls.newPasskey)
    const asked = askedOn(browser)
    const weak = await bring(browser, urls.newPasskey, asked, second.create(asked, { flags: 1 }))
    assert.equal(weak.status, 422, 'one that verifies nobody could not sign in')
    await browser.open(urls.newPasskey)
    const again = askedOn(browser)
    assert.equal((await bring(browser, urls.newPasskey, again, second.create(again))).status, 303)
    await browser.open(urls.factors)
    const { page } = browser
    const both = await service.db.selectFrom('passkeys').select('factor_id').where('account_id', '=', id).execute()
    await Promise.all(
      both.map(({ factor_id }) => {
        browser.page = page
        return browser.send({ way: factor_id }, { button: 'Remove', follow: false })
      }),
    )
    assert.equal(await passkeys(), 1, 'of two that are removed at once one stays')
    await browser.open(urls.password)
    await choose(browser, 'Set the password')
    await browser.open(urls.factors)
    await remove()
    assert.equal(await passkeys(), 0)
  })

  test('F3: its address is changed, and the passkey signs in as before', async () => {
    const { email, browser, device } = await without()
    await browser.open(urls.email)
    await browser.send({ email: `new-${email}` }, { button: 'Continue' })
    await service.post()
    await browser.send({ code: service.box.newest(`new-${email}`).code ?? '' }, { button: 'Verify email' })
    await signInByPasskey(browser, device, urls.signIn)
    assert.equal(browser.page.at, urls.account)
    assert.match(browser.page.html, new RegExp(`new-${email}`))
  })

  test('K1: it is closed and kept, and its data says what it signs in with', async () => {
    const { browser, device } = await without()
    await browser.open(urls.privacy)
    const { html } = await browser.send({}, { button: 'Download my data' })
    const data = JSON.parse(html)
    assert.equal(data.password.setAt, null)
    assert.deepEqual(
      data.waysToSignIn.map(({ kind }: { kind: string }) => kind),
      ['passkey'],
    )
    await browser.open(urls.close)
    await browser.send({}, { button: 'Close my account' })
    assert.match(browser.page.at, /^\/sign-in\?done=closing/)
    service.clock.advance(days(1))
    await browser.open(await productRequest(service))
    await signInByPasskey(browser, device, browser.page.at)
    assert.match(browser.page.at, /^\/keep-account/)
  })

  test('the operator sees what it signs in with, and an export has no password of it', async () => {
    const { email } = await without()
    const { body } = await ask(service, 'GET', `/api/v1/accounts/${email}`)
    assert.equal(body.password, null)
    assert.equal(body.ways[0].kind, 'passkey')
    const { body: exported } = await ask(service, 'GET', '/api/v1/accounts/export')
    const line = exported.accounts.find((one: { email: string }) => one.email === email)
    assert.equal(line.password, null)
  })
})
