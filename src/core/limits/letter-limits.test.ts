/** What a stranger can have sent to a mailbox, and what its owner still gets. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, minutes, seconds } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import { formsOf } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { race } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { restarted, type TestService, testService, testWorld } from '../../testing/world.ts'
import { type Email, emailKey, parseEmail } from '../model/account/email.ts'
import { findAccountByEmail } from '../model/account/store.ts'
import { rememberBrowser } from '../model/session/browsers.ts'
import { reserveMailQuota } from './letter-limits.ts'

const email = 'marie@exemple.ca'
const emailOf = (typed: string) => {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return parsed.email
}
const keyOf = (typed: string) => emailKey(emailOf(typed))

async function askToSignUp(service: TestService, address = email) {
  const browser = service.browser()
  await browser.open('/sign-up')
  await browser.send({ 'first-name': 'Marie', 'last-name': 'Tremblay', password: PASSWORD, email: address })
  await service.post()
  return browser
}
async function askForReset(service: TestService, browser = service.browser()) {
  await browser.open('/forgot')
  await browser.send({ email })
  await service.post()
  return browser
}
const lettersTo = (service: TestService, to = email) => service.box.letters.filter((letter) => letter.to === to).length

suite('X17: letters that anybody can cause', () => {
  test('1 a minute, 5 an hour, 20 a day, of all kinds together, whoever asks', async () => {
    const service = await testService({ PASSERELLE_ADDRESS_REQUESTS: '1000', PASSERELLE_CHALLENGE_ADDRESS: '1000' })
    await somebody(service, email)
    service.clock.advance(days(2))
    const perHour: number[] = []
    for (let hour = 0; hour < 26; hour++) {
      const before = lettersTo(service)
      const asks = hour < 6 ? 8 : 2 // the day's letters are used up within six hours
      for (let n = 0; n < asks; n++) {
        await (n % 2 ? askForReset(service) : askToSignUp(service))
        service.clock.advance(seconds(3_600 / asks))
        await service.post()
      }
      perHour.push(lettersTo(service) - before)
    }
    const firstDay = perHour.slice(0, 24)
    assert.equal(Math.max(...firstDay), 5)
    assert.equal(
      firstDay.reduce((sum, one) => sum + one, 0),
      20,
    )
    const nextDay = perHour.slice(24).reduce((sum, one) => sum + one, 0)
    assert.ok(nextDay > 0, 'a day later letters go again')
  })
  test('the second within a minute waits for its end, a third that would wait does not go', async () => {
    const service = await testService()
    const browser = await askToSignUp(service)
    const { code: first } = service.box.newest(email)
    for (let n = 0; n < 3; n++) await browser.send({}, { button: 'Resend code' })
    await service.post()
    assert.equal(lettersTo(service), 1)
    service.clock.advance(seconds(61))
    await service.post()
    assert.equal(lettersTo(service), 2)
    service.clock.advance(minutes(2))
    await service.post()
    assert.equal(lettersTo(service), 2)
    const { code: second } = service.box.newest(email)
    if (first !== second) {
      await browser.send({ code: first ?? '' })
      assert.match(browser.page.html, /not the right code/)
    }
    await browser.send({ code: second ?? '' })
    assert.equal(browser.page.at, '/account')
  })
  test('the code in the mailbox goes on working while no further letter may go', async () => {
    const service = await testService()
    const browser = await askToSignUp(service)
    for (let n = 0; n < 3; n++) {
      service.clock.advance(seconds(61))
      await browser.send({}, { button: 'Resend code' })
      await service.post()
    }
    const { code } = service.box.newest(email)
    service.clock.advance(minutes(2))
    await browser.send({}, { button: 'Resend code' })
    await service.post()
    assert.equal(lettersTo(service), 4, 'the fifth of the hour is kept for a link to reset the password')
    await browser.send({ code: code ?? '' })
    assert.equal(browser.page.at, '/account')
  })
  test('a code that was held back goes to no address that was corrected meanwhile, nor proves the new one', async () => {
    const service = await testService()
    const browser = await askToSignUp(service)
    await browser.send({}, { button: 'Resend code' })
    await service.post()
    const { code } = service.box.newest(email)
    await browser.open(/href="(\/sign-up[^"]*)"/.exec(browser.page.html)?.[1] ?? '')
    await browser.send({ email: 'anne@exemple.ca', 'first-name': 'Anne', 'last-name': 'Roy', password: PASSWORD })
    service.clock.advance(minutes(2))
    await service.post()
    assert.deepEqual([lettersTo(service), lettersTo(service, 'anne@exemple.ca')], [1, 1])
    if (code !== service.box.newest('anne@exemple.ca').code) await browser.send({ code: code ?? '' })
    assert.doesNotMatch(browser.page.at, /^\/account/)
  })
  test('the owner in a known browser gets a link whatever was asked elsewhere', async () => {
    const service = await testService()
    const owner = await somebody(service, email)
    const account = await findAccountByEmail(service.db, emailOf(email))
    assert.ok(account)
    const actor = {
      ...visitor,
      browser: sha256(owner.cookies.get(service.cookies.browser) ?? ''),
    }
    await rememberBrowser(service.db, account.id, actor, service.clock.now())
    for (let n = 0; n < 8; n++) {
      await askForReset(service)
      service.clock.advance(seconds(61))
    }
    const before = lettersTo(service)
    await askForReset(service, owner)
    assert.equal(lettersTo(service), before + 1)
  })
  test('whatever strangers ask for, a link to reset the password that works is in the mailbox at any time', async () => {
    const service = await testService({ PASSERELLE_ADDRESS_REQUESTS: '1000', PASSERELLE_CHALLENGE_ADDRESS: '1000' })
    await somebody(service, email)
    service.clock.advance(days(2))
    const before = lettersTo(service)
    const works: boolean[] = []
    for (let hour = 0; hour < 49; hour++) {
      for (let n = 0; n < 6; n++) {
        await (n === 3 ? askForReset(service) : askToSignUp(service))
        service.clock.advance(minutes(10))
        await service.post()
      }
      await askForReset(service)
      const letter = service.box.letters.findLast(({ template }) => template === 'reset-link')
      const { status } = await service.browser().open(letter?.link ?? '/reset')
      works.push(status === 200)
    }
    assert.deepEqual(works, Array(49).fill(true))
    assert.ok(lettersTo(service) - before <= 3 * 20, 'and the limits hold')
    const newest = service.box.letters.findLast(({ template }) => template === 'reset-link')
    assert.match(newest?.text ?? '', /for\s+\d+\s+hours/)
  })
  test('Z1: with and without an account, held back or not: the same answers and the same number of letters', async () => {
    const service = await testService()
    await somebody(service, email)
    const shown = async (address: string) => {
      const pages: string[] = []
      const browser = service.browser()
      for (let n = 0; n < 8; n++) {
        await (n === 0 ? browser.open('/sign-up') : browser.open(browser.page.at))
        const typed = { 'first-name': 'M', 'last-name': 'T', password: PASSWORD, email: address }
        if (n === 0) await browser.send(typed)
        else await browser.send({}, { button: 'Resend code' })
        await service.post()
        await browser.open(browser.page.at)
        const forms = formsOf(browser.page.html).length
        const words = browser.page.html.replaceAll(address, 'ADDRESS').replaceAll(/jrn_\w+|value="[\w-]{43}"/g, '')
        pages.push([browser.page.status, forms, words].join(' '))
        service.clock.advance(seconds(61))
      }
      return pages
    }
    assert.deepEqual(await shown(email), await shown('nobody@exemple.ca'))
    const sent = (to: string) => service.box.letters.filter((letter) => letter.to === to).length
    assert.equal(sent(email) - 1, sent('nobody@exemple.ca'))
  })
})

suite('Z3: the limits are exact over several processes', () => {
  test('64 at once on two of them: as many letters as the limits allow, and one that waits', async () => {
    const world = await testWorld({ PASSERELLE_LETTERS_MINUTE: '3' })
    const worlds = [world, restarted(world)]
    const job = {
      topic: 'job',
      name: 'sign-up-letter',
      account: null,
      facts: { journey: '', product: undefined, email: email as Email, language: 'en' },
    } as const
    const written = await race(async (round) => {
      const address = keyOf(`r${round}@x.ca`)
      return (caller) =>
        transact(
          world.db,
          async (tx) => !!(await reserveMailQuota(worlds[caller % 2] ?? world, tx, { address, kind: 'code' }, job)),
        )
    }, 20)
    assert.deepEqual(written, Array(20).fill(3))
    assert.equal((await world.db.selectFrom('outbox').select('id').execute()).length, 20)
  })
  test('no address stands in the table, and it empties itself', async () => {
    const world = await testWorld()
    const job = {
      topic: 'job',
      name: 'sign-up-letter',
      account: null,
      facts: { journey: '', product: undefined, email: email as Email, language: 'en' },
    } as const
    await transact(world.db, (tx) => reserveMailQuota(world, tx, { address: keyOf(email), kind: 'code' }, job))
    const rows = await world.db.selectFrom('letter_counts').selectAll().execute()
    assert.ok(!JSON.stringify(rows).includes('marie'))
    assert.ok(rows.every(({ expires_at }) => expires_at.getTime() - world.clock.now().getTime() <= days(1).ms))
  })
})
