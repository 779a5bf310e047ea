import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type TestWorld, testApp, testWorld } from '../../testing/world.ts'
import { days, hours, minutes, seconds } from '../clock.ts'
import { transact } from '../database/db.ts'
import { systemRandom } from '../random.ts'
import { pauseAfter, RefusedForGood } from './dispatcher.ts'
import type { Message } from './outbox.ts'
import { deliveryOf, takeDue } from './store.ts'
import { dispatcherOf, job, letter, post } from './testing/messages.ts'

const stateOf = async (world: TestWorld) => (await deliveryOf(world, 'r'))?.state

suite('the outbox', () => {
  test('what is rolled back never leaves', async () => {
    const world = await testWorld()
    const carried: string[] = []
    await assert.rejects(
      transact(world.db, async (tx) => {
        await world.outbox.post(tx, letter())
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
    await post(world, letter({ usefulFor: days(2) }))
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
    const kept = await world.db.selectFrom('outbox').select(['state', 'last_answer']).executeTakeFirstOrThrow()
    assert.deepEqual([kept.state, kept.last_answer], ['dead', '550 no such mailbox'])
    await post(world, job)
    await dispatcherOf(world, async () => 'done').drain()
    assert.deepEqual((await world.metrics.text()).match(/^passerelle_outbox_total.*$/gm)?.sort(), [
      'passerelle_outbox_total{topic="job",outcome="done"} 1',
      'passerelle_outbox_total{topic="mail",outcome="dead"} 1',
    ])
  })
  test('a code is not sent after it has stopped working', async () => {
    const world = await testWorld()
    await post(world, letter({ usefulFor: minutes(30) }))
    world.clock.advance(minutes(31))
    let attempts = 0
    await dispatcherOf(world, async () => String(attempts++)).drain()
    assert.deepEqual([attempts, await stateOf(world)], [0, 'dead'])
  })
  test('what was tried in vain until it was useless still says why', async () => {
    const world = await testWorld()
    await post(world, letter({ usefulFor: minutes(1) }))
    const dispatcher = dispatcherOf(world, async () => {
      throw new Error('401 who are you?')
    })
    await dispatcher.drain()
    world.clock.advance(minutes(2))
    await dispatcher.drain()
    const delivery = await deliveryOf(world, 'r')
    assert.deepEqual([delivery?.state, delivery?.answer], ['dead', 'no longer useful; before: 401 who are you?'])
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

test('a name nobody declared and wrong facts do not compile', async () => {
  const said = { topic: 'mail', account: null, to: 'a@x.ca' } as const
  const wrong: Message[] = [
    // @ts-expect-error no letter has the name
    { ...said, name: 'adress-dropped', facts: { brand: { name: 'Passerelle' } } },
    // @ts-expect-error the letter wants another fact
    { ...said, name: 'address-dropped', facts: { bran: 'Passerelle' } },
    // @ts-expect-error it is a letter, not a job
    { ...said, topic: 'job', name: 'address-dropped', facts: { brand: { name: 'Passerelle' } } },
  ]
  const world = await testWorld()
  const { dispatcher } = await testApp(world)
  for (const message of wrong.slice(0, 1)) await post(world, { ...message, reference: 'r' })
  await dispatcher.drain()
  assert.equal((await deliveryOf(world, 'r'))?.answer, 'nobody reads messages with the name adress-dropped')
})
