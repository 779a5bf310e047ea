/** X13: a row of history is a change of state; of what is tried in vain it says how often. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { system } from '../../platform/actor.ts'
import { days, minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { CALLERS } from '../../testing/race.ts'
import { record } from '../../testing/record.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import type { AccountId } from '../model/account/store.ts'
import { beginning } from './audit-log/chain.ts'
import { countsSince, historyOf } from './audit-log/history.ts'
import { walk } from './audit-log/verify.ts'
import type { EventKind } from './catalogue.ts'

const maya = 'acc_maya' as AccountId
const from = (network: string) => ({ ...system, network })
const HOME = '192.0.2.7'
const ATTEMPTS = [
  'sign-in-refused',
  'sign-in-doubted',
  'second-step-refused',
  'passkey-doubted',
  'password-reset-asked',
  'data-exported',
] as const satisfies readonly EventKind[]

const attempt = (world: TestWorld, account: AccountId | undefined, kind: EventKind = 'sign-in-refused', at = HOME) =>
  transact(world.db, (tx) => record(world, tx, { kind, ...(account && { account }), actor: from(at) }))

const EVERYTHING = { except: [], before: undefined, count: 1_000 } as const
const timesTold = async (world: TestWorld, account: AccountId) =>
  (await historyOf(world.db, account, EVERYTHING)).map(({ facts }) => ('times' in facts ? facts.times : 1)).toReversed()

async function rowsOf(world: TestWorld): Promise<number> {
  const { flaw, at } = await walk(world, beginning, 10_000)
  assert.equal(flaw, null, 'the chain holds')
  return at.seq
}

const SINGLY = Array.from({ length: 10 }, () => 1)

suite('X13: tries in vain', () => {
  for (const kind of ATTEMPTS)
    test(`X13: of 400, ${kind}, 15 rows say how often`, async () => {
      const world = await testWorld()
      for (let n = 0; n < 400; n++) await attempt(world, maya, kind)
      assert.deepEqual(await timesTold(world, maya), [...SINGLY, 20, 40, 80, 160, 320])
      assert.equal(await rowsOf(world), 15)
      assert.equal((await countsSince(world.db, maya, new Date(0))).get(kind), 320, 'told, and at least so many')
      world.clock.advance(days(1))
      await attempt(world, maya, kind)
      assert.deepEqual((await timesTold(world, maya)).at(-1), 1, 'a day later the count begins anew')
    })

  test('X13: of callers at once each is counted, and the chain has neither gap nor fork', async () => {
    const world = await testWorld()
    await Promise.all(Array.from({ length: CALLERS }, () => attempt(world, maya)))
    assert.deepEqual((await timesTold(world, maya)).toSorted(), [...SINGLY, 20, 40].toSorted())
    assert.equal(await rowsOf(world), 12)
  })

  test('X13: at addresses without an account, by site, however many addresses there are; accounts have their own', async () => {
    const world = await testWorld()
    for (let n = 0; n < 100; n++) await attempt(world, undefined)
    for (let n = 0; n < 100; n++)
      await attempt(world, undefined, 'sign-in-refused', `2001:db8:7:${n.toString(16)}::/64`)
    assert.equal(await rowsOf(world), 2 * 13)
    await attempt(world, maya)
    assert.deepEqual(await timesTold(world, maya), [1], 'what was tried elsewhere hides nothing from its owner')
  })

  test('X13: a try that is not written is the same statements', async () => {
    const world = await testWorld()
    const first = await world.statementsOf(() => attempt(world, maya))
    for (let n = 0; n < 20; n++) await attempt(world, maya)
    assert.deepEqual(await world.statementsOf(() => attempt(world, maya)), first)
    assert.deepEqual(await world.statementsOf(() => attempt(world, undefined)), first)
    world.clock.advance(minutes(1))
    assert.equal(await rowsOf(world), 12)
  })
})
