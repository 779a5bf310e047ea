/** X2: what was sent is read and erased with the account it tells of, whoever else has, had or claims its recipient. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { expiring } from '../../app/expiring.ts'
import type { Email } from '../../core/model/account/email.ts'
import { findAccountByEmail } from '../../core/model/account/store.ts'
import { tellProduct } from '../../core/model/session/session.ts'
import { minutes } from '../../platform/clock.ts'
import { clearAway } from '../../platform/database/clear-away.ts'
import { transact } from '../../platform/database/db.ts'
import { messagesOf, recipientProved } from '../../platform/outbox/store.ts'
import type { Browser } from '../../testing/browser.ts'
import { MOBILE, setUpContact } from '../../testing/contacts.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const VICTIM = 'victim@exemple.ca'
const NOBODY = 'nobody@exemple.ca'
const MALLORY = 'mallory@exemple.ca'

type Letter = { to: string; what: string }

/** What stands in the file of whoever is signed in, the file's own notices apart. */
async function lettersOf(browser: Browser): Promise<Letter[]> {
  await browser.open('/account/privacy')
  await browser.send({}, { button: 'Download my data' })
  assert.equal(browser.page.at, '/account/privacy/data.json')
  const { letters }: { letters: Letter[] } = JSON.parse(browser.page.html)
  return letters.map(({ to, what }) => ({ to, what })).filter(({ what }) => what !== 'data-exported')
}
async function askForReset(service: TestService, email: string) {
  const browser = service.browser()
  await browser.open('/forgot')
  await browser.send({ email })
  await service.post()
}
async function askToChange(service: TestService, browser: Browser, email: string) {
  await browser.open('/account/email')
  await browser.send({ email }, { button: 'Continue' })
  await service.post()
}
async function move(service: TestService, browser: Browser, email: string) {
  await askToChange(service, browser, email)
  await browser.send({ code: service.box.newest(email).code ?? '' }, { button: 'Verify email' })
  await service.post()
  await browser.open('/sign-in')
  await browser.send({ email, password: PASSWORD })
}
/** Erases the account of an address, as at the end of its thirty days. */
async function erase(service: TestService, email: string) {
  await sql`update accounts set closing_at = ${service.clock.now()} where email = ${email}`.execute(service.db)
  await clearAway(service, expiring)
  assert.equal(await findAccountByEmail(service.db, email as Email), undefined)
}
const rowsTo = async ({ db }: TestService, recipient: string): Promise<string[]> => {
  const rows = await db.selectFrom('outbox').select('name').where('recipient', '=', recipient).orderBy('id').execute()
  return rows.map(({ name }) => name)
}

suite('X2: what is in the data of an account', () => {
  test('whoever asks to change to an address reads nothing of what went there, whether or not it has an account', async () => {
    const service = await testService()
    await somebody(service, VICTIM)
    const mallory = await somebody(service, MALLORY)
    const before = await lettersOf(mallory)
    for (const address of [VICTIM, NOBODY]) {
      service.clock.advance(minutes(2))
      await askForReset(service, address)
      service.clock.advance(minutes(2))
      await askToChange(service, mallory, address)
      assert.deepEqual(await lettersOf(mallory), before, address)
      await mallory.open('/account/privacy/data')
      const [, letters = ''] = mallory.page.html.split('Emails of the last 30 days')
      assert.ok(letters.includes(MALLORY))
      assert.ok(!letters.split('</section>')[0]?.includes(address), address)
    }
    assert.ok((await rowsTo(service, VICTIM)).includes('reset-link'))
  })

  test('a code to a contact is in it once the contact is proved, and not before', async () => {
    const service = await testService({ PASSERELLE_PHONE_COUNTRIES: 'CA' })
    const marie = await somebody(service, 'marie@exemple.ca')
    assert.deepEqual(await lettersOf(marie), [{ to: 'marie@exemple.ca', what: 'sign-up-code' }])
    await marie.open('/account/factors/text')
    await marie.send({ number: MOBILE }, { button: 'Send the code' })
    await service.post()
    const asking = marie.page
    assert.deepEqual(
      (await lettersOf(marie)).map(({ what }) => what),
      ['sign-up-code'],
    )
    marie.page = asking
    await marie.send({ code: service.box.newestText(MOBILE).code ?? '' }, { button: 'Continue' })
    assert.ok((await lettersOf(marie)).some(({ to, what }) => to === MOBILE && what === 'phone-code'))
  })

  test('so is the code of a change of address', async () => {
    const service = await testService()
    const marie = await somebody(service, 'marie@exemple.ca')
    await move(service, marie, 'neuve@exemple.ca')
    assert.deepEqual(
      (await rowsTo(service, 'neuve@exemple.ca')).toSorted(),
      (await lettersOf(marie)).flatMap(({ to, what }) => (to === 'neuve@exemple.ca' ? what : [])).toSorted(),
    )
  })

  test('two who had one address after each other read each their own', async () => {
    const service = await testService()
    const first = await somebody(service, 'shared@exemple.ca')
    await move(service, first, 'first@exemple.ca')
    const before = await lettersOf(first)
    const second = await somebody(service, 'shared@exemple.ca')
    service.clock.advance(minutes(2))
    await askForReset(service, 'shared@exemple.ca')
    assert.deepEqual(await lettersOf(first), before)
    assert.ok(before.some(({ to, what }) => to === 'shared@exemple.ca' && what === 'email-changed-undo'))
    const own = await lettersOf(second)
    assert.deepEqual(own.map(({ what }) => what).toSorted(), ['reset-link', 'sign-up-code'])
  })

  test('two with one number read each their own', async () => {
    const service = await testService({ PASSERELLE_PHONE_COUNTRIES: 'CA' })
    const browsers = [await somebody(service, 'one@exemple.ca'), await somebody(service, 'other@exemple.ca')]
    for (const browser of browsers) await setUpContact(service, browser, 'text', MOBILE)
    assert.equal((await rowsTo(service, MOBILE)).length, 2)
    for (const browser of browsers) assert.equal((await lettersOf(browser)).filter(({ to }) => to === MOBILE).length, 1)
  })
})

