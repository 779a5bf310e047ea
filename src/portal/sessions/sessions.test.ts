/** The page of sessions and browsers, as its person and strangers use it. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parseEmail } from '../../core/model/account/email.ts'
import { type Account, findAccountByEmail } from '../../core/model/account/store.ts'
import { browsersOf, rememberBrowser } from '../../core/model/session/browsers.ts'
import { hours } from '../../platform/clock.ts'
import { type Browser, makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { race } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { dayWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { endOne, endOthers, forget } from './rules.ts'
import { texts } from './texts.ts'

const t = texts.in('en')
const email = 'marie@exemple.ca'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
const actor = { ...visitor, network: '192.0.2.1', userAgent: FIREFOX, browser: 'its mark' }

/** The same person in one more browser. */
async function elsewhere({ origin: at, base }: TestService, userAgent = FIREFOX): Promise<Browser> {
  const browser = makeBrowser(at, base, { 'user-agent': userAgent })
  await browser.open('/sign-in')
  await browser.send({ email, password: PASSWORD })
  assert.equal(browser.page.at, urls.account)
  return browser
}
const isSignedIn = async (browser: Browser) => (await browser.open(urls.account)).at === urls.account

async function account({ db }: TestService, address = email): Promise<Account> {
  const parsed = parseEmail(address)
  const found = parsed.ok && (await findAccountByEmail(db, parsed.email))
  assert.ok(found)
  return found
}
const written = async ({ db }: TestService, kind: 'session-ended' | 'other-sessions-ended' | 'browser-forgotten') =>
  db.selectFrom('history').selectAll().where('kind', '=', kind).execute()
const letters = ({ box }: TestService) => box.letters.filter(({ subject }) => /signed out everywhere/.test(subject))
/** The ids of sessions that the page offers to end. */
const offered = (browser: Browser) =>
  [...browser.page.html.matchAll(/name="session" value="([^"]+)"/g)].map(([, id]) => id)

suite('K1: sessions', () => {
  test('each is named by its browser, with where from and when; this one is marked and has no button', async () => {
    const service = await testService()
    const here = await somebody(service)
    await elsewhere(service)
    service.clock.advance(hours(2))
    const { html } = await here.open(urls.sessions)
    for (const said of ['Firefox on Windows', '2 hours ago', 'From network 127.0.0.1, this minute', t('here')])
      assert.ok(html.includes(said), said)
    assert.equal(offered(here).length, 1)
    assert.ok(html.indexOf(t('here')) < html.indexOf('Firefox on Windows'), 'the one used last comes first')
  })

  test('one is ended, at once; the others go on, and it is written down', async () => {
    const service = await testService()
    const here = await somebody(service)
    const [one, other] = [await elsewhere(service), await elsewhere(service)]
    await here.open(urls.sessions)
    const visit = await here.send({}, { button: t('end') })
    assert.ok(visit.html.includes(t('done.end')))
    assert.deepEqual([await isSignedIn(one), await isSignedIn(other)].sort(), [false, true])
    const [entry, ...more] = await written(service, 'session-ended')
    assert.deepEqual([entry?.personal, more.length], [{ network: '127.0.0.1', userAgent: FIREFOX }, 0])
  })

  test('all others are ended; the mailbox is told, once', async () => {
    const service = await testService()
    const here = await somebody(service)
    const others = [await elsewhere(service), await elsewhere(service)]
    assert.ok(!(await here.open(urls.sessions)).html.includes(t('alone')))
    for (let n = 0; n < 2; n++) {
      const visit = await here.send({}, { button: t('endOthers') })
      assert.ok(visit.html.includes(t('done.end-others')))
      assert.ok(visit.html.includes(t('alone')), 'the button stays, and a line says that there is nothing to end')
    }
    for (const other of others) assert.ok(!(await isSignedIn(other)))
    assert.ok(await isSignedIn(here))
    await service.post()
    const [letter, ...more] = letters(service)
    assert.deepEqual([letter?.to, more.length], [email, 0])
    assert.match(letter?.text ?? '', /127\.0\.0\.1/)
    assert.match(letter?.text ?? '', /\/not-me\?link=/)
    assert.deepEqual(
      (await written(service, 'other-sessions-ended')).map(({ facts }) => facts),
      [{ sessions: 2 }],
    )
  })

  test('one of another account, or one that is over, is answered as any other, and nothing happens', async () => {
    const service = await testService()
    const victim = await somebody(service, 'victim@exemple.ca')
    const [{ uid: theirs }] = (await service.db.selectFrom('sessions').select('uid').execute()) as [{ uid: string }]
    const here = await somebody(service)
    const other = await elsewhere(service)
    const page = await here.open(urls.sessions)
    const answers = []
    for (const session of [theirs, 'ses_none', '', 'a\u0001b', offered(here)[0] ?? '', offered(here)[0] ?? '']) {
      here.page = page
      const { status, at, html } = await here.send({ session }, { button: t('end') })
      answers.push([status, at, html.includes(t('done.end'))])
    }
    assert.deepEqual(new Set(answers.map((it) => it.join())), new Set([`200,${urls.sessions}?done=end,true`]))
    assert.ok((await isSignedIn(victim)) && !(await isSignedIn(other)))
    assert.equal((await written(service, 'session-ended')).length, 1)
  })

  test('of 64 who end others at once one writes it down and tells the mailbox; so of one session', async () => {
    const service = await testService()
    const here = await somebody(service)
    const marie = await account(service)
    const [row] = await service.db.selectFrom('sessions').selectAll().execute()
    assert.ok(row)
    const others = () => service.db.selectFrom('sessions').select('uid').where('uid', '<>', row.uid).execute()
    for (const [kind, deed] of [
      ['session-ended', (uid: string) => endOne(service, marie, uid, actor)],
      ['other-sessions-ended', () => endOthers(service, marie, row, actor)],
    ] as const) {
      await race(async () => {
        await elsewhere(service)
        const uid = (await others())[0]?.uid ?? ''
        return async () => deed(uid).then(() => true)
      }, 3)
      assert.deepEqual([(await written(service, kind)).length, (await others()).length], [3, 0], kind)
    }
    await service.post()
    assert.equal(letters(service).length, 3)
    assert.ok(await isSignedIn(here))
  })

  test('who is not signed in is asked to, and comes back to the list', async () => {
    const service = await testService()
    const here = await somebody(service)
    await here.open(urls.sessions)
    const page = here.page
    here.cookies.delete('passerelle-session')
    const visit = await here.send({}, { button: t('endOthers') })
    assert.match(visit.at, /^\/sign-in\?to=/)
    here.page = visit
    assert.equal((await here.send({ email, password: PASSWORD })).at, urls.sessions)
    assert.ok(page.html.includes(t('open')))
  })

  test('GET ends nothing', async () => {
    const service = await testService()
    const here = await somebody(service)
    const other = await elsewhere(service)
    for (const path of [urls.endSession, urls.endOtherSessions, urls.forgetBrowser])
      assert.equal((await here.open(path)).status, 404)
    assert.ok(await isSignedIn(other))
  })
})

