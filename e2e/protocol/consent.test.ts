import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decodeJwt } from 'jose'
import { scopeWords } from '../../src/core/model/product/scope-words.ts'
import { minutes } from '../../src/platform/clock.ts'
import { texts } from '../../src/sign-in/consent/texts.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import { answerOf, arrive, browserOf, makeParty, tokensFor } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const ledger = await makeParty(service, 'ledger')
const API = 'https://api.example/bank'
const ANOTHER_API = 'https://another.bank.example/api'
const bank = await makeParty(service, 'bank', {
  name: 'Banque du Nord',
  thirdParty: true,
  redirectUris: ['https://bank.example/cb'],
  resources: [API, ANOTHER_API],
  scopes: ['accounts:read', 'payments:write'],
})
const shop = await makeParty(service, 'shop', { thirdParty: true })
const native = await makeParty(service, 'native', {
  thirdParty: true,
  public: true,
  native: true,
  redirectUris: ['http://127.0.0.1/cb'],
})

let people = 0
/** A person who has agreed to nothing yet, signed in. */
async function somebody() {
  const person = await makePerson(service, `person-${++people}@example.com`)
  const browser = browserOf(service)
  await arrive(browser, ledger, person)
  return { person, browser }
}
const ask = async (browser: Browser, party = bank, more: Record<string, string> = {}) => {
  const asked = await party.ask(more)
  return { asked, visit: await browser.open(asked.url.href) }
}
const t = texts.in('en')
const agree = (browser: Browser) => browser.send({}, { button: t('allow') })
const lines = (html: string) => [...html.matchAll(/<li>([^<]*)<\/li>/g)].map(([, line]) => line)

