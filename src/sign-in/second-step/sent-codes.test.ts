import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Email, emailKey } from '../../core/model/account/email.ts'
import { minutes, seconds } from '../../platform/clock.ts'
import { type App, setUpApp } from '../../testing/apps.ts'
import { BACK_UP, MOBILE, setUpContact } from '../../testing/contacts.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'

/** Somebody with a mobile, an app and a back-up address, set up in that order, and a browser where nobody is signed in. */
async function secured(...ways: ('text' | 'voice' | 'app' | 'back-up')[]) {
  const service = await testService()
  const owner = await somebody(service)
  let app: App | undefined
  for (const way of ways) {
    if (way === 'app') app = (await setUpApp(owner, service.clock)).app
    else await setUpContact(service, owner, way, way === 'back-up' ? BACK_UP : MOBILE)
    service.clock.advance(seconds(31))
  }
  const browser = service.browser()
  const signIn = async (one = browser) => {
    await one.open('/sign-in')
    return one.send({ email, password: PASSWORD })
  }
  const byWay = async (name: string, one = browser) => {
    await one.open(one.page.at.replace(/^\/second-step[^?]*/, '/second-step/ways'))
    const row = one.page.html.split('<li>').find((it) => it.includes(name)) ?? ''
    const href = /href="([^"]+)"/.exec(row)?.[1]?.replaceAll('&amp;', '&')
    if (!href) throw new Error(`${name} is not offered`)
    return one.open(href)
  }
  /** The code that went out with the password, or is asked for now. */
  const send = async (one = browser) => {
    const { texts, letters } = service.box
    const before = texts.length + letters.length
    await one.send({}, { button: /Send another code/.test(one.page.html) ? 'Send another code' : 'Send the code' })
    await service.post()
    const sent = texts.length + letters.length > before
    return sent ? ((one.page.html.includes('back-up') ? letters : texts).at(-1)?.code ?? '') : ''
  }
  return { service, app, owner, browser, signIn, byWay, send }
}

suite('a code that is sent', () => {
  test('E2, E5: goes out with the right password, to the number whose last digits are shown, and lets its owner in', async () => {
    const { service, browser, signIn } = await secured('text')
    await browser.open('/sign-in')
    await browser.send({ email, password: 'a wrong one' })
    const before = service.box.texts.length
    await service.post()
    assert.equal(service.box.texts.length, before)
    await signIn()
    await browser.open(browser.page.at)
    await service.post()
    assert.equal(service.box.texts.length, before + 1, 'opening the page sends nothing')
    const { code } = service.box.newestText(MOBILE)
    assert.match(browser.page.html, /number ending in <b[^>]*>42</)
    assert.doesNotMatch(browser.page.html, /613.?555/)
    assert.equal((await browser.send({ code: code ?? '' })).at, '/account')
    assert.equal(service.box.newestText(MOBILE).channel, 'sms')
  })

  test('L1: amr says sms of a text and tel of a call', async () => {
    for (const [way, method] of [
      ['text', 'sms'],
      ['voice', 'tel'],
    ] as const) {
      const { service, browser, signIn, send } = await secured(way)
      await signIn()
      await browser.send({ code: await send() })
      const { details } = await service.db
        .selectFrom('sessions')
        .select('details')
        .orderBy('authenticated_at', 'desc')
        .executeTakeFirstOrThrow()
      assert.deepEqual([details.amr, details.acr], [['pwd', method, 'mfa'], 'mfa'])
    }
  })

  test('Z2: it works once, for five minutes, the newest alone, and in this browser alone', async () => {
    const { service, browser, signIn, send } = await secured('text')
    await signIn()
    const first = await send()
    const other = service.browser()
    await signIn(other)
    const elsewhere = await send(other)
    await browser.send({ code: elsewhere })
    assert.match(browser.page.html, /not the code/)
    const second = await send()
    await browser.send({ code: first })
    assert.match(browser.page.html, /not the code/)
    service.clock.advance(minutes(5))
    await browser.send({ code: second })
    assert.match(browser.page.html, /no longer works/)
    assert.match(browser.page.html, /Send the code/)
    const third = await send()
    assert.equal((await browser.send({ code: third })).at, '/account')
    await other.send({ code: third })
    assert.equal(other.page.status, 422)
  })

  test('Z3: of many who bring the same code at once one gets in', async () => {
    const { browser, signIn, send } = await secured('text')
    await signIn()
    const code = await send()
    const form = browser.page
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const csrf = /name="csrf" value="([^"]+)"/.exec(form.html)?.[1] ?? ''
        const body = new URLSearchParams({ csrf, here: form.at, code })
        const headers = { 'sec-fetch-site': 'same-origin', origin: 'null' }
        return (await browser.request(form.at, { method: 'POST', body, headers })).headers.get('location') ?? ''
      }),
    )
    assert.equal(answers.filter((to) => to.startsWith('/continue/')).length, 1)
  })

  test('E7: the eleventh in an hour says how long to wait, and another way stays open', async () => {
    const { service, browser, signIn, send, byWay } = await secured('app', 'text')
    await signIn()
    await byWay('Text message')
    for (let sent = 1; sent < 10; sent++) await send()
    service.clock.advance(minutes(10))
    assert.equal(await send(), '')
    assert.match(browser.page.html, /can be sent in 50 minutes/)
    assert.doesNotMatch(browser.page.html, /We can send|Send the code/, 'nor does the page say that one can be sent')
    await byWay('Authenticator app')
    assert.match(browser.page.html, /authenticator app/)
  })

  test('D5: a stranger who has codes sent to the number for an account of their own does not keep its owner out', async () => {
    const { service, browser, signIn, send } = await secured('text')
    const stranger = await somebody(service, 'eve@exemple.ca')
    for (let asked = 0; asked < 11; asked++) {
      await stranger.open('/account/factors/text')
      await stranger.send({ number: MOBILE }, { button: 'Send the code' })
    }
    assert.match(stranger.page.html, /can be sent in/)
    await signIn()
    assert.equal((await browser.send({ code: await send() })).at, '/account')
  })

  test('E5: the way used last comes first, and every way is offered', async () => {
    const { service, app, browser, signIn, byWay } = await secured('app', 'text', 'back-up')
    await signIn()
    assert.match(browser.page.html, /number ending in/)
    await browser.open(browser.page.at.replace('/second-step', '/second-step/ways'))
    for (const said of ['Text message', 'Authenticator app', 'm…@ailleurs.example', 'Recovery code'])
      assert.match(browser.page.html, new RegExp(said))
    await signIn()
    await byWay('Authenticator app')
    await browser.send({ code: app?.code() ?? '' })
    service.clock.advance(seconds(31))
    const other = service.browser()
    await signIn(other)
    assert.match(other.page.html, /Open your authenticator app/)
  })
})

