import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { expiring } from '../../app/expiring.ts'
import { days, minutes, seconds } from '../../platform/clock.ts'
import { clearAway } from '../../platform/database/clear-away.ts'
import { setUpApp } from '../../testing/apps.ts'
import { type Browser, formsOf } from '../../testing/browser.ts'
import { dumpOf } from '../../testing/dump.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'
const said = { reach: 'Ailleurs@Exemple.CA', words: 'My phone fell into the lake.\nBoth of them did.' }
const ASK = { button: 'Ask for help' }
const KINDS = ['support-asked', 'support-withdrawn', 'not-me'] as const

/** Somebody with an app, and a browser in which their password was right; it follows the links of pages. */
async function stuck() {
  const service = await testService()
  const owner = await somebody(service)
  const { app } = await setUpApp(owner, service.clock)
  service.clock.advance(seconds(60))
  let password = PASSWORD
  const signIn = async (browser: Browser) => {
    await browser.open('/sign-in')
    await browser.send({ email, password })
    assert.match(browser.page.at, /^\/second-step\?/)
    return browser
  }
  const choose = async (browser: Browser, next: string) => {
    await browser.send({ 'new-password': next, 'confirm-password': next })
    password = next
  }
  const follow = (browser: Browser, words: string) => {
    const [, href = ''] = new RegExp(`<a href="([^"]*)"[^>]*>${words}</a>`).exec(browser.page.html) ?? []
    assert.notEqual(href, '', `a link "${words}" on ${browser.page.at}`)
    return browser.open(href.replaceAll('&amp;', '&'))
  }
  const toForm = async (browser: Browser) => {
    await follow(browser, 'Verify another way')
    return follow(browser, 'None of these works for me')
  }
  const ask = async (browser: Browser, fields: Record<string, string> = said) => {
    await toForm(await signIn(browser))
    await browser.send(fields, ASK)
    return referenceOn(browser)
  }
  const requests = () => service.db.selectFrom('support_requests').selectAll().orderBy('made_at').execute()
  const letters = async () => {
    await service.post()
    return service.box.letters.filter(({ template }) => template === 'support-asked')
  }
  const acts = async () =>
    (await service.db.selectFrom('history').select('kind').where('kind', 'in', KINDS).orderBy('id').execute()).map(
      ({ kind }) => kind,
    )
  return {
    service,
    owner,
    app,
    browser: service.browser(),
    signIn,
    choose,
    follow,
    toForm,
    ask,
    requests,
    letters,
    acts,
  }
}

const referenceOn = ({ page }: Browser): string | undefined =>
  /Your reference is ([23456789FHKMRWX]{3}-[23456789FHKMRWX]{3})</.exec(page.html)?.[1]

