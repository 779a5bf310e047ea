/** F4, K4: another account has the address of the mailbox that takes an account back: nobody gets in until that has changed. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { moveAddress } from '../../core/operations/move-address.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testService } from '../../testing/world.ts'

const [OWNER, THIEF, ELSEWHERE] = ['owner@exemple.ca', 'thief@exemple.ca', 'elsewhere@exemple.ca'] as Email[]
const FRESH = 'onze girafes patientes'

async function change(service: TestService, browser: Browser, to = ''): Promise<void> {
  await browser.open('/account/email')
  await browser.send({ email: to }, { button: 'Continue' })
  await service.post()
  await browser.send({ code: service.box.newest(to).code ?? '' }, { button: 'Verify email' })
  assert.equal(browser.page.at, '/sign-in?done=email-changed')
  service.clock.advance(minutes(2))
}
async function signIn(service: TestService, email = '', password = PASSWORD): Promise<Browser> {
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email, password })
  return browser
}
const linkTo = ({ box }: TestService, to = '', path: string): string => {
  const texts = box.letters.filter((letter) => letter.to === to).map(({ text }) => text)
  return (
    new RegExp(`\\S+${path}\\?\\S*link=[\\w-]+`).exec(texts.findLast((text) => text.includes(path)) ?? '')?.[0] ?? ''
  )
}
const addresses = async ({ db }: TestService) =>
  (await db.selectFrom('accounts').select('email').orderBy('created_at').execute()).map(({ email }) => email)
async function forget(service: TestService, email = ''): Promise<number> {
  service.clock.advance(minutes(2))
  const before = service.box.letters.length
  const browser = service.browser()
  await browser.open('/forgot')
  await browser.send({ email })
  await service.post()
  return service.box.letters.slice(before).filter(({ to }) => to === email).length
}

/** The account of OWNER is moved to THIEF, who is signed in, and another one has OWNER now. */
async function taken() {
  const service = await testService()
  const first = await somebody(service, OWNER)
  await first.open('/account/password')
  const chosen = { 'new-password': FRESH, 'confirm-password': FRESH }
  await first.send({ 'current-password': PASSWORD, ...chosen }) // a notice, of which "It was not me" works on
  await service.post()
  const notMe = linkTo(service, OWNER, '/not-me')
  await change(service, first, THIEF)
  const thief = await signIn(service, THIEF, FRESH)
  assert.equal(thief.page.at, '/account')
  await service.post()
  const other = await somebody(service, OWNER)
  service.clock.advance(minutes(2))
  return {
    service,
    thief,
    other,
    notMe,
    undo: linkTo(service, OWNER, '/undo'),
    ofThief: linkTo(service, THIEF, '/not-me'),
  }
}

/** Nothing opens the account any more, and its address gets nothing that does. */
async function isShut(service: TestService, { thief, ofThief }: { thief: Browser; ofThief: string }): Promise<void> {
  assert.match((await thief.open('/account')).at, /^\/sign-in/)
  assert.equal((await signIn(service, THIEF, FRESH)).page.status, 422)
  assert.equal(await forget(service, THIEF), 0)
  const pressing = service.browser()
  await pressing.open(ofThief)
  if (pressing.page.status === 200) {
    await pressing.send({}, { button: 'It was not me' })
    assert.equal(pressing.page.at, '/not-me/mailed?next=outranked')
  }
  await service.post()
  assert.ok(!service.box.letters.some(({ to, template }) => to === THIEF && template === 'account-secured'))
}

suite('K4: another account has the address meanwhile', () => {
  for (const link of ['undo', 'notMe'] as const)
    test(`${link}: the account is shut all the same; it comes back once the other one has another address`, async () => {
      const found = await taken()
      const { service, other } = found
      const owner = service.browser()
      await owner.open(found[link])
      await owner.send({}, { button: 'It was not me' })
      assert.equal(owner.page.at, '/not-me/mailed?next=address-taken')
      assert.match(owner.page.html, /another account has it now/)
      await isShut(service, found)
      assert.deepEqual(await addresses(service), [THIEF, OWNER])
      await change(service, other, ELSEWHERE)
      assert.equal(await forget(service, THIEF), 0, 'nor is the thief quicker than the owner')
      await owner.open(found[link])
      await owner.send({}, { button: link === 'undo' ? 'Undo the change' : 'It was not me' })
      assert.match(owner.page.at, /^\/reset\?/)
      await owner.send({ 'new-password': 'quatre mots bien neufs', 'confirm-password': 'quatre mots bien neufs' })
      assert.deepEqual(await addresses(service), [OWNER, ELSEWHERE])
      assert.equal((await signIn(service, OWNER, 'quatre mots bien neufs')).page.at, '/account')
    })

  test('the page of the link says so, and until when it works', async () => {
    const { service, undo } = await taken()
    const owner = service.browser()
    await owner.open(undo)
    assert.equal(owner.page.status, 409)
    assert.match(owner.page.html, /It works until \w+\s\d+, \d{4}/)
  })

  test('it was taken while the owner chose a password: the same', async () => {
    const service = await testService()
    const thief = await somebody(service, OWNER)
    await change(service, thief, THIEF)
    await service.post()
    const owner = service.browser()
    await owner.open(linkTo(service, OWNER, '/undo'))
    await owner.send({}, { button: 'Undo the change' })
    const { id: account } = await service.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
    const actor = { ...visitor, network: '', userAgent: '', browser: '' }
    await transact(service.db, (tx) =>
      moveAddress(service, tx, { account, email: THIEF ?? ('' as Email), kind: 'email-changed', actor }),
    )
    await somebody(service, OWNER)
    await owner.send({ 'new-password': FRESH, 'confirm-password': FRESH })
    assert.equal(owner.page.at, '/not-me/mailed?next=address-taken')
    assert.equal((await service.db.selectFrom('passwords').select('account_id').execute()).length, 1)
    assert.equal(await forget(service, THIEF), 0)
  })
})