suite('K1: known browsers', () => {
  test('are listed with their first and last day, and forgotten one by one; nobody else’s is', async () => {
    const service = await testService()
    const here = await somebody(service)
    const marie = await account(service)
    await somebody(service, 'victim@exemple.ca')
    const victim = await account(service, 'victim@exemple.ca')
    const now = service.clock.now()
    const first = new Date(now.getTime() - hours(24 * 40).ms)
    for (const at of [first, now]) await rememberBrowser(service.db, marie.id, { ...actor, browser: 'one' }, at)
    await rememberBrowser(service.db, victim.id, { ...actor, browser: 'theirs' }, now)
    const { html } = await here.open(urls.sessions)
    assert.ok(html.includes(t('since', { first: dayWords('en', first), last: dayWords('en', now) })))
    const page = here.page
    for (const browser of ['theirs', 'none', '', 'a\u0001b']) {
      here.page = page
      await here.send({ browser }, { button: t('forget') })
    }
    here.page = page
    assert.ok((await here.send({ browser: 'one' }, { button: t('forget') })).html.includes(t('done.forget')))
    assert.deepEqual((await browsersOf(service.db, marie.id, now)).map((it) => it.browser_mark).includes('one'), false)
    assert.ok((await browsersOf(service.db, victim.id, now)).some((it) => it.browser_mark === 'theirs'))
    assert.deepEqual(
      (await written(service, 'browser-forgotten')).map(({ account_id: id }) => id),
      [marie.id],
    )
    assert.ok(await isSignedIn(here), 'a browser that is forgotten stays signed in')
  })

  test('of very many the fifty used last are listed, and the page says so', async () => {
    const service = await testService()
    const here = await somebody(service)
    const marie = await account(service)
    const now = service.clock.now()
    const remember = (n: number) =>
      rememberBrowser(service.db, marie.id, { ...actor, browser: `b${n}` }, new Date(now.getTime() - hours(n).ms))
    const listed = async () => (await here.open(urls.sessions)).html.split(`action="${urls.forgetBrowser}"`).length - 1
    for (let n = 1; n <= 49; n++) await remember(n)
    assert.equal(await listed(), 50)
    assert.ok(!here.page.html.includes(t('lastOnly', { count: 50 })))
    for (let n = 50; n <= 60; n++) await remember(n)
    assert.equal(await listed(), 50)
    assert.ok(here.page.html.includes(t('lastOnly', { count: 50 })))
  })

  test('one is forgotten by one of 64', async () => {
    const service = await testService()
    await somebody(service)
    const marie = await account(service)
    await race(async () => {
      await rememberBrowser(service.db, marie.id, actor, service.clock.now())
      return async () => forget(service, marie, actor.browser, actor).then(() => true)
    }, 3)
    assert.equal((await written(service, 'browser-forgotten')).length, 3)
  })
})
