/** F1 to F6: another address for an account. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../platform/clock.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testProduct, testService } from '../../testing/world.ts'

const OLD = 'marie@exemple.ca'
const NEW = 'marie.tremblay@exemple.ca'

async function person(environment: Record<string, string> = {}) {
  const service = await testService(environment)
  return { service, browser: await somebody(service, OLD) }
}

/** Asks for a new address; answers the code and the link that went to it. */
async function ask(service: TestService, browser: Browser, email = NEW) {
  await browser.open('/account/email')
  await browser.send({ email }, { button: 'Continue' })
  assert.equal(browser.page.at, '/account/email/verify')
  await service.post()
  const { code, link, template } = service.box.newest(email)
  return { code: code ?? '', link: link ?? '', template }
}

const signIn = async (service: TestService, email: string, password = PASSWORD) => {
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email, password })
  return browser
}
const isIn = ({ page }: Browser): boolean => page.at === '/account'
const emailsOf = (service: TestService) =>
  service.db.selectFrom('accounts').select(['id', 'email']).orderBy('id').execute()

suite('changing the address', () => {
  test('F1 K2: somebody who signed in more than ten minutes ago signs in first, and comes back to the form', async () => {
    const { service, browser } = await person()
    service.clock.advance(minutes(11))
    await browser.open('/account/email')
    assert.match(browser.page.at, /^\/sign-in/)
    await browser.send({ email: OLD, password: PASSWORD })
    assert.equal(browser.page.at, '/account/email')
    assert.match(browser.page.html, /New email address/)
  })

  test('F1 B3: the rules of an address hold here too, and what was typed is kept', async () => {
    const { browser } = await person()
    await browser.open('/account/email')
    await browser.send({ email: `${'m'.repeat(65)}@exemple.ca` }, { button: 'Continue' })
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, /64 characters at most; this has 65/)
    assert.match(browser.page.html, new RegExp('m'.repeat(65)))
  })

  test('F2 F3: until the code is right the old address signs in; then the new one alone does, with the same password', async () => {
    const { service, browser } = await person()
    const elsewhere = await signIn(service, OLD)
    const { code, template } = await ask(service, browser)
    assert.equal(template, 'email-change-code')
    assert.ok(isIn(await signIn(service, OLD)), 'nothing has changed yet')
    await browser.send({ code }, { button: 'Verify email' })
    assert.equal(browser.page.at, '/sign-in?done=email-changed')
    assert.match(browser.page.html, /Your address is changed\. Sign in with the new one\./)
    await elsewhere.open('/account')
    assert.equal(elsewhere.page.at, '/sign-in', 'every session ended')
    assert.ok(!isIn(await signIn(service, OLD)))
    assert.ok(isIn(await signIn(service, NEW)))
    await service.post()
    assert.equal(service.box.newest(NEW).template, 'email-changed')
    assert.equal(service.box.newest(OLD).template, 'email-changed-undo')
  })

  test('X17: letters to the new address that came before its mailbox confirmed it count no more', async () => {
    const { service, browser } = await person()
    const { code } = await ask(service, browser)
    const counted = async () => (await service.db.selectFrom('letter_counts').select('sent_at').execute()).length
    const before = await counted()
    await browser.send({ code }, { button: 'Verify email' })
    assert.equal(await counted(), before - 1)
  })

  test('B4: a domain that looks mistyped is offered as a correction', async () => {
    const { service, browser } = await person()
    await ask(service, browser, 'marie@gmial.com')
    assert.match(browser.page.html, /Did you mean <b dir="auto">marie@gmail\.com<\/b>/)
  })

  test('F2: the link has a button in the browser that asked; elsewhere it shows the code, and confirms nothing', async () => {
    const { service, browser } = await person()
    const { link, code } = await ask(service, browser)
    const scanner = service.browser()
    await scanner.open(link)
    assert.ok(scanner.page.html.includes(code))
    assert.doesNotMatch(scanner.page.html, /<form id="form"/)
    await service.browser().request(link, { method: 'HEAD' })
    assert.equal((await emailsOf(service))[0]?.email, OLD)
    await browser.open(link)
    assert.ok(!browser.page.html.includes(code))
    await browser.send({}, { button: 'Confirm' })
    assert.equal(browser.page.at, '/sign-in?done=email-changed')
    assert.equal((await emailsOf(service))[0]?.email, NEW)
  })

  test('F2 Z2: five wrong codes, then none is looked at; a new one is, and the one before is dead', async () => {
    const { service, browser } = await person()
    const { code } = await ask(service, browser)
    for (let n = 0; n < 5; n++) await browser.send({ code: String((Number(code) + 1) % 1_000_000).padStart(6, '0') })
    await browser.send({ code }, { button: 'Verify email' })
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, /Have a new one sent/)
    service.clock.advance(seconds(61))
    await browser.send({}, { button: 'Resend code' })
    await service.post()
    await browser.send({ code }, { button: 'Verify email' })
    assert.equal(browser.page.status, 422, 'the code of before')
    const newest = service.box.newest(NEW).code ?? ''
    await browser.send({ code: newest }, { button: 'Verify email' })
    assert.equal(browser.page.at, '/sign-in?done=email-changed')
  })

  test('F2 Z2: after 30 minutes the code is dead and the form comes back', async () => {
    const { service, browser } = await person()
    const { code } = await ask(service, browser)
    service.clock.advance(minutes(31))
    await browser.send({ code }, { button: 'Verify email' })
    assert.ok(!isIn(await signIn(service, NEW)))
    assert.equal((await emailsOf(service))[0]?.email, OLD)
  })

  test('F2: the address is corrected: the code for the first one changes nothing', async () => {
    const { service, browser } = await person()
    const first = await ask(service, browser, 'mraie@exemple.ca')
    await ask(service, browser)
    await browser.send({ code: first.code }, { button: 'Verify email' })
    assert.equal(browser.page.status, 422)
    assert.equal((await emailsOf(service))[0]?.email, OLD)
  })

  test('F3: a link to reset the password that went to the old mailbox is dead after the change', async () => {
    const { service, browser } = await person()
    const other = service.browser()
    await other.open('/forgot')
    await other.send({ email: OLD })
    await service.post()
    const { link } = service.box.newest(OLD)
    const { code } = await ask(service, browser)
    await browser.send({ code }, { button: 'Verify email' })
    await other.open(link ?? '')
    assert.equal(other.page.status, 410)
  })

  test('F6: the mailbox of an address that has an account learns what was tried, the screen does not', async () => {
    const { service, browser } = await person()
    await somebody(service, 'paul@exemple.ca')
    const taken = await ask(service, browser, 'paul@exemple.ca')
    assert.deepEqual([taken.template, taken.code], ['email-change-tried', ''])
    assert.match(service.box.newest('paul@exemple.ca').text, /another account/)
    await browser.open('/account/email')
    await browser.send({ email: OLD.toUpperCase() }, { button: 'Continue' })
    assert.equal(browser.page.at, '/account/email/verify', 'the same screen for the address of before')
    await service.post()
    assert.match(service.box.newest(OLD).text, /your account already/)
  })

  test('F6: who signs up with the address before the code is typed keeps it; the other is told', async () => {
    const { service, browser } = await person()
    const { code } = await ask(service, browser)
    service.clock.advance(seconds(61))
    await somebody(service, NEW)
    await browser.send({ code }, { button: 'Verify email' })
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, /Another account has taken this address meanwhile/)
    await browser.open('/account')
    assert.equal(browser.page.at, '/account', 'the session stays')
  })

  test('Z3: one account asks for ten letters in a quarter of an hour, from whatever networks', async () => {
    const { service, browser } = await person()
    for (let n = 0; n < 10; n++) await ask(service, browser, `marie${n}@exemple.ca`)
    await browser.open('/account/email')
    await browser.send({ email: NEW }, { button: 'Continue' })
    assert.equal(browser.page.status, 429)
    service.clock.advance(minutes(9))
    await browser.open('/account/email')
  })
})

test('G1: every product the person uses has the change written down for it, once', async () => {
  const { service, browser } = await person()
  for (const product of ['ledger', 'payroll']) await browser.open(await productRequest(service, product))
  await testProduct(service, 'unused')
  const { code } = await ask(service, browser)
  await browser.send({ code }, { button: 'Verify email' })
  const events = await service.db.selectFrom('product_events').selectAll().orderBy('product_id').execute()
  assert.deepEqual(
    events.map(({ product_id, kind, facts, state }) => [product_id, kind, facts, state]),
    [
      ['ledger', 'address-changed', {}, 'pending'],
      ['payroll', 'address-changed', {}, 'pending'],
    ],
  )
})
