/** A thief and a victim with one of everything, and what becomes of rows that somebody without the master key has written. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { AccountId } from '../../../src/core/model/account/store.ts'
import { drawCodes, recoveryMark } from '../../../src/core/model/factor/recovery-code.ts'
import { boundCodes, insertCodes } from '../../../src/core/model/factor/recovery-code-store.ts'
import { seconds } from '../../../src/platform/clock.ts'
import { transact } from '../../../src/platform/database/db.ts'
import { type App, setUpApp } from '../../../src/testing/apps.ts'
import { type Authenticator, askedOn, bring, makeAuthenticator } from '../../../src/testing/authenticator.ts'
import type { Browser } from '../../../src/testing/browser.ts'
import { PASSWORD, somebody } from '../../../src/testing/people.ts'
import { testService } from '../../../src/testing/world.ts'
import { makePublicParty } from '../../protocol/party.ts'

export const service = await testService({ PASSERELLE_NETWORK_TRIES: '100000', PASSERELLE_NETWORK_REQUESTS: '1000000' })
export const { db, clock, cookies } = service
export const party = await makePublicParty(service, 'spa')

type One = { email: string; id: AccountId; browser: Browser; app: App; codes: string[]; device: Authenticator }
async function one(name: string): Promise<One> {
  const email = `${name}@exemple.ca`
  const browser = await somebody(service, email)
  const device = makeAuthenticator(service.origin)
  await browser.open('/account/factors/passkey')
  await bring(browser, '/account/factors/passkey', askedOn(browser), device.create(askedOn(browser)))
  clock.advance(seconds(1))
  const { app } = await setUpApp(browser, clock)
  const { id } = await db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', email as never)
    .executeTakeFirstOrThrow()
  const codes = drawCodes(service.random)
  const marks = codes.map((code) => recoveryMark(id, code))
  await transact(db, (tx) => insertCodes(tx, id, boundCodes(service, id, marks), clock.now()))
  return { email, id, browser, app, codes, device }
}
export const thief = await one('thief')
export const victim = await one('victim')

/** Changes rows, sees what opens then, and puts everything back as it was. */
export async function forged(change: ReturnType<typeof sql>, table: string, see: () => Promise<void>): Promise<void> {
  const before = await sql<{ row: object }>`select to_jsonb(it) as row from ${sql.table(table)} it`.execute(db)
  const { numAffectedRows } = await change.execute(db)
  assert.ok(numAffectedRows === undefined || numAffectedRows > 0n, 'something was changed')
  await see()
  await transact(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`delete from ${sql.table(table)}`.execute(tx)
    const rows = JSON.stringify(before.rows.map(({ row }) => row))
    await sql`insert into ${sql.table(table)} select * from jsonb_populate_recordset(null::${sql.table(table)}, ${rows}::jsonb)`.execute(
      tx,
    )
  })
}

export const isIn = async (browser: Browser): Promise<boolean> => (await browser.open('/account')).at === '/account'
export const hasCookie = (value: string): Browser => {
  const browser = service.browser()
  browser.cookies.set(cookies.session, value)
  return browser
}
/** Types the address and the password. */
export async function signIn(browser: Browser, { email }: One): Promise<string> {
  await sql`with guards as (delete from sign_in_guards), tries as (delete from tries) select 1`.execute(db)
  browser.cookies.delete(cookies.session)
  await browser.open('/sign-in')
  return (await browser.send({ email, password: PASSWORD })).at
}
export async function secondStep(whose: One, code: string): Promise<boolean> {
  const browser = service.browser()
  assert.match(await signIn(browser, whose), /^\/second-step/)
  clock.advance(seconds(30))
  return (await browser.send({ code })).at === '/account'
}
