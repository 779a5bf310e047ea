import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { days, hours, minutes, seconds } from '../clock.ts'
import { transact } from '../database/db.ts'
import { systemRandom } from '../random.ts'
import { type Carrier, makeDispatcher, pauseAfter, RefusedForGood } from './dispatcher.ts'
import { deliveryOf, takeDue } from './store.ts'

const SECRET = 'a code that nobody must read: 482913'

const post = (world: TestWorld, usefulFor = hours(1)) =>
  transact(world.db, (tx) =>
    world.outbox.post(tx, {
      topic: 'mail',
      name: 'letter',
      to: 'a@x.ca',
      facts: { code: SECRET },
      reference: 'r',
      usefulFor,
    }),
  )
const dispatcherOf = (world: TestWorld, mail: Carrier) => makeDispatcher(world, { mail, job: mail, logout: mail })
const stateOf = async (world: TestWorld) => (await deliveryOf(world.db, 'r'))?.state

suite('the outbox', () => {
  test('what is rolled back never leaves', async () => {
    const world = await testWorld()
    const carried: string[] = []
    await assert.rejects(
      transact(world.db, async (tx) => {
        await world.outbox.post(tx, { topic: 'mail', name: 'letter', to: 'a@x.ca', facts: {} })
        throw new Error('changed my mind')
      }),
    )
    await dispatcherOf(world, async ({ id }) => String(carried.push(id))).drain()
    assert.deepEqual(carried, [])
  })
  test('facts are sealed in the table, and gone once the message is carried out', async () => {
    const world = await testWorld()
    await post(world)
    const rows = () => world.db.selectFrom('outbox').selectAll().execute()
    assert.ok(!JSON.stringify(await rows()).includes('482913'))
    let seen = ''
    await dispatcherOf(world, async ({ facts }) => {
      seen = facts
      return '250 ok'
    }).drain()
    assert.match(seen, /482913/)
    assert.deepEqual(
      (await rows()).map(({ state, sealed_facts, last_answer }) => [state, sealed_facts, last_answer]),
      [['done', null, '250 ok']],
    )
  })
  test('what fails is tried again, later and later, under the same id', async () => {
    const world = await testWorld()
    await post(world, days(2))
    const ids: string[] = []
    const dispatcher = dispatcherOf(world, async ({ id }) => {
      ids.push(id)
      if (ids.length < 4) throw new Error('451 later')
      return '250 ok'
    })
    await dispatcher.drain()
    assert.equal(ids.length, 1, 'not at once')
    for (const pause of [18, 36, 72]) {
      world.clock.advance(seconds(pause))
      await dispatcher.drain()
    }
    assert.equal(ids.length, 4)
    assert.equal(new Set(ids).size, 1)
    assert.equal(await stateOf(world), 'done')
  })
  test('refused for good is kept, not tried again', async () => {
    const world = await testWorld()
    await post(world)
    let attempts = 0
    const dispatcher = dispatcherOf(world, async () => {
      attempts++
      throw new RefusedForGood('550 no such mailbox')
    })
    await dispatcher.drain()
    world.clock.advance(days(1))
    await dispatcher.drain()
    assert.equal(attempts, 1)
    const delivery = await deliveryOf(world.db, 'r')
    assert.deepEqual([delivery?.state, delivery?.answer], ['dead', '550 no such mailbox'])
  })
  test('a code is not sent after it has stopped working', async () => {
    const world = await testWorld()
    await post(world, minutes(30))
    world.clock.advance(minutes(31))
    let attempts = 0
    await dispatcherOf(world, async () => String(attempts++)).drain()
    assert.deepEqual([attempts, await stateOf(world)], [0, 'dead'])
  })
  test('a dispatcher that died loses nothing: its lease ends and another carries the message out', async () => {
    const world = await testWorld()
    await post(world)
    assert.equal((await takeDue(world.db, world.clock.now(), seconds(60), 10)).length, 1)
    let carried = 0
    const dispatcher = dispatcherOf(world, async () => String(carried++))
    await dispatcher.drain()
    assert.equal(carried, 0, 'while the lease lasts')
    world.clock.advance(seconds(61))
    await dispatcher.drain()
    assert.equal(carried, 1)
  })
  test('an orderly stop gives back what has not ended', async () => {
    const world = await testWorld()
    await post(world)
    const never = dispatcherOf(world, () => new Promise(() => {}))
    never.start()
    while ((await takeDue(world.db, world.clock.now(), seconds(0), 1)).length > 0);
    await never.stop(seconds(0.01))
    let carried = 0
    await dispatcherOf(world, async () => String(carried++)).drain()
    assert.equal(carried, 1)
  })
  test('several dispatchers carry each message out once', async () => {
    const world = await testWorld()
    for (let n = 0; n < 100; n++) await post(world)
    const carried: string[] = []
    const dispatchers = Array.from({ length: 4 }, () => dispatcherOf(world, async ({ id }) => String(carried.push(id))))
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.drain()))
    assert.deepEqual([carried.length, new Set(carried).size], [100, 100])
  })
  test('pauses double, spread, and end at four hours', () => {
    for (let attempts = 1; attempts < 30; attempts++) {
      const { ms } = pauseAfter(attempts, systemRandom)
      const middle = Math.min(15_000 * 2 ** (attempts - 1), hours(4).ms)
      assert.ok(ms >= middle * 0.8 && ms <= middle * 1.2)
    }
  })
})