suite('X2: what goes with an account', () => {
  test('a change that was asked for erases nothing of what went to that address; what waits for its owner is sent', async () => {
    const service = await testService()
    await somebody(service, VICTIM)
    const mallory = await somebody(service, MALLORY)
    service.clock.advance(minutes(2))
    await askForReset(service, VICTIM)
    service.clock.advance(minutes(2))
    await askToChange(service, mallory, VICTIM)
    const before = await rowsTo(service, VICTIM)
    assert.deepEqual(before, ['sign-up-code', 'reset-link', 'email-change-tried'])
    service.clock.advance(minutes(2))
    const owner = service.browser()
    await owner.open('/forgot')
    await owner.send({ email: VICTIM })
    await erase(service, MALLORY)
    await service.post()
    assert.deepEqual(await rowsTo(service, VICTIM), [...before, 'reset-link'])
    assert.deepEqual(await rowsTo(service, MALLORY), [])
  })

  test('no code of a change that was asked for is left, or still sent', async () => {
    const service = await testService()
    const mallory = await somebody(service, MALLORY)
    await askToChange(service, mallory, NOBODY)
    assert.deepEqual(await rowsTo(service, NOBODY), ['email-change-code'])
    service.clock.advance(minutes(2))
    await mallory.open('/account/email')
    await mallory.send({ email: 'other@exemple.ca' }, { button: 'Continue' })
    await erase(service, MALLORY)
    await service.post()
    assert.deepEqual(await rowsTo(service, NOBODY), [])
    assert.ok(!service.box.letters.some(({ to }) => to === 'other@exemple.ca'))
  })

  test('what waits for the account at a shared number or address goes, what waits there for another is sent', async () => {
    const service = await testService({ PASSERELLE_PHONE_COUNTRIES: 'CA' })
    const leaving = await somebody(service, 'shared@exemple.ca')
    await setUpContact(service, leaving, 'text', MOBILE)
    await move(service, leaving, 'leaving@exemple.ca')
    const staying = await somebody(service, 'shared@exemple.ca')
    await setUpContact(service, staying, 'text', MOBILE)
    const waits = sql`update outbox set state = 'waiting', due_at = ${service.clock.now()}, sealed_facts = null
      where recipient in ('shared@exemple.ca', ${MOBILE})`
    await waits.execute(service.db)
    const { rows: mine } = await sql<{ id: string }>`select id from outbox where state = 'waiting'
      and account_id = (select id from accounts where email = 'shared@exemple.ca')`.execute(service.db)
    await erase(service, 'leaving@exemple.ca')
    const { rows: left } = await sql<{ id: string }>`select id from outbox where state = 'waiting'`.execute(service.db)
    assert.deepEqual(left.map(({ id }) => id).toSorted(), mine.map(({ id }) => id).toSorted())
    assert.ok(mine.length >= 3)
  })

  test('products hear that a session ended, even where the account is erased meanwhile', async () => {
    const service = await testService()
    await somebody(service, MALLORY)
    const account = await findAccountByEmail(service.db, MALLORY as Email)
    assert.ok(account)
    await transact(service.db, (tx) => tellProduct(service, tx, 'ledger', { sub: account.id, sid: 'a session' }))
    await erase(service, MALLORY)
    const left = await service.db.selectFrom('outbox').select('state').where('topic', '=', 'logout').execute()
    assert.deepEqual(left, [{ state: 'waiting' }])
  })
})

test('X2: a code that came back makes no message of another account one of this account', async () => {
  const service = await testService()
  await somebody(service, VICTIM)
  await somebody(service, MALLORY)
  const [victim, mallory] = [
    await findAccountByEmail(service.db, VICTIM as Email),
    await findAccountByEmail(service.db, MALLORY as Email),
  ]
  assert.ok(victim && mallory)
  const sent = { reference: 'sign-up jrn_1', to: VICTIM }
  const message = { topic: 'mail', name: 'address-dropped', facts: { brand: { name: '' } }, ...sent } as const
  await transact(service.db, async (tx) => {
    await service.outbox.post(tx, { ...message, account: victim.id })
    await recipientProved(tx, mallory.id, sent)
  })
  const of = async (account: string) => (await messagesOf(service.db, account)).map(({ name }) => name)
  assert.ok((await of(victim.id)).includes('address-dropped'))
  assert.ok(!(await of(mallory.id)).includes('address-dropped'))
})
