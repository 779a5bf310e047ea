/** What products see when a person ends sessions, or removes their access (K1, A4). */
import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { decodeJwt } from 'jose'
import { makeApp } from '../../src/app.ts'
import { seconds } from '../../src/platform/clock.ts'
import { listen } from '../../src/platform/web/server.ts'
import { texts as productTexts } from '../../src/portal/products/texts.ts'
import { texts as sessionTexts } from '../../src/portal/sessions/texts.ts'
import { type Browser, makeBrowser } from '../../src/testing/browser.ts'
import { restarted, testService } from '../../src/testing/world.ts'
import { urls } from '../../src/urls.ts'
import {
  answerOf,
  arrive,
  browserOf,
  makeParty,
  opens,
  type Party,
  refreshRaw,
  type Tokens,
  tokensFor,
} from './party.ts'
import { makePerson, type Person, signIn } from './person.ts'
import { makeReceiver } from './receiver.ts'

const service = await testService()
const [atLedger, atCalendar] = [await makeReceiver(), await makeReceiver()]
const ledger = await makeParty(service, 'ledger', { backchannelLogoutUri: atLedger.url })
const payroll = await makeParty(service, 'payroll')
const calendar = await makeParty(service, 'calendar', { thirdParty: true, backchannelLogoutUri: atCalendar.url })
const [ofSessions, ofProducts] = [sessionTexts.in('en'), productTexts.in('en')]

/** Another process on the same database; answers where it listens. */
async function anotherProcess(): Promise<string> {
  const world = restarted(service)
  const app = await makeApp(world, { mailer: world.box, ping: async () => {} })
  const port = await listen(app.server, 0, '127.0.0.1')
  after(() => {
    app.server.closeAllConnections()
    app.server.close()
    void app.dispatcher.stop(seconds(1))
  })
  return `http://127.0.0.1:${port}`
}
const base = await anotherProcess()
const there = { ...service, base }

let people = 0
const somebody = (): Promise<Person> => makePerson(service, `person-${++people}@example.com`)

/** Signed in to a product, on the one process; `offline`: with tokens that outlive the session. */
async function opened(party: Party, person: Person, offline = false) {
  const browser = browserOf(service)
  const { asked } = await agreed(browser, party, person, offline)
  const tokens = await party.redeem(asked, browser.page.at)
  return { browser, tokens }
}
async function agreed(browser: Browser, party: Party, person: Person, offline: boolean) {
  const more = offline ? { scope: 'openid email offline_access', prompt: 'consent' } : {}
  const asked = await party.ask(more)
  await browser.open(asked.url.href)
  if (browser.page.at.startsWith('/sign-in')) await signIn(browser, person)
  if (browser.page.at.startsWith('/consent')) await browser.send({})
  assert.ok(browser.page.at.startsWith(party.redirectUri), browser.page.at)
  return { asked }
}

/** The same browser, as it comes to the other process. */
function atTheOther({ cookies }: Browser): Browser {
  const browser = makeBrowser(service.origin, base)
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  return browser
}
const lives = async (party: Party, { access_token: access, refresh_token: refresh }: Tokens) => ({
  access: await opens(there, access),
  refresh: (await refreshRaw(there, party, refresh ?? '')).status === 200,
})
const isSignedIn = async (browser: Browser) => (await browser.open(urls.account)).at === urls.account
const DEAD = { access: false, refresh: false }
const ALIVE = { access: true, refresh: true }

async function press(browser: Browser, path: string, button: string, fields: Record<string, string> = {}) {
  await browser.open(path)
  const visit = await browser.send(fields, { button })
  assert.equal(visit.status, 200)
  return visit
}

