import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setPolicy } from '../../operator/policy/rules.ts'
import { system } from '../../platform/actor.ts'
import { minutes, seconds } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import { BACK_UP, LANDLINE, MOBILE, setUpContact } from '../../testing/contacts.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'

async function signedIn(environment: Record<string, string> = {}) {
  const service = await testService(environment)
  const browser = await somebody(service)
  const factors = () => service.db.selectFrom('factors').select(['kind', 'contact']).orderBy('made_at').execute()
  const ask = (number: string, kind = 'text') =>
    browser.open(`/account/factors/${kind}`).then(() => browser.send({ number }, { button: 'Send the code' }))
  return { service, browser, factors, ask }
}

suite('setting up where codes are sent to', () => {
  test('E2: a number is kept as E.164 when its code has come back, and shown as people of the country write it', async () => {
    const { service, browser, factors } = await signedIn()
    await setUpContact(service, browser, 'text', '+1 (613) 555-0142')
    assert.deepEqual(await factors(), [{ kind: 'text', contact: MOBILE }])
    assert.match(browser.page.at, /^\/account\/factors\/codes\/new/)
    assert.match((await browser.open('/account/factors')).html, /\(613\) 555-0142/)
    await service.post()
    assert.match(service.box.newest(email).text, /Text message/)
    assert.match((await browser.open('/account/activity')).html, /A way to sign in was added/)
  })

  test('E2: a call says the code, to a landline too, which gets no texts', async () => {
    const { service, browser, factors, ask } = await signedIn()
    await ask(LANDLINE)
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, /landline/)
    await setUpContact(service, browser, 'voice', LANDLINE)
    assert.equal(service.box.newestText(LANDLINE).channel, 'voice')
    assert.deepEqual(await factors(), [{ kind: 'voice', contact: LANDLINE }])
  })

  test('nothing is kept, and nobody is asked for it, before the code has come back', async () => {
    const { browser, factors, ask } = await signedIn()
    await ask(MOBILE)
    assert.match(browser.page.html, /555-0142/)
    await browser.send({ code: '000000' }, { button: 'Continue' })
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, /not the code/)
    assert.deepEqual(await factors(), [])
  })

  test('Z2: only the newest code works, five times are all there is, and another one can be sent', async () => {
    const { service, browser, factors, ask } = await signedIn()
    await ask(MOBILE)
    await service.post()
    const { code: first } = service.box.newestText(MOBILE)
    await browser.send({}, { button: 'Send another code' })
    await service.post()
    for (let tries = 0; tries < 5; tries++) await browser.send({ code: first ?? '' }, { button: 'Continue' })
    assert.match(browser.page.html, /too many wrong codes/)
    await browser.send({}, { button: 'Send another code' })
    await service.post()
    const { code } = service.box.newestText(MOBILE)
    await browser.send({ code: code ?? '' }, { button: 'Continue' })
    assert.equal((await factors()).length, 1)
  })

  test('the code for one number proves no other', async () => {
    const { service, browser, factors, ask } = await signedIn()
    await ask('+16135550143')
    const other = browser.page.at
    await ask(MOBILE)
    await service.post()
    const { code } = service.box.newestText(MOBILE)
    await browser.open(other)
    await browser.send({ code: code ?? '' }, { button: 'Continue' })
    assert.equal(browser.page.status, 422)
    assert.deepEqual(await factors(), [])
  })

  test('a page of somebody else, or from another time, leads back to the list', async () => {
    const { service, browser, ask } = await signedIn()
    await ask(MOBILE)
    const page = browser.page.at
    const other = await somebody(service, 'jean@exemple.ca')
    assert.match((await other.open(page)).at, /^\/account\/factors$/)
    service.clock.advance(minutes(4))
    assert.match((await browser.open(page)).at, /confirm\?asked=/)
  })

  test('on the way to a product, a number that has waited too long for its code leads back to that way', async () => {
    const { service, browser } = await signedIn()
    assert.ok((await setPolicy(service, { secondStep: 'everyone' }, system)).ok)
    await browser.open(await productRequest(service))
    await browser.open(browser.page.at.replace('/second-way', '/account/factors/text'))
    const { at } = await browser.send({ number: MOBILE }, { button: 'Send the code' })
    service.clock.advance(minutes(31))
    await browser.open(at)
    await browser.send({ email, password: PASSWORD }, { button: 'Sign in' })
    assert.match(browser.page.at, /^\/second-way\?journey=/)
  })

  test('Z7: the button pressed twice is one way, and no page says that the code was wrong', async () => {
    const { service, browser, factors, ask } = await signedIn()
    await ask(MOBILE)
    const page = browser.page.at
    await service.post()
    const code = service.box.newestText(MOBILE).code ?? ''
    await browser.send({ code }, { button: 'Continue' })
    await browser.open(page)
    await browser.send({ code }, { button: 'Continue' })
    assert.match(browser.page.at, /^\/account\/factors\?done=text$/)
    assert.equal((await factors()).length, 1)
  })

  test('Z7: what was typed is kept, and what is wrong is said under it', async () => {
    const { browser, ask } = await signedIn()
    await ask('613 555')
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, /value="613 555"/)
    assert.match(browser.page.html, /too short/)
  })

  test('a number that is one of the ways already is refused before anything is sent', async () => {
    const { service, browser, ask } = await signedIn()
    await setUpContact(service, browser, 'text', MOBILE)
    const sent = service.box.texts.length
    await ask(MOBILE)
    await service.post()
    assert.match(browser.page.html, /set this up already/)
    assert.equal(service.box.texts.length, sent)
  })

  test('E7: the eleventh in an hour says how long to wait', async () => {
    const { service, browser, ask } = await signedIn()
    for (let sent = 0; sent < 10; sent++) await ask(MOBILE)
    service.clock.advance(seconds(90))
    await ask(MOBILE)
    assert.match(browser.page.html, /in 59 minutes/)
  })

  test('where no country is served there is neither the button nor the page', async () => {
    const { browser } = await signedIn({ SMS_URL: 'twilio://AC1:secret@api.example?from=%2B15550100' })
    assert.doesNotMatch((await browser.open('/account/factors')).html, /Set up text messages/)
    assert.equal((await browser.open('/account/factors/text')).at, '/account/factors')
  })
})

