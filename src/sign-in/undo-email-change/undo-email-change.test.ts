/** F4: the mailbox of before undoes a change of address, for a week. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, minutes } from '../../platform/clock.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const [A, B, C] = ['a@exemple.ca', 'b@exemple.ca', 'c@exemple.ca'] as const
const FRESH = 'onze girafes patientes'

async function signIn(service: TestService, email: string, password = PASSWORD): Promise<Browser> {
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email, password })
  return browser
}
const canSignIn = async (service: TestService, email: string, password?: string) =>
  (await signIn(service, email, password)).page.at === '/account'

/** Changes the address of whoever is signed in, who then signs in anew; answers the link that undoes it. */
async function change(service: TestService, browser: Browser, from: string, to: string): Promise<string> {
  await browser.open('/account/email')
  await browser.send({ email: to }, { button: 'Continue' })
  await service.post()
  await browser.send({ code: service.box.newest(to).code ?? '' }, { button: 'Verify email' })
  assert.equal(browser.page.at, '/sign-in?done=email-changed')
  await browser.send({ email: to, password: PASSWORD })
  await service.post()
  const notice = service.box.newest(from)
  assert.equal(notice.template, 'email-changed-undo')
  return notice.link ?? ''
}

const press = async (browser: Browser, link: string) => {
  await browser.open(link)
  return browser.send({}, { button: 'Undo the change' })
}

async function changed() {
  const service = await testService()
  const thief = await somebody(service, A)
  return { service, thief, link: await change(service, thief, A, B) }
}

const addressNow = async ({ db }: TestService) =>
  (await db.selectFrom('accounts').select('email').executeTakeFirstOrThrow()).email

suite('undoing a change of address', () => {
  test('F4: the address comes back, sessions made since end, and a new password is chosen', async () => {
    const { service, thief, link } = await changed()
    const owner = service.browser()
    await press(owner, link)
    assert.match(owner.page.at, /^\/reset\?link=/)
    assert.match(owner.page.html, /has this address again/)
    assert.match(owner.page.html, /a@exemple\.ca/)
    await thief.open('/account')
    assert.equal(thief.page.at, '/sign-in')
    await owner.send({ 'new-password': FRESH, 'confirm-password': FRESH })
    assert.ok(await canSignIn(service, A, FRESH))
    assert.ok(!(await canSignIn(service, B, FRESH)))
    assert.ok(!(await canSignIn(service, A)))
    await service.post()
    assert.ok(service.box.letters.some(({ to, template }) => to === A && template === 'email-change-undone'))
    assert.equal(service.box.newest(B).template, 'address-dropped')
  })

  test('F4: opening the link, as scanners do, changes nothing', async () => {
    const { service, link } = await changed()
    const scanner = service.browser()
    for (const method of ['GET', 'HEAD', 'GET']) await scanner.request(link, { method })
    assert.ok(await canSignIn(service, B))
  })

  test('F4: a scanner that presses the button takes nothing from its owner, who presses it days later', async () => {
    const { service, link } = await changed()
    await press(service.browser(), link)
    await press(service.browser(), link)
    service.clock.advance(days(6))
    const owner = service.browser()
    await press(owner, link)
    assert.equal(owner.page.at, '/not-me/mailed')
    await service.post()
    await owner.open(service.box.newest(A).link ?? '')
    await owner.send({ 'new-password': FRESH, 'confirm-password': FRESH })
    assert.ok(await canSignIn(service, A, FRESH))
    await service.post()
    const undone = service.box.letters.filter(({ template }) => template === 'email-change-undone')
    assert.equal(undone.length, 1, 'only the first press changed anything')
  })

  test('F4: after 7 days the link is dead', async () => {
    const { service, link } = await changed()
    service.clock.advance(days(7.1))
    const owner = service.browser()
    await owner.open(link)
    assert.equal(owner.page.status, 410)
    assert.ok(await canSignIn(service, B))
  })

  test('F4: of several changes in a row each mailbox undoes to itself; an earlier one puts an end to the later ones', async () => {
    const { service, thief, link: toA } = await changed()
    const toB = await change(service, thief, B, C)
    await press(service.browser(), toB)
    assert.equal(await addressNow(service), B)
    await press(service.browser(), toA)
    assert.equal(await addressNow(service), A)
    const late = service.browser()
    await late.open(toB)
    assert.equal(late.page.status, 410, 'what the thief left behind undoes nothing')
    assert.equal(await addressNow(service), A)
  })

  test('F4: links that went to the mailbox of the thief open nothing after the undoing', async () => {
    const { service, thief, link } = await changed()
    await thief.open('/account/email')
    await thief.send({ email: C }, { button: 'Continue' })
    service.clock.advance(minutes(1.1)) // a mailbox gets one letter a minute
    const other = service.browser()
    await other.open('/forgot')
    await other.send({ email: B })
    await service.post()
    const reset = service.box.newest(B).link ?? ''
    const further = service.box.newest(C).link ?? ''
    await press(service.browser(), link)
    for (const dead of [reset, further]) {
      await other.open(dead)
      assert.equal(other.page.status, 410)
    }
  })

  test('F4: where another account has the address meanwhile, the page says so and shows a way on', async () => {
    const { service, link } = await changed()
    await somebody(service, A)
    const owner = service.browser()
    await owner.open(link)
    assert.equal(owner.page.status, 409)
    assert.match(owner.page.html, /Another account has this address now/)
    assert.match(owner.page.html, /href="\/sign-in"/)
    assert.ok(await canSignIn(service, B))
  })
})
