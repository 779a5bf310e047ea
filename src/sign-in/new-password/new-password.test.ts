/** C4: what a new password puts an end to in mailboxes, and what it leaves. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'
const FRESH = 'onze girafes patientes'

/** Changes the password in account management; answers the "it was not me" of the notice. */
async function change(service: TestService, current: string, password: string): Promise<string> {
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email, password: current })
  await browser.open('/account/password')
  await browser.send({ 'current-password': current, 'new-password': password, 'confirm-password': password })
  await service.post()
  return notMeOf(service)
}

const notMeOf = ({ box }: TestService): string => /\S+\/not-me\?link=\S+/.exec(box.newest(email).text)?.[0] ?? '/none'

async function reset(service: TestService): Promise<void> {
  const browser = service.browser()
  await browser.open('/forgot')
  await browser.send({ email })
  await service.post()
  await browser.open(service.box.newest(email).link ?? '')
  await browser.send({ 'new-password': FRESH, 'confirm-password': FRESH })
  assert.equal(browser.page.at, '/sign-in?done=reset')
  await service.post()
}

const statusOf = async (service: TestService, link: string) => (await service.browser().open(link)).status

suite('links of letters that were written before there was a new password', () => {
  test('open nothing after a reset, for each leads to another one; that of the newest notice does', async () => {
    const service = await testService()
    await somebody(service, email)
    const before = await change(service, PASSWORD, 'quatre mots bien neufs')
    assert.equal(await statusOf(service, before), 200)
    await reset(service)
    assert.equal(await statusOf(service, before), 410)
    assert.equal(await statusOf(service, notMeOf(service)), 200)
  })

  test('nor after a change', async () => {
    const service = await testService()
    await somebody(service, email)
    const before = await change(service, PASSWORD, 'quatre mots bien neufs')
    const after = await change(service, 'quatre mots bien neufs', FRESH)
    assert.deepEqual([await statusOf(service, before), await statusOf(service, after)], [410, 200])
  })

  test('an address that waits for its code waits no more', async () => {
    const service = await testService()
    const thief = await somebody(service, email)
    await thief.open('/account/email')
    await thief.send({ email: 'thief@exemple.ca' }, { button: 'Continue' })
    await service.post()
    await reset(service)
    const owner = service.browser()
    await owner.open('/sign-in')
    await owner.send({ email, password: FRESH })
    await owner.open('/account/email/verify')
    assert.equal(owner.page.at, '/account/email')
    assert.doesNotMatch(owner.page.html, /thief@exemple\.ca/)
  })

  test('F4: the mailbox of before takes its address back all the same', async () => {
    const service = await testService()
    const thief = await somebody(service, email)
    await thief.open('/account/email')
    await thief.send({ email: 'thief@exemple.ca' }, { button: 'Continue' })
    await service.post()
    await thief.send({ code: service.box.newest('thief@exemple.ca').code ?? '' }, { button: 'Verify email' })
    await service.post()
    await thief.send({ email: 'thief@exemple.ca', password: PASSWORD })
    await thief.open('/account/password')
    await thief.send({ 'current-password': PASSWORD, 'new-password': FRESH, 'confirm-password': FRESH })
    assert.equal(thief.page.at, '/account/password?done=changed')
    assert.equal(await statusOf(service, service.box.newest(email).link ?? ''), 200)
  })
})