suite('A4: a session that is ended on one process is over on every other, at once', () => {
  test('its pages, its tokens, its way into other products; the product is told with the sid of its ID token', async () => {
    const maya = await somebody()
    const one = await opened(ledger, maya)
    const two = await opened(ledger, maya)
    const elsewhere = atTheOther(two.browser)
    assert.ok(await isSignedIn(elsewhere))
    assert.deepEqual(await lives(ledger, two.tokens), ALIVE)
    atLedger.tokens.splice(0)
    await press(one.browser, urls.sessions, ofSessions('end'))
    assert.ok(!(await isSignedIn(elsewhere)))
    assert.deepEqual(await lives(ledger, two.tokens), DEAD)
    const silent = await payroll.ask({ prompt: 'none' })
    assert.equal(answerOf(await elsewhere.open(silent.url.href)).error, 'login_required')
    assert.deepEqual(await lives(ledger, one.tokens), ALIVE)
    await service.post()
    assert.deepEqual(
      atLedger.tokens.map((token) => decodeJwt(token).sid),
      [decodeJwt(two.tokens.id_token ?? '').sid],
    )
  })

  test('all others: tokens for offline use die too, of this session nothing does', async () => {
    const maya = await somebody()
    const here = await opened(ledger, maya, true)
    const others = [await opened(ledger, maya, true), await opened(ledger, maya)]
    const third = await opened(calendar, maya, true)
    await press(third.browser, urls.account, 'Sign out')
    assert.equal((await lives(calendar, third.tokens)).refresh, true, 'signing out leaves what is for offline use')
    await press(here.browser, urls.sessions, ofSessions('endOthers'))
    for (const { browser, tokens } of others) {
      assert.ok(!(await isSignedIn(atTheOther(browser))))
      assert.deepEqual(await lives(ledger, tokens), DEAD)
    }
    assert.deepEqual(await lives(calendar, third.tokens), DEAD)
    assert.deepEqual(await lives(ledger, here.tokens), ALIVE)
    assert.ok(await isSignedIn(atTheOther(here.browser)))
  })
})

suite('K1: "Remove access"', () => {
  test('of a third party: every token dies, it is told, and the next visit asks for consent again', async () => {
    const maya = await somebody()
    const one = await opened(calendar, maya, true)
    const two = await opened(calendar, maya)
    const sids = [one, two].map(({ tokens }) => decodeJwt(tokens.id_token ?? '').sid)
    await service.post()
    atCalendar.tokens.splice(0)
    await press(one.browser, urls.products, ofProducts('remove'))
    for (const { tokens } of [one, two]) assert.deepEqual(await lives(calendar, tokens), DEAD)
    assert.ok(await isSignedIn(one.browser), 'the person stays signed in here')
    await service.post()
    assert.deepEqual(atCalendar.tokens.map((token) => decodeJwt(token).sid).sort(), sids.sort())
    const again = await calendar.ask()
    assert.match((await atTheOther(two.browser).open(again.url.href)).at, /^\/consent/)
    const silent = await calendar.ask({ prompt: 'none' })
    assert.equal(answerOf(await one.browser.open(silent.url.href)).error, 'consent_required')
  })

  test('agreed to again, it works as before, under another name of the session; old tokens stay dead', async () => {
    const maya = await somebody()
    const { browser, tokens } = await opened(calendar, maya, true)
    await press(browser, urls.products, ofProducts('remove'))
    const { asked } = await agreed(browser, calendar, maya, false)
    const fresh = await calendar.redeem(asked, browser.page.at)
    assert.deepEqual(await lives(calendar, fresh), ALIVE)
    assert.deepEqual(await lives(calendar, tokens), DEAD)
    const [before, now] = [tokens, fresh].map(({ id_token: token }) => decodeJwt(token ?? ''))
    assert.equal(now?.sub, before?.sub)
    assert.notEqual(now?.sid, before?.sid, 'the former was said to be over')
  })

  test('a code that is on its way is worth nothing any more', async () => {
    const maya = await somebody()
    const browser = browserOf(service)
    const { asked, visit } = await arrive(browser, ledger, maya)
    await press(browser, urls.products, ofProducts('remove'))
    await assert.rejects(ledger.redeem(asked, visit.at))
  })

  test('of one of our own: it is signed out, other products are not, and opening it again simply works', async () => {
    const maya = await somebody()
    const { browser, tokens } = await opened(ledger, maya)
    const other = await tokensFor(browser, payroll, maya)
    await press(browser, urls.products, ofProducts('remove'), { product: 'ledger' })
    assert.deepEqual(await lives(ledger, tokens), DEAD)
    assert.deepEqual(await lives(payroll, other), ALIVE)
    assert.doesNotMatch((await browser.open(urls.sessions)).html, /ledger/)
    const again = await ledger.ask({ prompt: 'none' })
    const fresh = await ledger.redeem(again, (await browser.open(again.url.href)).at)
    assert.deepEqual(await lives(ledger, fresh), ALIVE)
    await service.post()
    atLedger.tokens.splice(0)
    await press(browser, urls.account, 'Sign out')
    await service.post()
    assert.deepEqual(
      atLedger.tokens.map((token) => decodeJwt(token).sid),
      [decodeJwt(fresh.id_token ?? '').sid],
    )
  })
})
