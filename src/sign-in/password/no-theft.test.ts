/** X7: what happens to honest people is no theft; and a browser that skips the second step is asked for it where that is risky. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours, minutes, seconds } from '../../platform/clock.ts'
import { formsOf, makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { ASKED, copyOf, EMAIL, FIREFOX, noticed, remembered, SKIPPED, signIn } from '../../testing/remembered.ts'
import { testService } from '../../testing/world.ts'

suite('X7: what is no theft', () => {
  test('two accounts at once in one browser, in two tabs, are no theft', async () => {
    const { service, browser } = await remembered()
    await somebody(service, 'jean@exemple.ca')
    assert.equal(await signIn(service, browser, 'jean@exemple.ca'), SKIPPED)
    for (let n = 0; n < 4; n++) {
      browser.cookies.delete(service.cookies.session)
      await browser.open('/sign-in')
      const { hidden } = formsOf(browser.page.html)[0] ?? {}
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { 'sec-fetch-site': 'same-origin', origin: 'null', cookie }
      const addresses = [EMAIL, 'jean@exemple.ca', EMAIL, 'jean@exemple.ca']
      await Promise.all(
        addresses.map((address) => {
          const body = new URLSearchParams({ ...hidden, email: address, password: PASSWORD })
          return browser.request('/sign-in', { method: 'POST', body, headers })
        }),
      )
      service.clock.advance(hours(1))
      for (const address of addresses) assert.equal(await signIn(service, browser, address), SKIPPED)
    }
    assert.equal(await noticed(service), 0)
  })

  const firsts: Record<string, readonly [string, string]> = {
    'the first of a second account': [EMAIL, 'jean@exemple.ca'],
    'the first of two accounts': ['jean@exemple.ca', 'lea@exemple.ca'],
  }
  for (const [what, accounts] of Object.entries(firsts))
    test(`${what} at the same instant in one browser, whichever answer comes last, is no theft`, async () => {
      for (const order of [accounts, accounts.toReversed(), 'at once'] as const)
        for (const kept of order === 'at once' ? [3] : [0, 1, 2]) {
          const { service, browser } = await remembered()
          for (const address of ['jean@exemple.ca', 'lea@exemple.ca']) await somebody(service, address)
          const fresh = makeBrowser(service.origin, service.base, { 'user-agent': FIREFOX })
          const here = accounts[0] === EMAIL ? browser : fresh
          here.cookies.delete(service.cookies.session)
          await here.open('/sign-in')
          const { hidden } = formsOf(here.page.html)[0] ?? {}
          const cookie = [...here.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
          const press = async (address: string) => {
            const body = new URLSearchParams({ ...hidden, email: address, password: PASSWORD })
            const headers = { 'sec-fetch-site': 'same-origin', origin: 'null', cookie }
            const answer = await here.request('/sign-in', { method: 'POST', body, headers })
            assert.equal(answer.status, 303)
            return new Map(here.cookies)
          }
          const jars =
            order === 'at once'
              ? await Promise.all([...accounts, ...accounts].map(press))
              : [await press(order[0]), await press(order[1]), await press(order[0])]
          for (const [name, value] of jars[kept] ?? []) here.cookies.set(name, value)
          service.clock.advance(hours(1))
          for (const address of accounts) assert.equal(await signIn(service, here, address), SKIPPED, address)
          assert.equal(await noticed(service), 0)
        }
    })

  test('a lost answer, however late, two tabs at once, a form sent twice and the way back are no theft', async () => {
    const { service, browser } = await remembered()
    const form = async () => {
      browser.cookies.delete(service.cookies.session)
      await browser.open('/sign-in')
      const { hidden } = formsOf(browser.page.html)[0] ?? {}
      return new URLSearchParams({ ...hidden, email: EMAIL, password: PASSWORD })
    }
    const headers = { 'sec-fetch-site': 'same-origin', origin: 'null' }
    const press = (body: URLSearchParams, cookie?: string) =>
      browser.request('/sign-in', { method: 'POST', body, headers: { ...headers, ...(cookie && { cookie }) } })
    const cookies = () => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

    const before = new Map(browser.cookies)
    await press(await form())
    for (const [name, value] of before) browser.cookies.set(name, value) // the answer never arrived
    service.clock.advance(days(2))
    assert.equal(await signIn(service, browser), SKIPPED)

    const [body, sent] = [await form(), cookies()]
    const answers = await Promise.all(Array.from({ length: 3 }, () => press(body, sent)))
    const trusts = answers.map((it) => it.headers.getSetCookie().find((line) => line.startsWith(service.cookies.trust)))
    assert.equal(new Set(trusts).size, 1, 'all tabs are given the same')
    assert.equal((await browser.open('/account')).at, '/account')
    service.clock.advance(seconds(30))
    assert.equal((await press(body, sent)).headers.get('location'), '/account', 'one more tab, whose form was slow')
    for (let n = 0; n < 2; n++) assert.equal((await press(body)).headers.get('location'), '/account')
    service.clock.advance(days(2))
    assert.equal(await signIn(service, browser), SKIPPED)
    assert.equal(await noticed(service), 0)
  })

  test('several accounts in one browser: each sign-in replaces the mark for all of them', async () => {
    const { service, browser } = await remembered()
    await somebody(service, 'jean@exemple.ca')
    for (const address of ['jean@exemple.ca', EMAIL, 'jean@exemple.ca', 'jean@exemple.ca', EMAIL]) {
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, browser, address), SKIPPED, address)
    }
    const copy = copyOf(service, browser)
    await signIn(service, browser, 'jean@exemple.ca')
    service.clock.advance(hours(1))
    assert.equal(await signIn(service, copy), ASKED)
    assert.equal(await noticed(service), 1)
  })

  test('a journey, its form and the session go on over it', async () => {
    const { service, browser } = await remembered()
    await browser.open('/account/profile')
    const { page } = browser
    const other = copyOf(service, browser)
    other.cookies.delete(service.cookies.session)
    assert.equal(await signIn(service, browser), SKIPPED)
    browser.page = page
    assert.equal((await browser.send({ 'first-name': 'Eva' }, { button: 'Save' })).status, 200)
  })
})

suite('E6: a risky sign-in is asked for the second step, in a browser that skips it too', () => {
  const risks: Record<string, Record<string, string>> = {
    'a far network': { 'x-forwarded-for': '198.51.100.7' },
    'a far network, IPv6': { 'x-forwarded-for': '2001:db8:ffff::1' },
    'another program': { 'user-agent': 'curl/8.0' },
    'no program': { 'user-agent': '' },
    'another browser': { 'user-agent': FIREFOX.replace(/rv.*/, ') Chrome/140.0.0.0 Safari/537.36') },
    'another system': { 'user-agent': FIREFOX.replace('Windows NT 10.0; Win64; x64', 'X11; Linux x86_64') },
  }
  for (const [what, headers] of Object.entries(risks))
    test(what, async () => {
      const { service, browser, code } = await remembered()
      const moved = copyOf(service, browser, headers)
      assert.equal(await signIn(service, moved), ASKED)
      assert.equal((await moved.send({ code: code() })).at, '/account')
      service.clock.advance(minutes(5))
      assert.equal(await signIn(service, moved), SKIPPED, 'once')
    })

  test('a newer version of the same browser, nearby, is no risk', async () => {
    const { service, browser } = await remembered()
    const newer = { 'user-agent': FIREFOX.replaceAll('145', '146'), 'x-forwarded-for': '127.0.9.9' }
    assert.equal(await signIn(service, copyOf(service, browser, newer)), SKIPPED)
  })

  test('D5: who has no second step is let in from anywhere in a known browser', async () => {
    const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
    const browser = await somebody(service)
    const moved = copyOf(service, browser, { 'x-forwarded-for': '198.51.100.7', 'user-agent': 'curl/8.0' })
    assert.equal(await signIn(service, moved), SKIPPED)
  })
})
