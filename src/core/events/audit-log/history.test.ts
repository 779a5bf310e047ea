import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expiring } from '../../../app/expiring.ts'
import { system } from '../../../platform/actor.ts'
import { days } from '../../../platform/clock.ts'
import { clearAway } from '../../../platform/database/clear-away.ts'
import { transact } from '../../../platform/database/db.ts'
import { CALLERS } from '../../../testing/race.ts'
import { record } from '../../../testing/record.ts'
import { type TestWorld, testWorld } from '../../../testing/world.ts'
import type { AccountId } from '../../model/account/store.ts'
import type { EventKind } from '../catalogue.ts'
import { beginning, type ChainPosition } from './chain.ts'
import { forgetPerson, forgetStrangers, historyOf } from './history.ts'
import { walk } from './verify.ts'

const maya = 'acc_maya' as AccountId
const nadia = 'acc_nadia' as AccountId
const actor = { ...system, network: '192.0.2.7', userAgent: 'Firefox on a slow train' }

const write = (world: TestWorld, account: AccountId | undefined, kind: EventKind = 'signed-in', more: object = {}) =>
  transact(world.db, (tx) => record(world, tx, { kind, ...(account && { account }), actor, ...more }))

/** How a walk over the whole log ends. */
async function verified(world: TestWorld) {
  let at: ChainPosition = beginning
  for (;;) {
    const step = await walk(world, at, 1_000)
    if (step.done) return { rows: step.at.seq, flaw: step.flaw }
    at = step.at
  }
}

test('Z6: parallel writers leave a chain without gaps and forks, whatever they do beside it', async () => {
  const world = await testWorld()
  for (let round = 0; round < 5; round++)
    await Promise.all(
      Array.from({ length: CALLERS }, (_, n) =>
        transact(world.db, async (tx) => {
          // Two acts of one transaction, and rows locked in another order by every second one.
          await record(world, tx, { kind: 'signed-in', account: maya, actor, facts: { round, n } })
          const names = n % 2 ? ['a', 'b'] : ['b', 'a']
          for (const key of names.toSorted())
            await tx
              .insertInto('tries')
              .values({ key: `code-tries ${key}`, count: n, expires_at: world.clock.now() })
              .onConflict((conflict) => conflict.column('key').doUpdateSet({ count: n }))
              .execute()
          await record(world, tx, { kind: 'signed-out', account: nadia, actor })
        }),
      ),
    )
  assert.deepEqual(await verified(world), { rows: 5 * 2 * CALLERS, flaw: null })
})

test('Z6: an act is written with its transaction, or not at all', async () => {
  const world = await testWorld()
  await write(world, maya)
  const failing = transact(world.db, async (tx) => {
    await record(world, tx, { kind: 'signed-out', account: maya, actor })
    throw new Error('no')
  })
  await assert.rejects(failing, /^Error: no$/)
  await write(world, maya, 'signed-out')
  assert.deepEqual(await verified(world), { rows: 2, flaw: null })
  assert.deepEqual(
    (await historyOf(world.db, maya, { except: ['keys-rotated'], before: undefined, count: 10 }))
      .map(({ kind }) => kind)
      .toSorted(),
    ['signed-in', 'signed-out'],
  )
})

test('Z6: a row is one statement, begin and commit aside', async () => {
  const world = await testWorld()
  const statements = await world.statementsOf(() => write(world, maya))
  assert.equal(statements.length, 3)
})

test('Z6: whatever the facts look like, they verify as they were written', async () => {
  const world = await testWorld()
  const odd = {
    z: 1,
    a: { ü: 'é\u2028"\\', b: [1.5, -0, 1e21, { y: null, x: [] }] },
    when: new Date(0),
    left: undefined,
  }
  await write(world, maya, 'signed-in', { facts: odd, personal: { email: 'maya@example.com', odd } })
  await write(world, undefined, 'keys-rotated', { actor: { ...actor, userAgent: '😀'.repeat(100) } })
  assert.deepEqual(await verified(world), { rows: 2, flaw: null })
})

test('Z6: the chain survives that a person is forgotten, and only that', async () => {
  const world = await testWorld()
  for (let n = 0; n < 3; n++) {
    await write(world, maya, 'signed-in', { personal: { email: 'maya@example.com' } })
    await write(world, nadia, 'signed-in', { personal: { email: 'nadia@example.com' } })
  }
  const erase = async (account: AccountId, andSayIt: boolean) =>
    transact(world.db, async (tx) => {
      if (andSayIt) await record(world, tx, { kind: 'account-erased', account, actor: system })
      await forgetPerson(tx, account)
    })
  await erase(maya, true)
  assert.deepEqual(await verified(world), { rows: 7, flaw: null })
  const kept = JSON.stringify(await world.db.selectFrom('history').selectAll().where('account_id', '=', maya).execute())
  assert.doesNotMatch(kept, /example\.com|192\.0\.2|Firefox/)

  await erase(nadia, false)
  const { flaw } = await verified(world)
  assert.deepEqual([flaw?.kind, flaw?.seq], ['personal', 2])
})

test('X13 Z6: who was refused at an address without an account is forgotten after a while, and the chain holds', async () => {
  const world = await testWorld()
  await write(world, undefined, 'sign-in-refused')
  await write(world, undefined, 'keys-rotated')
  await write(world, maya, 'sign-in-refused')
  world.clock.advance(days(89))
  await write(world, undefined, 'sign-in-refused')
  const networks = async () =>
    (await world.db.selectFrom('history').select('network').orderBy('id').execute()).map(
      ({ network }) => network !== '',
    )
  await clearAway(world, expiring)
  assert.deepEqual(await networks(), [true, true, true, true])
  world.clock.advance(days(2))
  await clearAway(world, expiring)
  assert.deepEqual(await networks(), [false, true, true, true])
  assert.deepEqual(await verified(world), { rows: 4, flaw: null })

  await forgetStrangers({ ...world, figures: { strangersKept: days(1) } }, world.clock.now(), 10)
  assert.deepEqual(await networks(), [false, true, true, false])
  const { flaw } = await verified(world)
  assert.deepEqual([flaw?.kind, flaw?.seq], ['personal', 4], 'nobody makes the log forget what was lately')
})
