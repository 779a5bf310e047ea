/** C4: what a new password puts an end to in mailboxes, and what it leaves. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { draw, tryLink } from '../../core/model/one-time/one-time.ts'
import { days, hours } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { setUpPasskey } from '../../testing/authenticator.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { CALLERS } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { resetPassword } from './rules.ts'

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

/** The rule, with a count of the passwords it has hashed. */
function counted(service: TestService) {
  const hashed: unknown[] = []
  const make: TestService['hashing']['make'] = (password, forWhom) => {
    hashed.push(forWhom)
    return service.hashing.make(password, forWhom)
  }
  const needs = { ...service, hashing: { ...service.hashing, make } }
  const actor = { ...visitor, network: '192.0.2.7', userAgent: '', browser: '' }
  const typed = { password: FRESH, again: FRESH, actor }
  return { hashed, choose: (link: string) => resetPassword(needs, { ...typed, link }) }
}

async function resetLink(service: TestService): Promise<string> {
  const browser = service.browser()
  await browser.open('/forgot')
  await browser.send({ email })
  await service.post()
  return new URL(service.box.newest(email).link ?? '').searchParams.get('link') ?? ''
}

suite('X8: a reset link is counted before a password is hashed', () => {
  test('of so many posts at once five are hashed, in the turn of the account, and one wins', async () => {
    const service = await testService()
    await somebody(service, email)
    const { hashed, choose } = counted(service)
    const link = await resetLink(service)
    const outcomes = await Promise.all(Array.from({ length: CALLERS }, () => choose(link)))
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    const { id } = await service.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
    assert.deepEqual(
      hashed,
      Array.from({ length: 5 }, () => ({ account: id })),
    )
  })

  test('what is refused before costs no try; a link that was tried too often is shown as dead', async () => {
    const service = await testService()
    await somebody(service, email)
    const link = await resetLink(service)
    const browser = service.browser()
    for (let n = 0; n < 10; n++) {
      await browser.open(`/reset?link=${link}`)
      await browser.send({ 'new-password': FRESH, 'confirm-password': 'another' })
      assert.equal(browser.page.status, 422)
    }
    for (let n = 0; n < 5; n++) assert.ok(await tryLink(service, 'reset', link, 5))
    await browser.send({ 'new-password': FRESH, 'confirm-password': FRESH })
    assert.equal(browser.page.status, 410)
  })

  test('new links of the same account are bounded too: a hundred hashes of a network in a quarter of an hour', async () => {
    const service = await testService()
    await somebody(service, email)
    const { hashed, choose } = counted(service)
    const account = await service.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
    for (let n = 0; n < 30; n++) {
      const { link } = await transact(service.db, (tx) =>
        draw(service, tx, { purpose: 'reset', subject: account.id, lives: hours(1), tries: 0 }),
      )
      await Promise.all(Array.from({ length: 5 }, () => choose(link)))
    }
    assert.ok(hashed.length <= 100, `${hashed.length} were hashed`)
  })
})

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

suite('K4: a password that is reset where ways to sign in were changed lately', () => {
  const choose = async (service: TestService, journey = '') => {
    const browser = service.browser()
    if (journey) await browser.open(journey)
    await browser.open(journey ? browser.page.at.replace('/sign-in', '/forgot') : '/forgot')
    await browser.send({ email })
    await service.post()
    await browser.open(service.box.newest(email).link ?? '')
    await browser.send({ 'new-password': FRESH, 'confirm-password': FRESH })
    await service.post()
    return browser
  }

  test('leads to the page that shows them; the letter says so too', async () => {
    const service = await testService()
    await setUpPasskey(await somebody(service, email), service.origin)
    const browser = await choose(service)
    assert.equal(browser.page.at, '/sign-in?to=%2Faccount%2Freview&done=reset')
    assert.equal((await browser.send({ email, password: FRESH })).at, '/account/review')
    assert.match(service.box.newest(email).text, /added or removed in the last 7 days/)
  })

  test('goes on to the product that waits, and says so in the letter', async () => {
    const service = await testService()
    await setUpPasskey(await somebody(service, email), service.origin)
    const browser = await choose(service, await productRequest(service))
    assert.match(browser.page.at, /^\/sign-in\?journey=/)
    assert.match(service.box.newest(email).text, /added or removed in the last 7 days/)
  })

  test('leads there after "It was not me" too, by whichever link it is chosen', async () => {
    const service = await testService()
    await somebody(service, email)
    const owner = service.browser()
    await owner.open(await change(service, PASSWORD, 'quatre mots bien neufs'))
    await owner.send({}, { button: 'It was not me' })
    assert.equal((await choose(service)).page.at, '/sign-in?to=%2Faccount%2Freview&done=reset')
    assert.equal((await choose(service)).page.at, '/sign-in?done=reset', 'and once')
  })

  test('is as it was a week later, and where nothing was changed', async () => {
    const service = await testService()
    await setUpPasskey(await somebody(service, email), service.origin)
    service.clock.advance(days(7.1))
    assert.equal((await choose(service)).page.at, '/sign-in?done=reset')
    assert.doesNotMatch(service.box.newest(email).text, /in the last 7 days/)
  })
})