suite('E8 I5: all ways are lost', () => {
  test('who is stuck asks support, gets a reference, and is in no further: nothing changes at the account', async () => {
    const { service, browser, signIn, toForm, letters, requests } = await stuck()
    const CHANGED = ['support_requests', 'history', 'history_heads', 'journeys', 'outbox', 'one_time_secrets', 'tries']
    await toForm(await signIn(browser))
    assert.match(browser.page.html, /nobody, not even support, can switch this step off at once/)
    assert.match(browser.page.html, /24 hours/)
    const before = await dumpOf(service.db, CHANGED)
    await browser.send(said, ASK)
    assert.match(browser.page.at, /^\/second-step\/lost\/asked\?/)
    const reference = referenceOn(browser)
    assert.ok(reference)
    assert.equal(await dumpOf(service.db, CHANGED), before)
    assert.match((await browser.open('/account')).at, /^\/sign-in/)
    const [letter] = await letters()
    assert.equal(letter?.to, email)
    assert.ok(letter.text.includes(reference))
    const stored = JSON.stringify(await requests())
    assert.ok(stored.includes(reference))
    for (const words of ['lake', 'Ailleurs', 'exemple']) assert.ok(!stored.includes(words), words)
  })

  test('Z7: what is wrong is said, and what was typed is kept', async () => {
    const { browser, signIn, toForm, requests } = await stuck()
    await toForm(await signIn(browser))
    const wrong: [string, RegExp][] = [
      ['', /Enter an address or a number/],
      ['12', /like name@example\.com, or a phone number/],
      ['me@nowhere', /Enter an address like/],
      [`${'x'.repeat(65)}@exemple.ca`, /Before the @ there can be 64 characters at most; this has 65/],
    ]
    for (const [reach, sentence] of wrong) {
      await browser.send({ reach, words: 'kept & <sound>' }, ASK)
      assert.deepEqual([browser.page.status, sentence.test(browser.page.html)], [422, true], reach)
      assert.match(browser.page.html, /<textarea id="words"[^>]*>kept &amp; &lt;sound&gt;<\/textarea>/)
    }
    await browser.send({ reach: said.reach, words: 'x'.repeat(501) }, ASK)
    assert.match(browser.page.html, /At most 500 characters; this has 501/)
    assert.ok(browser.page.html.includes('x'.repeat(501)))
    assert.deepEqual(await requests(), [])
    await browser.send({ reach: '(613) 555-0123 ', words: '' }, ASK)
    assert.ok(referenceOn(browser), 'a number is as good, and words are not asked for')
  })

  test('who asks again gets the same reference, and what was said first stays; of 16 at once too', async () => {
    const { service, browser, requests, letters, toForm, signIn } = await stuck()
    await toForm(await signIn(browser))
    const { page } = browser
    const body = new URLSearchParams({ ...formsOf(page.html)[0]?.hidden, ...said })
    const headers = { 'sec-fetch-site': 'same-origin', origin: 'null' }
    const presses = Array.from({ length: 16 }, () => browser.request(page.at, { method: 'POST', body, headers }))
    for (const { status } of await Promise.all(presses)) assert.equal(status, 303)
    const [first, ...more] = await requests()
    assert.deepEqual([more, (await letters()).length], [[], 1])
    browser.page = page
    await browser.send({ reach: 'thief@exemple.ca' }, ASK)
    assert.equal(referenceOn(browser), first?.reference)
    const elsewhere = service.browser()
    await toForm(await signIn(elsewhere))
    assert.equal(referenceOn(elsewhere), first?.reference, 'the form is not even shown')
    assert.deepEqual(await requests(), [first])
  })

  test('only who has shown the password gets there: neither a stranger, nor the mailbox alone', async () => {
    const { service, browser, signIn, requests } = await stuck()
    assert.equal((await browser.open('/second-step/lost')).status, 400)
    await browser.open(await productRequest(service))
    await browser.send({ email, password: 'not the password' })
    const journey = /journey=(\w+)/.exec(browser.page.at)?.[1]
    assert.ok(journey)
    for (const path of ['/second-step/lost', '/second-step/lost/asked'])
      assert.match((await browser.open(`${path}?journey=${journey}`)).at, /^\/sign-in/)
    const csrf = /name="csrf" value="([^"]*)"/.exec(browser.page.html)?.[1] ?? ''
    const forged = await browser.request(`/second-step/lost?journey=${journey}`, {
      method: 'POST',
      body: new URLSearchParams({ csrf, here: '/', ...said }),
      headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
    })
    assert.match(forged.headers.get('location') ?? '', /^\/sign-in/)
    const other = await signIn(service.browser())
    const stolen = other.page.at.replace('/second-step', '/second-step/lost')
    assert.equal((await browser.open(stolen)).status, 400, 'the journey is of another browser')
    service.clock.advance(minutes(15))
    assert.match((await other.open(stolen)).at, /^\/sign-in/, 'the password was right too long ago')
    assert.deepEqual(await requests(), [])
  })

  test('"it was not me" in the letter withdraws it and leads to a new password; a third in a day is told to nobody', async () => {
    const { service, choose, ask, requests, letters, acts } = await stuck()
    service.clock.advance(days(8)) // what was set up longer ago than that stays
    const references: unknown[] = []
    for (let n = 0; n < 3; n++) {
      references.push(await ask(service.browser()))
      await service.post()
      const letter = service.box.letters.findLast(({ text }) => text.includes('/not-me?link='))
      const owner = service.browser()
      await owner.open(/\S*\/not-me\?link=\S*/.exec(letter?.text ?? '')?.[0] ?? '')
      await owner.send({}, { button: 'It was not me' })
      assert.match(owner.page.at, /^\/reset\?/)
      await choose(owner, `${PASSWORD} ${n}`)
    }
    assert.equal(new Set(references).size, 3)
    const states = (await requests()).map(({ state }) => state)
    assert.deepEqual(states, ['withdrawn', 'withdrawn', 'withdrawn'])
    assert.equal((await letters()).length, 2)
    // The last two are of one moment, in which nothing says which comes first.
    assert.deepEqual((await acts()).slice(0, 3).sort(), ['not-me', 'support-asked', 'support-withdrawn'])
    service.clock.advance(days(1))
    await ask(service.browser())
    assert.equal((await letters()).length, 3)
  })

  test('so does "it was not me" in the activity of who is signed in', async () => {
    const { owner, browser, ask, requests, acts } = await stuck()
    await ask(browser)
    await owner.open('/account/activity')
    const event = /name="event" value="(evt_\w+)"[^>]*>/.exec(owner.page.html)?.[1] ?? ''
    assert.match(owner.page.html, /Support was asked for help/)
    await owner.send({ event })
    assert.equal((await requests())[0]?.state, 'withdrawn')
    assert.ok((await acts()).includes('support-withdrawn'))
  })

  test('I5: who is asked for more in a session types the password first, and the session stays as it was', async () => {
    const { service, app, browser, signIn, toForm, requests } = await stuck()
    await signIn(browser)
    await browser.send({ code: app.code(), remember: 'yes' })
    browser.cookies.delete(service.cookies.session)
    await browser.open('/sign-in')
    await browser.send({ email, password: PASSWORD })
    await browser.open('/account/email')
    assert.match(browser.page.at, /^\/second-step/)
    const { at } = browser.page
    for (const path of ['/second-step/lost', '/second-step/lost/asked']) {
      await browser.open(at.replace('/second-step', path))
      assert.match(browser.page.at, /^\/sign-in\?journey=/, path)
    }
    assert.deepEqual(await requests(), [])
    await browser.send({ email, password: PASSWORD })
    assert.match(browser.page.at, /^\/second-step/, 'in a browser that skips it, the page asks all the same')
    await toForm(browser)
    await browser.send(said, ASK)
    assert.ok(referenceOn(browser))
    assert.equal((await browser.open('/account')).at, '/account')
    assert.match((await browser.open('/account/email')).at, /^\/second-step/)
  })

  test('it is in the data of its person, is forgotten after 90 days, and another may be asked for', async () => {
    const { service, owner, browser, ask, requests } = await stuck()
    const reference = await ask(browser)
    await owner.open('/account/privacy')
    await owner.send({}, { button: 'Download my data' })
    const [request] = JSON.parse(owner.page.html).supportRequests
    assert.deepEqual([request.reference, request.state, request.reach], [reference, 'open', 'Ailleurs@exemple.ca'])
    assert.equal(request.words, said.words)
    await owner.open('/account/privacy/data')
    assert.ok(owner.page.html.includes('fell into the lake'))
    service.clock.advance(days(90))
    assert.notEqual(await ask(service.browser()), reference, 'while the old one still stands in the table')
    assert.equal((await requests()).length, 1)
    service.clock.advance(days(91))
    await clearAway(service, expiring)
    assert.deepEqual(await requests(), [])
  })

  test('it goes with its account', async () => {
    const { service, owner, browser, ask, requests } = await stuck()
    await ask(browser)
    await owner.open('/account/privacy/close')
    await owner.send({}, { button: 'Close my account' })
    service.clock.advance(days(31))
    await clearAway(service, expiring)
    assert.deepEqual(await requests(), [])
  })
})
