/** What strangers can make the database keep: how much, and for how long. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { expiring } from '../../src/app/by-itself.ts'
import { hours, minutes } from '../../src/platform/clock.ts'
import { clearAway } from '../../src/platform/database/clear-away.ts'
import { testService } from '../../src/testing/world.ts'
import { browserOf, makeParty } from '../protocol/party.ts'

const service = await testService()
const ledger = await makeParty(service, 'ledger')

const countOf = async (table: string): Promise<number> => {
  const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(service.db)
  return Number(rows[0]?.n)
}
const keptBy = async (...tables: string[]): Promise<number[]> => Promise.all(tables.map(countOf))
const clear = () => clearAway(service, expiring(service))

suite('H7: what strangers make the database keep', () => {
  test('a request of a product goes after two hours, and is not lost: the browser keeps it for the days of a sign-up', async () => {
    const browser = browserOf(service)
    await browser.open((await ledger.ask()).url.href)
    const page = browser.page.at
    assert.deepEqual(await keptBy('journeys', 'oidc_records'), [1, 1])
    service.clock.advance(hours(2.1))
    await clear()
    assert.deepEqual(await keptBy('journeys', 'oidc_records'), [0, 0])
    assert.equal((await browserOf(service).open(page)).status, 400, 'another browser')
    assert.equal((await browser.open(page)).status, 200)
    assert.match(browser.page.html, /ledger/)
    service.clock.advance(hours(2.1))
    await clear()
  })

  test('a form that was refused begins nothing; one that was admitted waits for days', async () => {
    const browser = browserOf(service)
    await browser.open('/sign-up')
    await browser.send({})
    assert.equal(browser.page.status, 422)
    assert.deepEqual(await keptBy('journeys', 'sign_ups'), [0, 0])
    const typed = { 'first-name': 'Maya', 'last-name': 'Roy', password: 'trois mots ici' }
    await browser.send({ ...typed, email: 'maya@exemple.ca' })
    assert.match(browser.page.at, /^\/verify/)
    service.clock.advance(hours(24 * 6.9))
    await clear()
    assert.deepEqual(await keptBy('journeys', 'sign_ups'), [1, 1])
    service.clock.advance(hours(24 * 0.2))
    await clear()
    assert.deepEqual(await keptBy('journeys', 'sign_ups'), [0, 0])
  })

  test('the page where a device is connected, and signing out without a session, write nothing', async () => {
    const before = await keptBy('sessions', 'journeys', 'oidc_records')
    const browser = browserOf(service)
    await browser.open('/device')
    assert.equal((await browser.send({ user_code: 'BCDF-GHJK' })).status, 422)
    assert.match(browser.page.html, /role="alert"/)
    await browser.open('/oidc/end_session')
    assert.deepEqual(await keptBy('sessions', 'journeys', 'oidc_records'), before)
    service.clock.advance(minutes(61))
    await browser.open('/device')
  })
})