suite('consent (L3; ASVS 5.0, 10.7)', () => {
  test('our own products ask nothing', async () => {
    const { browser } = await somebody()
    assert.ok(answerOf((await ask(browser, ledger)).visit).code)
  })

  test('somebody else’s product shows what it asks for and where it leads; agreeing goes back to it', async () => {
    const { person, browser } = await somebody()
    const { asked, visit } = await ask(browser)
    assert.match(visit.at, /^\/consent/)
    for (const said of [
      'Banque du Nord',
      person.email,
      'bank.example',
      scopeWords('en', 'email'),
      scopeWords('en', 'profile'),
    ])
      assert.ok(visit.html.includes(said), said)
    const back = await agree(browser)
    const tokens = await bank.redeem(asked, back.at)
    assert.equal(tokens.claims()?.email, person.email)
  })

  test('signing in comes first', async () => {
    const person = await makePerson(service, 'first@example.com')
    const browser = browserOf(service)
    const { asked, visit } = await ask(browser)
    assert.match(visit.at, /^\/sign-in/)
    assert.match((await signIn(browser, person)).at, /^\/consent/)
    assert.equal((await bank.redeem(asked, (await agree(browser)).at)).claims()?.sub, person.id)
  })

  test('refusing goes back too, with access_denied, state and iss; and the next time asks again', async () => {
    const { browser } = await somebody()
    const { asked } = await ask(browser)
    const back = await browser.send({}, { button: t('refuse') })
    assert.ok(back.at.startsWith('https://bank.example/cb?'))
    const { error, state, iss, code } = answerOf(back)
    assert.deepEqual(
      { error, state, iss, code },
      { error: 'access_denied', state: asked.state, iss: service.origin, code: undefined },
    )
    assert.match((await ask(browser)).visit.at, /^\/consent/)
  })

  test('what was agreed to is remembered, by person and product, in every browser', async () => {
    const { person, browser } = await somebody()
    await ask(browser)
    await agree(browser)
    assert.ok(answerOf((await ask(browser)).visit).code)
    assert.ok(answerOf((await ask(browser, bank, { prompt: 'none' })).visit).code)
    assert.ok((await tokensFor(browserOf(service), bank, person)).access_token)
    assert.match((await ask(browser, shop)).visit.at, /^\/consent/, 'but not for another product')
  })

  test('asking for more asks again, and only what was agreed to is given', async () => {
    const { browser } = await somebody()
    await ask(browser, bank, { scope: 'openid' })
    const { asked: less } = await ask(browser, bank, { scope: 'openid' })
    const first = await bank.redeem(less, (await agree(browser)).at)
    assert.deepEqual([first.scope, first.claims()?.email], ['openid', undefined])
    assert.equal(
      answerOf((await ask(browser, bank, { scope: 'openid email', prompt: 'none' })).visit).error,
      'consent_required',
    )
    const more = await ask(browser, bank, { scope: 'openid email' })
    assert.match(more.visit.at, /^\/consent/)
    assert.equal((await bank.redeem(more.asked, (await agree(browser)).at)).scope, 'openid email')
    assert.ok(answerOf((await ask(browser, bank, { scope: 'openid' })).visit).code, 'less than agreed needs no page')
  })

  test('what it may do at an API is asked as well, and given only then', async () => {
    const { browser } = await somebody()
    const wish = { scope: 'openid accounts:read', resource: API }
    const { visit } = await ask(browser, bank, wish)
    assert.match(visit.at, /^\/consent/)
    assert.ok(
      lines(visit.html).some((line) => line?.includes('accounts:read')),
      'the page names it',
    )
    assert.equal(answerOf((await ask(browser, bank, { ...wish, prompt: 'none' })).visit).error, 'consent_required')
    const { asked } = await ask(browser, bank, wish)
    const tokens = await bank.redeem(asked, (await agree(browser)).at, { resource: API })
    assert.equal(decodeJwt(tokens.access_token).scope, 'accounts:read')
    const more = await ask(browser, bank, { scope: 'openid accounts:read payments:write', resource: API })
    assert.match(more.visit.at, /^\/consent/, 'writing is more than reading')
    const elsewhere = await ask(browser, bank, { ...wish, resource: ANOTHER_API })
    assert.match(elsewhere.visit.at, /^\/consent/, 'the same word at another API is something else')
    assert.ok(lines(elsewhere.visit.html).some((line) => line?.includes(new URL(ANOTHER_API).host)))
    assert.ok(answerOf((await ask(browser, bank, wish)).visit).code)
  })

  test('prompt=consent asks again, and with it offline_access is shown and given', async () => {
    const { browser } = await somebody()
    await ask(browser)
    await agree(browser)
    const { asked, visit } = await ask(browser, bank, { prompt: 'consent', scope: 'openid offline_access' })
    assert.match(visit.at, /^\/consent/)
    assert.ok(lines(visit.html).some((line) => line === scopeWords('en', 'offline_access')))
    assert.equal((await bank.redeem(asked, (await agree(browser)).at)).scope, 'openid offline_access')
  })

  test('a native application of somebody else’s is asked for as any other (RFC 8252, section 8.6)', async () => {
    const { browser } = await somebody()
    const { asked, visit } = await ask(browser, native)
    assert.match(visit.at, /^\/consent/)
    assert.ok((await native.redeem(asked, (await agree(browser)).at)).access_token)
    service.clock.advance(minutes(6))
    const again = await ask(browser, native)
    assert.match(again.visit.at, /^\/choose-account/, 'agreed to before: the person sees who asks all the same')
    assert.ok(answerOf(await browser.send({})).code)
  })

  test('the answer takes a form of ours in this browser; sent twice it does no harm', async () => {
    const { browser } = await somebody()
    const { asked, visit } = await ask(browser)
    const forged = await browser.request(visit.at, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'allow' }),
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    assert.equal(forged.status, 403)
    const other = await somebody()
    assert.equal((await other.browser.open(visit.at)).status, 400, 'another browser cannot answer it')
    await browser.open(visit.at)
    const page = browser.page
    const first = await agree(browser)
    browser.page = page
    const second = await agree(browser)
    assert.ok(answerOf(first).code)
    assert.ok(second.at.startsWith('https://bank.example/cb'))
    assert.ok(await bank.redeem(asked, first.at))
  })
})
