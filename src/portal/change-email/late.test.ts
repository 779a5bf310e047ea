/** X10: what a change of address was asked for with is not good for ever. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Email, emailKey } from '../../core/model/account/email.ts'
import { drawForLetter } from '../../core/operations/letter-code.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { setUpApp } from '../../testing/apps.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const OLD = 'marie@exemple.ca'
const NEW = 'marie.tremblay@exemple.ca'

async function asked() {
  const service = await testService()
  const owner = await somebody(service, OLD)
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email: OLD, password: PASSWORD })
  await browser.open('/account/email')
  await browser.send({ email: NEW })
  await service.post()
  const confirms = async () => {
    await browser.open('/account/email/verify')
    const { at } = browser.page
    return at === '/account/email/verify' ? confirm(browser, service.box.newest(NEW).code) : at
  }
  return { service, owner, browser, confirms }
}
const confirm = async (browser: Browser, code: string | null) => (await browser.send({ code: code ?? '' })).at

suite('X10: a change of address that waits for its code', () => {
  test('E8: a second step that was set up meanwhile is asked for', async () => {
    const { service, owner, browser, confirms } = await asked()
    await browser.open('/account/email/verify')
    const { page } = browser
    await setUpApp(owner, service.clock)
    assert.match(await confirms(), /^\/second-step/)
    browser.page = page
    assert.match(await confirm(browser, service.box.newest(NEW).code), /^\/second-step/)
    const { email } = await service.db.selectFrom('accounts').select('email').executeTakeFirstOrThrow()
    assert.equal(email, OLD)
  })

  test('whoever has its code sent again and again signs in again', async () => {
    const { service, browser, confirms } = await asked()
    for (let n = 0; n < 2; n++) {
      service.clock.advance(minutes(18))
      await browser.open('/account/email/verify')
      await browser.send({}, { button: 'Resend code' })
      await service.post()
    }
    service.clock.advance(minutes(5))
    assert.match(await confirms(), /^\/sign-in/)
    await browser.send({ email: OLD, password: PASSWORD })
    assert.equal(browser.page.at, '/account/email/verify')
    assert.match(await confirms(), /^\/sign-in\?done=email-changed/)
  })

  test('who types it in its half hour is asked for nothing', async () => {
    const { service, confirms } = await asked()
    service.clock.advance(minutes(29))
    assert.match(await confirms(), /^\/sign-in\?done=email-changed/)
  })
})

suite('X10: a long code of the mailbox of before', () => {
  test('whoever copied it opens no account with the address that the account has left, so that the change can be undone', async () => {
    const { service, confirms } = await asked()
    const own = { purpose: 'new-way', subject: 'of a stranger', lives: minutes(30), tries: 5 } as const
    const letter = { own, address: emailKey(OLD as Email), quota: { isReserve: true } }
    const { facts } = await transact(service.db, (tx) => drawForLetter(service, tx, letter))
    assert.match(await confirms(), /^\/sign-in\?done=email-changed/)
    const stranger = service.browser()
    await stranger.open('/sign-up')
    await stranger.send({ 'first-name': 'M', 'last-name': 'T', password: PASSWORD, email: OLD })
    await stranger.send({ code: facts.code })
    assert.equal(stranger.page.status, 422)
    const addresses = await service.db.selectFrom('accounts').select('email').execute()
    assert.deepEqual(addresses, [{ email: NEW }])
  })
})
