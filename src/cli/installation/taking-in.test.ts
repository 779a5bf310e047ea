import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { bindRows, boundTables } from '../../app/bound-rows.ts'
import { hours } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { restarted, type TestService, testService } from '../../testing/world.ts'
import { proveMasterKey } from './secrets.ts'
import { acceptUnbound, openTakingIn } from './taking-in.ts'

const SECRET = { PASSERELLE_SECRET: 'the master key of the tests, long enough' }
const bringsMarks = { version: 19, name: 'bound-rows' }

/** A service whose rows the version before has written. */
async function updated() {
  const service = await testService(SECRET)
  const browser = await somebody(service)
  for (const { table } of boundTables) await sql`update ${sql.table(table)} set mac = null`.execute(service.db)
  const { keyring, settings, db } = service
  await proveMasterKey(db, keyring, settings.values)
  const opens = (step = bringsMarks) =>
    transact(db, (tx) => openTakingIn({ clock: service.clock, values: settings.values }, tx, step))
  return { service, browser, opens }
}
async function signsIn(service: TestService, browser: Browser = service.browser()): Promise<boolean> {
  await browser.open('/sign-in')
  return (await browser.send({ email: 'marie@exemple.ca', password: PASSWORD })).at === '/account'
}

suite('R10: rows that the version before has written', () => {
  test('are taken for ours for a day after the update, and are bound within it', async () => {
    const { service, browser, opens } = await updated()
    await opens()
    await acceptUnbound(service)
    assert.equal((await browser.open('/account')).at, '/account')
    assert.ok((await bindRows(service)) >= 3, 'a password, a session, a link')
    assert.equal(await bindRows(service), 0)
    service.clock.advance(hours(24))
    assert.ok(await signsIn(service, browser), 'bound')
    assert.equal(await bindRows(service), 0)
  })

  test('open nothing afterwards, and without the migration: no word that was kept opens that time again', async () => {
    const { service, browser, opens } = await updated()
    await opens({ version: 20, name: 'another' })
    await acceptUnbound(service)
    assert.match((await browser.open('/account')).at, /^\/sign-in/)
    assert.ok(!(await signsIn(service)))
    await opens()
    service.clock.advance(hours(24))
    const again = restarted(service)
    await acceptUnbound(again)
    assert.equal(again.keyring.unbound.areAccepted(), false)
    assert.equal(await bindRows(again), 0)
    await service.db.updateTable('installation').set({ value: 'made up' }).where('name', '<>', 'master key').execute()
    await acceptUnbound(again)
    assert.equal(again.keyring.unbound.areAccepted(), false)
  })
})
