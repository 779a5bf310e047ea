/** K1: the person's data, in a file and on a page; the end of the account, and changing one's mind. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { expiring } from '../../app/expiring.ts'
import type { Email } from '../../core/model/account/email.ts'
import { erasedAmong } from '../../core/model/account/status-store.ts'
import { days, minutes } from '../../platform/clock.ts'
import { clearAway } from '../../platform/database/clear-away.ts'
import type { Browser } from '../../testing/browser.ts'
import { dumpOf } from '../../testing/dump.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const EMAIL = 'marie@exemple.ca'

async function person() {
  const service = await testService()
  return { service, browser: await somebody(service, EMAIL) }
}
const signIn = async (service: TestService, browser: Browser = service.browser(), email = EMAIL) => {
  await browser.open('/sign-in')
  return browser.send({ email, password: PASSWORD })
}
const close = async (browser: Browser) => {
  await browser.open('/account/privacy/close')
  return browser.send({}, { button: 'Close my account' })
}
const clear = (service: TestService) => clearAway(service, expiring)

suite('my data', () => {
  test('K1 K2: the file holds all there is, in JSON, after a fresh sign-in, and its making is in the history', async () => {
    const { service, browser } = await person()
    await browser.open(await productRequest(service, 'ledger'))
    await browser.open('/account/email')
    await browser.send({ email: 'neuve@exemple.ca' }, { button: 'Continue' })
    await service.post()
    await service.db.updateTable('accounts').set({ staff_since: service.clock.now() }).execute()
    await browser.open('/account/privacy')
    await browser.send({}, { button: 'Download my data' })
    assert.equal(browser.page.at, '/account/privacy/data.json')
    assert.match(browser.page.headers.get('content-disposition') ?? '', /^attachment; filename="my-data\.json"$/)
    const data = JSON.parse(browser.page.html)
    assert.equal(data.profile.email, EMAIL)
    assert.match(data.profile.staffSince, /Z$/)
    assert.equal(data.addressToConfirm, 'neuve@exemple.ca')
    assert.equal(data.sessions.length, 1)
    assert.deepEqual(
      data.products.map(({ product }: { product: string }) => product),
      ['ledger'],
    )
    const acts = data.activity.map(({ what }: { what: string }) => what)
    for (const act of ['account-created', 'email-change-asked', 'data-exported']) assert.ok(acts.includes(act), act)
    assert.ok(data.letters.length >= 2)
    await service.post()
    assert.equal(service.box.newest(EMAIL).template, 'data-exported')
    assert.equal((await browser.open('/account/privacy/data.json')).at, '/account/privacy', 'to look takes nothing')
    service.clock.advance(minutes(11))
    await browser.send({}, { button: 'Download my data' })
    assert.match(browser.page.at, /^\/sign-in/)
    await browser.send({ email: EMAIL, password: PASSWORD })
    assert.equal(browser.page.at, '/account/privacy')
  })

  test('K3: whoever has a session floods the mailbox with nothing: ten letters a day tell of downloads', async () => {
    const { service, browser } = await person()
    for (let n = 0; n < 12; n++) {
      await browser.open('/account/privacy')
      await browser.send({}, { button: 'Download my data' })
      assert.equal(browser.page.at, '/account/privacy/data.json')
    }
    await service.post()
    const letters = () => service.box.letters.filter(({ template }) => template === 'data-exported').length
    assert.equal(letters(), 10)
  })

  test('Z5: no secret and no hash is in the file or on the page', async () => {
    const { service, browser } = await person()
    await browser.open(await productRequest(service, 'ledger'))
    await browser.open('/account/email')
    await browser.send({ email: 'neuve@exemple.ca' }, { button: 'Continue' })
    await service.post()
    await browser.open('/account/privacy')
    await browser.send({}, { button: 'Download my data' })
    assert.equal(browser.page.status, 200)
    const file = browser.page.html
    await browser.open('/account/privacy/data')
    assert.equal(browser.page.status, 200)
    const page = browser.page.html.replaceAll(/name="csrf" value="[^"]*"/g, '')
    const dump = await dumpOf(service.db)
    const secrets = [
      ...dump.matchAll(/"(?:\w*_mark|hash|sealed_\w+|pepper_id|id_mark|uid|row_mark|salt)":\s*"([^"]{8,})"/g),
    ].map(([, secret = '']) => secret)
    assert.ok(secrets.length > 10)
    for (const secret of [...secrets, ...browser.cookies.values(), PASSWORD, '$argon2'])
      for (const text of [file, page]) assert.ok(!text.includes(secret), secret)
    for (const { code } of service.box.letters) if (code) assert.ok(!file.includes(code))
  })

  test('K1: the page says the same in words', async () => {
    const { service, browser } = await person()
    await browser.open(await productRequest(service, 'ledger'))
    await browser.open('/account/privacy/data')
    for (const said of [EMAIL, 'Marie Tremblay', 'ledger', 'Sessions', 'Emails of the last 30 days'])
      assert.ok(browser.page.html.includes(said), said)
  })
})

suite('closing the account', () => {
  test('K1 K2: it is asked for after a fresh sign-in, and ends every session', async () => {
    const { service, browser } = await person()
    const elsewhere = service.browser()
    await signIn(service, elsewhere)
    service.clock.advance(minutes(11))
    await browser.open('/account/privacy/close')
    assert.match(browser.page.at, /^\/sign-in/)
    await browser.send({ email: EMAIL, password: PASSWORD })
    assert.equal(browser.page.at, '/account/privacy/close')
    await browser.send({}, { button: 'Close my account' })
    assert.equal(browser.page.at, '/sign-in?done=closing')
    await elsewhere.open('/account')
    assert.equal(elsewhere.page.at, '/sign-in')
    await service.post()
    const letter = service.box.newest(EMAIL)
    assert.equal(letter.template, 'account-closing')
    const end = new Date(service.clock.now().getTime() + days(30).ms)
    assert.ok(letter.text.includes(String(end.getUTCFullYear())))
  })

  test('K1: signing in meanwhile leads to the account, which says so; keeping it makes all as it was', async () => {
    const { service, browser } = await person()
    await close(browser)
    await signIn(service, browser)
    assert.equal(browser.page.at, '/account')
    assert.match(browser.page.html, /Your account closes on/)
    await browser.open('/account/privacy')
    await browser.send({}, { button: 'Keep my account' })
    assert.match(browser.page.html, /Your account stays as it is/)
    service.clock.advance(days(31))
    await clear(service)
    assert.equal((await signIn(service)).at, '/account')
    await service.post()
    assert.ok(service.box.letters.some(({ template }) => template === 'account-kept'))
  })

  test('K1: a product that is opened meanwhile waits until the person keeps the account', async () => {
    const { service, browser } = await person()
    const request = await productRequest(service, 'ledger')
    await browser.open(request)
    assert.match(browser.page.at, /^http:\/\/localhost:4000\/ledger\/callback\?code=/)
    await close(browser)
    await browser.open(request)
    await browser.send({ email: EMAIL, password: PASSWORD })
    assert.match(browser.page.at, /^\/keep-account/)
    await browser.open(request)
    assert.match(browser.page.at, /^\/keep-account/, 'with a session too')
    await browser.open(`${request}&prompt=none`)
    assert.match(browser.page.at, /error=interaction_required/, 'a silent request is told')
    await browser.open(request)
    await browser.send({}, { button: 'Keep my account' })
    assert.match(browser.page.at, /^http:\/\/localhost:4000\/ledger\/callback\?code=/)
    const kinds = await service.db.selectFrom('product_events').select('kind').orderBy('id').execute()
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['account-closing', 'account-kept'],
    )
  })

  test('K1: three days before the end the person is written to, once', async () => {
    const { service, browser } = await person()
    await close(browser)
    service.clock.advance(days(26.9))
    await clear(service)
    const reminders = async () => {
      await service.post()
      return service.box.letters.filter(({ template }) => template === 'account-closes-soon').length
    }
    assert.equal(await reminders(), 0)
    service.clock.advance(days(0.2))
    await Promise.all(Array.from({ length: 8 }, () => clear(service)))
    await clear(service)
    assert.equal(await reminders(), 1)
  })

  test('K1 G1: after 30 days nothing is left of the person, anywhere; the history says what happened, products are told', async () => {
    const { service, browser } = await person()
    const bystander = await somebody(service, 'paul@exemple.ca')
    const name = { first_name: 'Paul', last_name: 'Roy' }
    await service.db
      .updateTable('accounts')
      .set(name)
      .where('email', '<>', EMAIL as Email)
      .execute()
    await browser.open(await productRequest(service, 'ledger'))
    await browser.open('/account/email')
    await browser.send({ email: 'neuve@exemple.ca' }, { button: 'Continue' })
    await service.post()
    await browser.send({ code: service.box.newest('neuve@exemple.ca').code ?? '' }, { button: 'Verify email' })
    await signIn(service, browser, 'neuve@exemple.ca')
    await close(browser)
    await service.post()
    const [account] = await service.db
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', 'neuve@exemple.ca' as Email)
      .execute()
    assert.ok(account)
    service.clock.advance(days(29.9))
    await clear(service)
    assert.equal((await signIn(service, service.browser(), 'neuve@exemple.ca')).at, '/account')
    service.clock.advance(days(0.2))
    await Promise.all(Array.from({ length: 8 }, () => clear(service)))
    await service.post()

    const dump = await dumpOf(service.db)
    for (const gone of [EMAIL, 'neuve@exemple.ca', 'Marie', 'Tremblay']) assert.ok(!dump.includes(gone), gone)
    const past = await service.db
      .selectFrom('history')
      .selectAll()
      .where('account_id', '=', account.id)
      .orderBy('id')
      .execute()
    assert.ok(past.every(({ network, user_agent }) => network === '' && user_agent === ''))
    assert.equal(past.filter(({ kind }) => kind === 'account-erased').length, 1, 'by one of eight processes')
    assert.deepEqual(await erasedAmong(service.db, [account.id]), [account.id])
    const told = await service.db.selectFrom('product_events').select(['product_id', 'kind', 'facts']).execute()
    assert.deepEqual(told, [{ product_id: 'ledger', kind: 'account-erased', facts: {} }])
    await bystander.open('/account')
    assert.equal(bystander.page.at, '/sign-in', 'only because a month has passed')
    assert.equal((await signIn(service, service.browser(), 'paul@exemple.ca')).at, '/account')
    assert.equal((await signIn(service, service.browser(), 'neuve@exemple.ca')).status, 422)
    await somebody(service, 'neuve@exemple.ca')
  })
})
