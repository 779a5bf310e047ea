import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { EventKind } from '../../core/events/catalogue.ts'
import type { Email } from '../../core/model/account/email.ts'
import { system } from '../../platform/actor.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { setUpPasskey } from '../../testing/authenticator.ts'
import { makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { record } from '../../testing/record.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca' as Email
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'

const firefox = (service: TestService, address = '192.0.2.7') =>
  makeBrowser(service.origin, service.base, { 'user-agent': FIREFOX, 'x-forwarded-for': address })

/** The titles of the lines, and what is said of each. */
const linesOf = (html: string): string[] =>
  [...html.matchAll(/<p id="line-\d+"><b dir="auto">([^<]*)<\/b><\/p><p class="small soft">(.*?)<\/p>/g)].map(
    ([, title, detail]) => `${title} | ${detail}`,
  )

async function signIn(service: TestService, browser: ReturnType<typeof firefox>) {
  await browser.open('/sign-in')
  await browser.send({ email, password: PASSWORD })
  if (/\/confirm/.test(browser.page.at)) {
    await service.post()
    await browser.send({ code: service.box.newest(email).code ?? '' })
  }
  assert.equal(browser.page.at, '/account')
}

const accountOf = async ({ db }: TestService) =>
  (await db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id

suite('K1: activity', () => {
  test('what happened, when, from where and with which browser, the newest first; of nobody else', async () => {
    const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
    await somebody(service)
    await somebody(service, 'paul@exemple.ca')
    service.clock.advance(minutes(1))
    const browser = firefox(service)
    for (let n = 0; n < 3; n++) {
      await browser.open('/sign-in')
      await browser.send({ email, password: 'wrong' })
      service.clock.advance(minutes(1))
    }
    await signIn(service, browser)
    const { html } = await browser.open('/account/activity')
    assert.match(html, /<h1>Activity<\/h1>/)
    const lines = linesOf(html)
    assert.match(
      lines[0] ?? '',
      /^Signed in \| \w+\s\d+, \d{4} at .*UTC<br\/>Firefox on Windows, network 192\.0\.2\.7$/,
    )
    assert.match(lines.at(-2) ?? '', /^3 refused sign-ins \| The latest: /)
    assert.match(lines.at(-1) ?? '', /^The account was created \| /)
    assert.ok(lines.length <= 4, lines.join('\n'))
    const mattering = lines.filter((line) => /^(Signed in|A sign-in)/.test(line))
    assert.equal(html.match(/>It was not me</g)?.length, mattering.length)
  })

  test('which way to sign in was added or removed', async () => {
    const service = await testService()
    const browser = await somebody(service)
    await setUpPasskey(browser, service.origin)
    await browser.open('/account/factors')
    await browser.send({}, { button: 'Remove' })
    const [removed, added] = linesOf((await browser.open('/account/activity')).html)
    assert.match(removed ?? '', /^A way to sign in was removed \| Passkey<br\/>/)
    assert.match(added ?? '', /^A way to sign in was added \| Passkey<br\/>/)
  })

  test('pages of fifteen lines follow one another without a gap; what operators do is not shown', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const account = await accountOf(service)
    const add = (kind: EventKind) => transact(service.db, (tx) => record(service, tx, { kind, account, actor: system }))
    for (let n = 0; n < 43; n++) {
      // of the 129 refusals the first ten are written down, the 20th, the 40th and the 80th: in seven lines
      service.clock.advance(minutes(1))
      await add('browser-forgotten')
      await add('policy-changed')
      for (let m = 0; m < 3; m++) await add('sign-in-refused')
    }
    const seen: number[] = []
    let path: string | undefined = '/account/activity'
    while (path) {
      const { html } = await browser.open(path)
      seen.push(linesOf(html).length)
      assert.doesNotMatch(html, /polic/)
      path = /href="(\/account\/activity\?before=evt_\w+)"/.exec(html)?.[1]
    }
    assert.deepEqual(seen, [15, 15, 15, 6])
    assert.match(browser.page.html, /Back to the newest/)
    for (const before of ['evt_x', '%01', "' or 1=1 --"])
      assert.equal(linesOf((await browser.open(`/account/activity?before=${before}`)).html).length, 15)
  })

  test('K4: "It was not me" ends every session, turns the password off, is written down, and mails a link', async () => {
    const service = await testService()
    const owner = await somebody(service)
    const thief = service.browser()
    await signIn(service, thief)
    await owner.open('/account/activity')
    const event = /name="event" value="(evt_\w+)"/.exec(owner.page.html)?.[1] ?? ''
    await owner.send({ event }, { button: 'It was not me' })
    assert.equal(owner.page.at, '/not-me/mailed')
    for (const browser of [owner, thief]) assert.match((await browser.open('/account')).at, /^\/sign-in/)
    await thief.send({ email, password: PASSWORD })
    assert.equal(thief.page.status, 422, 'the password is off')
    await service.post()
    const letter = service.box.newest(email)
    assert.equal(letter.template, 'account-secured')
    await owner.open(letter.link ?? '')
    await owner.send({ 'new-password': 'quatre mots bien choisis', 'confirm-password': 'quatre mots bien choisis' })
    assert.match(owner.page.at, /^\/sign-in\?to=/)
    await owner.send({ email, password: 'quatre mots bien choisis' })
    assert.equal(owner.page.at, '/account/review')
    assert.match(linesOf((await owner.open('/account/activity')).html).join(), /You said that something was not you/)
  })

  test('who is signed out signs in first, and comes to the page they wanted', async () => {
    const service = await testService()
    await somebody(service)
    const browser = service.browser()
    assert.match((await browser.open('/account/activity')).at, /^\/sign-in\?to=/)
    assert.equal((await browser.send({ email, password: PASSWORD })).at, '/account/activity')
  })
})
