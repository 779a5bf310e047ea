/** H9: what marks a browser as known is replaced at each sign-in; a copy of it is noticed, and ends both. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours, minutes, seconds } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import { type Browser, formsOf, makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'

/** Somebody with an app, and a browser that skips the second step. */
async function remembered() {
  const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
  const owner = await somebody(service)
  const { app } = await setUpApp(owner, service.clock)
  const browser = makeBrowser(service.origin, service.base, { 'user-agent': FIREFOX })
  const code = () => {
    service.clock.advance(seconds(31))
    return app.code()
  }
  await signIn(service, browser)
  assert.equal((await browser.send({ code: code(), remember: 'yes' })).at, '/account')
  return { service, owner, browser, code }
}

async function signIn(service: TestService, browser: Browser, address = email): Promise<string> {
  browser.cookies.delete(service.cookies.session)
  await browser.open('/sign-in')
  return (await browser.send({ email: address, password: PASSWORD })).at.replace(/\?.*/, '')
}
/** A browser with the same cookies. */
function copyOf({ origin, base }: TestService, { cookies }: Browser, more: Record<string, string> = {}): Browser {
  const copy = makeBrowser(origin, base, { 'user-agent': FIREFOX, ...more })
  for (const [name, value] of cookies) copy.cookies.set(name, value)
  return copy
}
const noticed = async ({ db }: TestService) =>
  (await db.selectFrom('history').select('id').where('kind', '=', 'browser-copied').execute()).length
const SKIPPED = '/account'
const ASKED = '/second-step'

suite('H9: the trust of a browser is earned anew at each sign-in', () => {
  test('its mark is another one after each, and skips the second step for as long as was said', async () => {
    const { service, browser } = await remembered()
    const marks = new Set()
    for (let n = 0; n < 4; n++) {
      assert.equal(await signIn(service, browser), SKIPPED)
      marks.add(browser.cookies.get(service.cookies.trust))
      service.clock.advance(days(7))
    }
    assert.equal(marks.size, 4)
    service.clock.advance(days(3))
    assert.equal(await signIn(service, browser), ASKED)
    assert.equal(await noticed(service), 0)
  })

  for (const first of ['the thief', 'the owner'] as const)
    test(`a copy is noticed when the second of the two signs in, ${first} first, and ends both`, async () => {
      const { service, browser, code } = await remembered()
      const copy = copyOf(service, browser)
      const [one, other] = first === 'the thief' ? [copy, browser] : [browser, copy]
      assert.equal(await signIn(service, one), SKIPPED)
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, other), ASKED)
      assert.equal(await noticed(service), 1)
      await service.post()
      const letter = service.box.newest(email)
      assert.match(letter.text, /may have been copied|copied its cookies/)
      assert.match(letter.text, /\/not-me\?link=/)
      assert.equal(await signIn(service, one), ASKED, 'neither is trusted any more')
      assert.equal(await signIn(service, other), ASKED)
      assert.equal(await noticed(service), 1, 'and it is told once')

      await signIn(service, browser)
      await browser.send({ code: code(), remember: 'yes' })
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, browser), SKIPPED, 'the owner is, once they have proved more')
      assert.equal(await signIn(service, copy), ASKED, 'and the copy is not')
    })

  test('whatever value was replaced, however long ago, or none', async () => {
    for (const forge of [(trust: string) => trust, () => 'A'.repeat(43), () => '', (trust: string) => `${trust}.new`]) {
      const { service, browser } = await remembered()
      const copy = copyOf(service, browser)
      const trust = forge((copy.cookies.get(service.cookies.trust) ?? '').replace('.new', ''))
      if (trust === '') copy.cookies.delete(service.cookies.trust)
      else copy.cookies.set(service.cookies.trust, trust)
      for (let n = 0; n < 3; n++) assert.equal(await signIn(service, browser), SKIPPED)
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, copy), ASKED)
      assert.equal(await noticed(service), 1)
    }
  })

  test('a lost answer, however late, two tabs at once, a form sent twice and the way back are no theft', async () => {
    const { service, browser } = await remembered()
    const form = async () => {
      browser.cookies.delete(service.cookies.session)
      await browser.open('/sign-in')
      const { hidden } = formsOf(browser.page.html)[0] ?? {}
      return new URLSearchParams({ ...hidden, email, password: PASSWORD })
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
    for (const address of ['jean@exemple.ca', email, 'jean@exemple.ca', 'jean@exemple.ca', email]) {
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, browser, address), SKIPPED, address)
    }
    const copy = copyOf(service, browser)
    await signIn(service, browser, 'jean@exemple.ca')
    service.clock.advance(hours(1))
    assert.equal(await signIn(service, copy), ASKED)
    assert.equal(await noticed(service), 1)
  })

  test('a browser that was remembered before there was such a mark stays so, and has one from then on', async () => {
    const { service, browser } = await remembered()
    const none = { trust_mark: null, former_trust_mark: null, trust_since: null, trust_seen: false }
    await service.db.updateTable('known_browsers').set(none).execute()
    browser.cookies.delete(service.cookies.trust)
    const copy = copyOf(service, browser)
    for (let n = 0; n < 2; n++) assert.equal(await signIn(service, browser), SKIPPED)
    service.clock.advance(hours(1))
    assert.equal(await signIn(service, copy), ASKED)
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

  test('D5: what was copied has no counter of its own, and does not stop its owner', async () => {
    const { service, browser } = await remembered()
    const copy = copyOf(service, browser)
    assert.equal(await signIn(service, browser), SKIPPED)
    service.clock.advance(hours(1))
    for (let n = 0; n < 6; n++) {
      await copy.open('/sign-in')
      await copy.send({ email, password: 'not the password' })
    }
    const known = await service.db.selectFrom('sign_in_guards').select('browser_mark').execute()
    assert.deepEqual([...new Set(known.map((it) => it.browser_mark))], [''])
    assert.equal(await signIn(service, browser), SKIPPED)
  })
})

suite('H9: a risky sign-in is asked for the second step, in a browser that skips it too', () => {
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
