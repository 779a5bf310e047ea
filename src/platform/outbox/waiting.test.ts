/** A message that waits for its time, however long that is. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { after, days, minutes } from '../clock.ts'
import { transact } from '../database/db.ts'
import { type Carrier, makeDispatcher } from './dispatcher.ts'
import { backlog } from './store.ts'
import { job } from './testing/messages.ts'

const never: Carrier = async () => assert.fail('it is a job')
const dispatcherOf = (world: TestWorld, job: Carrier) =>
  makeDispatcher(world, { mail: never, sms: never, voice: never, logout: never, job })

async function waiting() {
  const world = await testWorld()
  const notBefore = after(world.clock.now(), days(7))
  await transact(world.db, (tx) => world.outbox.post(tx, { ...job, notBefore }))
  return { world, notBefore }
}

suite('a job that waits for a week', () => {
  test('is tried again where it fails when its time has come: it is not late by having waited', async () => {
    const { world } = await waiting()
    let tries = 0
    const dispatcher = dispatcherOf(world, async () => {
      if (++tries < 3) throw new Error('the database was away')
      return 'done'
    })
    await dispatcher.drain()
    assert.equal(tries, 0)
    world.clock.advance(days(7))
    for (const expected of [1, 2, 3, 3]) {
      await dispatcher.drain()
      assert.equal(tries, expected)
      world.clock.advance(minutes(1))
    }
  })

  test('is no message that waits to leave, and not the oldest of them, before its time', async () => {
    const { world, notBefore } = await waiting()
    const now = () => backlog(world.db, world.clock.now())
    assert.deepEqual(await now(), { waiting: 0, oldest: null })
    world.clock.advance(days(7))
    assert.deepEqual(await now(), { waiting: 1, oldest: notBefore })
  })
})
