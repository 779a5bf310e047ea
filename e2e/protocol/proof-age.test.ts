/** X10: what was proved on a journey counts as just now for five minutes, wherever the way breaks off meanwhile. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../src/platform/clock.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import { arrive, browserOf, makeParty, type Party } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')
const third = await makeParty(service, 'third', { thirdParty: true })
const LATE = minutes(115)

const onward = ({ page }: Browser): string => page.headers.get('location') ?? ''
/** Does what the page asks for, and goes no further. */
const stops = (browser: Browser, fields: Record<string, string>, button: string) =>
  browser.send(fields, { button, follow: false })

type Case = { party: Party; more: Record<string, string>; deed: (browser: Browser) => Promise<unknown>; asks: RegExp }
const typesPassword = (browser: Browser) => stops(browser, { email: maya.email, password: maya.password }, 'Sign in')
const cases: Case[] = [
  { party: ledger, more: { max_age: '60' }, deed: typesPassword, asks: /^\/sign-in/ },
  { party: ledger, more: { prompt: 'login' }, deed: typesPassword, asks: /^\/sign-in/ },
  {
    party: ledger,
    more: { prompt: 'select_account' },
    deed: (browser) => stops(browser, {}, `Continue as ${maya.email}`),
    asks: /^\/choose-account/,
  },
  {
    party: third,
    more: { prompt: 'consent' },
    deed: (browser) => stops(browser, {}, 'Share and continue'),
    asks: /^\/consent/,
  },
]

suite('X10: a proof on a journey has an age', () => {
  for (const { party, more, deed, asks } of cases) {
    /** At the page that asks, long after somebody signed in. */
    const begin = async () => {
      const browser = browserOf(service)
      await arrive(browser, ledger, maya)
      service.clock.advance(minutes(6))
      const asked = await party.ask(more)
      assert.match((await browser.open(asked.url.href)).at, asks)
      await deed(browser)
      return { browser, asked }
    }
    const about = JSON.stringify(more)

    test(`${about}: answered at once, and within five minutes`, async () => {
      const { browser, asked } = await begin()
      service.clock.advance(seconds(240))
      assert.equal((await party.redeem(asked, (await browser.open(onward(browser))).at)).claims()?.sub, maya.id)
    })

    test(`${about}: asked anew where the way goes on two hours later`, async () => {
      const { browser } = await begin()
      service.clock.advance(LATE)
      assert.match((await browser.open(onward(browser))).at, asks)
    })

    test(`${about}: and where the answer is fetched two hours later`, async () => {
      const { browser } = await begin()
      const answered = await browser.request(onward(browser))
      service.clock.advance(LATE)
      assert.match((await browser.open(answered.headers.get('location') ?? '')).at, asks)
    })
  }

  test('auth_time is of the sign-in that counted', async () => {
    const browser = browserOf(service)
    const asked = await ledger.ask({ max_age: '60' })
    await browser.open(asked.url.href)
    await typesPassword(browser)
    service.clock.advance(LATE)
    await browser.open(onward(browser))
    const now = Math.floor(service.clock.now().getTime() / 1_000)
    const tokens = await ledger.redeem(asked, (await signIn(browser, maya)).at)
    assert.ok(Number(tokens.claims()?.auth_time) >= now)
  })

  test('who asked for neither goes on with the session, however late', async () => {
    const browser = browserOf(service)
    const asked = await ledger.ask()
    await browser.open(asked.url.href)
    await typesPassword(browser)
    service.clock.advance(LATE)
    assert.equal((await ledger.redeem(asked, (await browser.open(onward(browser))).at)).claims()?.sub, maya.id)
  })

  test('who has signed up is not asked to sign up again', async () => {
    const browser = browserOf(service)
    const asked = await ledger.ask({ prompt: 'create' })
    await browser.open(asked.url.href)
    await browser.send({ email: 'zoe@example.com', 'first-name': 'Zoé', 'last-name': 'Roy', password: maya.password })
    await service.post()
    await browser.send({ code: service.box.newest('zoe@example.com').code ?? '' }, { follow: false })
    service.clock.advance(LATE)
    assert.equal(
      (await ledger.redeem(asked, (await browser.open(onward(browser))).at)).claims()?.email,
      'zoe@example.com',
    )
  })
})