suite('a code to the back-up address', () => {
  test('E2, E4: lets its owner in, and is never claimed as a factor', async () => {
    const { service, browser, signIn, send, byWay } = await secured('app', 'back-up')
    await signIn()
    await byWay('Back-up')
    assert.equal((await browser.send({ code: await send() })).at, '/account')
    const rows = await service.db.selectFrom('sessions').select('details').orderBy('authenticated_at', 'desc').execute()
    assert.deepEqual([rows[0]?.details.amr, rows[0]?.details.acr], [['pwd'], 'pwd'])
  })

  test('E2, E6: it stands in for the factor once, and for none later', async () => {
    const { service, browser, signIn, send, byWay } = await secured('app', 'back-up')
    await signIn()
    await byWay('Back-up')
    const code = await send()
    assert.doesNotMatch(browser.page.html, /name="remember"/)
    assert.equal((await browser.send({ code, remember: 'yes' })).at, '/account')
    browser.cookies.delete(service.cookies.session)
    assert.match((await signIn()).at, /^\/second-step/)
  })

  test('E8, K2: the ways themselves, and what is sensitive, stay behind a factor', async () => {
    const { browser, signIn, send, byWay } = await secured('app', 'back-up')
    await signIn()
    await byWay('Back-up')
    await browser.send({ code: await send() })
    for (const page of ['/account/factors/app', '/account/email', '/account/factors/back-up']) {
      assert.match((await browser.open(page)).at, /^\/second-step/, page)
      await assert.rejects(byWay('Back-up'), /not offered/)
    }
  })

  test('L1: is not offered where a product asks for more', async () => {
    const { service, browser, byWay } = await secured('app', 'back-up')
    await browser.open(await productRequest(service, 'ledger', { acr_values: 'mfa' }))
    await browser.send({ email, password: PASSWORD })
    await assert.rejects(byWay('Back-up'), /not offered/)
  })

  test('E8, E4: opens nothing where the account has moved to its mailbox', async () => {
    const { service, browser, byWay } = await secured('app', 'back-up')
    for (const address of [BACK_UP, BACK_UP.replace('@', '+bank@')]) {
      const moved = { email: address as Email, email_key: emailKey(address as Email) }
      await service.db.updateTable('accounts').set(moved).execute()
      await browser.open('/sign-in')
      await browser.send({ email: address, password: PASSWORD })
      assert.match(browser.page.at, /^\/second-step/)
      await assert.rejects(byWay('Back-up'), /not offered/, address)
    }
  })
})