suite('a back-up address', () => {
  test('E4: stands beside a second step alone, is another mailbox, and goes with the last second step', async () => {
    const { service, browser, factors } = await signedIn()
    assert.equal((await browser.open('/account/factors/back-up')).at, '/account/factors')
    await setUpApp(browser, service.clock)
    await browser.open('/account/factors/back-up')
    await browser.send({ email: 'Marie@Exemple.ca' }, { button: 'Send the code' })
    assert.match(browser.page.html, /address of your account/)
    await setUpContact(service, browser, 'back-up', BACK_UP)
    assert.deepEqual(await factors(), [
      { kind: 'app', contact: null },
      { kind: 'email', contact: BACK_UP },
    ])
    await browser.open('/account/factors')
    await browser.send({}, { button: 'Remove' })
    assert.deepEqual(await factors(), [])
  })

  test('E4: does not come after the last second step has gone', async () => {
    const { service, browser, factors } = await signedIn()
    await setUpApp(browser, service.clock)
    await browser.open('/account/factors/back-up')
    await browser.send({ email: BACK_UP }, { button: 'Send the code' })
    const { at } = browser.page
    await service.post()
    await browser.open('/account/factors')
    await browser.send({}, { button: 'Remove' })
    await browser.open(at)
    await browser.send({ code: service.box.newest(BACK_UP).code ?? '' }, { button: 'Continue' })
    assert.deepEqual(await factors(), [])
  })

  test('its letter names nobody, and a mailbox that was written to enough is left in peace', async () => {
    const { service, browser } = await signedIn()
    await setUpApp(browser, service.clock)
    for (let asked = 0; asked < 4; asked++) {
      await browser.open('/account/factors/back-up')
      await browser.send({ email: BACK_UP }, { button: 'Send the code' })
      assert.match(browser.page.html, /We have sent a code/)
    }
    await service.post()
    const letters = service.box.letters.filter(({ to }) => to === BACK_UP)
    assert.equal(letters.length, service.figures.limits['letters-minute'])
    assert.doesNotMatch(letters[0]?.text ?? '', /marie@exemple|Tremblay/)
  })
})

suite('would you get in without your phone?', () => {
  const answer = /<h1[^>]*>[^<]*phone\?<\/h1>\s*<p[^>]*>(\w+)/

  test('E4: says what would still open the account, and the first page warns while there is no back-up way', async () => {
    const { service, browser } = await signedIn()
    const said = async () => answer.exec((await browser.open('/account/factors/without-phone')).html)?.[1]
    const warns = async () => /no back-up way yet/.test((await browser.open('/account')).html)
    assert.match((await browser.open('/account')).html, /password alone opens your account/)
    assert.equal(await said(), 'Your')
    await setUpContact(service, browser, 'text', MOBILE)
    assert.deepEqual([await said(), await warns()], ['No', true])
    await setUpContact(service, browser, 'back-up', BACK_UP)
    assert.deepEqual([await said(), await warns()], ['Yes', false])
    assert.match((await browser.open('/account/factors/without-phone')).html, /marie@ailleurs\.example/)
  })
})
