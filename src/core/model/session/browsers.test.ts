/** The browsers of an account: how many are kept, and what looking one up reads. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { minutes } from '../../../platform/clock.ts'
import { transact } from '../../../platform/database/db.ts'
import { visitor } from '../../../testing/visitor.ts'
import { type TestWorld, testWorld } from '../../../testing/world.ts'
import { findSignInSubject } from '../../operations/password/sign-in-subject.ts'
import { parseEmail } from '../account/email.ts'
import { type AccountId, insertAccount } from '../account/store.ts'
import { grantOwnCounter, MOST_BROWSERS, rememberBrowser } from './browsers.ts'
import { deviceTrustOf, MOST_SEEN } from './device-trust.ts'

const account = 'acc_marie' as AccountId
const parsed = parseEmail('marie@exemple.ca')
assert.ok(parsed.ok)
const { email } = parsed

async function marieIn(): Promise<TestWorld> {
  const world = await testWorld()
  const person = { email, firstName: 'Marie', lastName: 'Tremblay', language: 'fr' as const }
  await transact(world.db, (tx) => insertAccount(tx, account, person, world.clock.now()))
  return world
}

const marksOf = async ({ db }: TestWorld): Promise<string[]> => {
  const rows = await db.selectFrom('known_browsers').select('browser_mark').orderBy('last_seen_at').execute()
  return rows.map((row) => row.browser_mark)
}
const at = (browser: string, network = '192.0.2.1') => ({ ...visitor, browser, network, userAgent: 'Firefox' })

/** As many rows as nobody gets by signing in. */
const plant = ({ db, clock }: TestWorld, count: number) =>
  sql`insert into known_browsers
    (account_id, browser_mark, user_agent, network, signed_in_at, first_seen_at, last_seen_at, expires_at)
    select ${account}, 'planted ' || n, 'x', '10.' || n / 65536 || '.' || n / 256 % 256 || '.' || n % 256, at, at, at,
      at + interval '400 days'
    from generate_series(1, ${count}) as n,
      lateral (select ${clock.now()}::timestamptz - n * interval '1 minute' as at) as times`.execute(db)

type Plan = { 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; Plans?: Plan[] }

/** The rows that the steps of a plan have looked at, all together. */
const rowsRead = (plan: Plan): number =>
  (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'] +
  (plan.Plans ?? []).map(rowsRead).reduce((sum, rows) => sum + rows, 0)

async function rowsReadToFind({ db, clock }: TestWorld, mark: string): Promise<number> {
  const looked = sql`select * from ${deviceTrustOf(sql.lit(account), { browser: mark }, clock.now())} as found`
  const { rows } = await sql<{ 'QUERY PLAN': { Plan: Plan }[] }>`explain (analyze, format json) ${looked}`.execute(db)
  const [plan] = rows[0]?.['QUERY PLAN'] ?? []
  assert.ok(plan)
  return rowsRead(plan.Plan)
}

suite('X5: an account with any number of known browsers', () => {
  test('keeps a hundred: those seen longest ago go, the one that comes back stays', async () => {
    const world = await marieIn()
    for (let n = 0; n < MOST_BROWSERS; n++) {
      await rememberBrowser(world.db, account, at(`b${n}`), world.clock.now())
      world.clock.advance(minutes(1))
    }
    await rememberBrowser(world.db, account, at('b0'), world.clock.now())
    assert.equal((await marksOf(world)).length, MOST_BROWSERS)
    world.clock.advance(minutes(1))
    await rememberBrowser(world.db, account, at('new'), world.clock.now())
    assert.deepEqual(await marksOf(world), [...Array.from({ length: 98 }, (_, n) => `b${n + 2}`), 'b0', 'new'])
    world.clock.advance(minutes(1))
    await transact(world.db, (tx) => grantOwnCounter(tx, account, at('tries'), world.clock.now(), world.clock.now()))
    assert.equal((await marksOf(world)).length, MOST_BROWSERS)
  })

  test('costs a sign-in the rows of a few, and goes back to a hundred', async () => {
    const world = await marieIn()
    await plant(world, 50_000)
    await sql`analyze known_browsers`.execute(world.db) // or the plan is that of what other tests had there
    const rows = await rowsReadToFind(world, 'somebody else’s')
    assert.ok(rows < 10 * MOST_SEEN, `${rows} rows were looked at`)
    const subject = await findSignInSubject(world, email, at('planted 40000'), world.clock.now())
    assert.equal(subject?.trust.known, true)
    assert.equal(subject?.trust.seen.length, MOST_SEEN)
    await rememberBrowser(world.db, account, at('new'), world.clock.now())
    assert.equal((await marksOf(world)).length, MOST_BROWSERS)
  })

  test('is at home in each network once, as it was last seen there', async () => {
    const world = await marieIn()
    for (const browser of ['a', 'b', 'c']) {
      await rememberBrowser(
        world.db,
        account,
        at(browser, browser === 'a' ? '192.0.2.1' : '198.51.100.7'),
        world.clock.now(),
      )
      world.clock.advance(minutes(1))
    }
    const now = world.clock.now()
    const subject = await findSignInSubject(world, email, at('a'), now)
    const minutesAgo = (then: string): number => Math.round((now.getTime() - Date.parse(then)) / 60_000)
    assert.deepEqual(
      subject?.trust.seen.map((seen) => [seen.network, minutesAgo(seen.at)]),
      [
        ['198.51.100.7', 1],
        ['192.0.2.1', 3],
      ],
    )
  })
})
