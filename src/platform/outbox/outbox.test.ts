import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { after, days, hours, minutes, seconds } from '../clock.ts'
import { transact } from '../database/db.ts'
import { systemRandom } from '../random.ts'
import { CARRYING_TAKES_AT_MOST, type Carrier, makeDispatcher, pauseAfter, RefusedForGood } from './dispatcher.ts'
import type { Message } from './outbox.ts'
import { backlog, deliveryOf, takeDue } from './store.ts'

const SECRET = 'a code that nobody must read: 482913'

const post = (world: TestWorld, usefulFor = hours(1), more: Partial<Message> = {}) =>
  transact(world.db, (tx) =>
    world.outbox.post(tx, {
      topic: 'mail',
      name: 'letter',
      account: null,
      to: 'a@x.ca',
      facts: { code: SECRET },
      reference: 'r',
      usefulFor,
      ...more,
    }),
  )
const carriersOf = (carrier: Carrier) => ({
  mail: carrier,
  sms: carrier,
  voice: carrier,
  job: carrier,
  logout: carrier,
})
const dispatcherOf = (world: TestWorld, carrier: Carrier) => makeDispatcher(world, carriersOf(carrier))
const stateOf = async (world: TestWorld) => (await deliveryOf(world, 'r'))?.state

suite('the outbox', () => {
  test('what is rolled back never leaves', async () => {
    const world = await testWorld()
    const carried: string[] = []
    await assert.rejects(
      transact(world.db, async (tx) => {
        await world.outbox.post(tx, { topic: 'mail', name: 'letter', account: null, to: 'a@x.ca', facts: {} })
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
    const kept = await world.db.selectFrom('outbox').select(['state', 'last_answer']).executeTakeFirstOrThrow()
    assert.deepEqual([kept.state, kept.last_answer], ['dead', '550 no such mailbox'])
  })
  test('a code is not sent after it has stopped working', async () => {
    const world = await testWorld()
    await post(world, minutes(30))
    world.clock.advance(minutes(31))
    let attempts = 0
    await dispatcherOf(world, async () => String(attempts++)).drain()
    assert.deepEqual([attempts, await stateOf(world)], [0, 'dead'])
  })
  test('what was tried in vain until it was useless still says why', async () => {
    const world = await testWorld()
    await post(world, minutes(1))
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

/** A dispatcher that runs, and what it has begun to carry, by name; `until` waits for so many of them. */
function running(world: TestWorld, answers: (name: string) => Promise<string>) {
  const begun: string[] = []
  let look = (): void => {}
  const carrier: Carrier = ({ name }) => {
    begun.push(name)
    look()
    return answers(name)
  }
  const dispatcher = dispatcherOf(world, carrier)
  const until = (names: readonly string[]) =>
    new Promise<void>((resolve) => {
      look = () => names.every((name) => begun.includes(name)) && resolve()
      look()
    })
  dispatcher.start()
  return { begun, until, stop: () => dispatcher.stop(seconds(0.01)) }
}
const never = new Promise<string>(() => {})

suite('what waits for nobody else', { timeout: 20_000 }, () => {
  test('a product that never answers holds back no letter, no job and no other product', async () => {
    const world = await testWorld()
    for (let n = 0; n < 40; n++) await post(world, hours(1), { topic: 'logout', name: 'silent' })
    await post(world, hours(1), { name: 'sign-up-code' })
    await post(world, hours(1), { topic: 'job', name: 'sign-up-letter' })
    await post(world, hours(1), { topic: 'logout', name: 'healthy' })
    const { begun, until, stop } = running(world, async (name) => (name === 'silent' ? never : 'taken'))
    await until(['sign-up-code', 'sign-up-letter', 'healthy'])
    assert.ok(begun.filter((name) => name === 'silent').length <= 16, 'and is not asked forty times at once')
    while ((await backlog(world.db, world.clock.now())).waiting > 40);
    await stop()
    const untouched = world.db
      .selectFrom('outbox')
      .select('id')
      .where('state', '=', 'waiting')
      .where('attempts', '=', 0)
    assert.equal((await untouched.execute()).length, 40, 'given back')
  })
  test('a letter that hangs holds back none of those behind it', async () => {
    const world = await testWorld()
    await post(world, hours(1), { name: 'hangs' })
    const names = Array.from({ length: 40 }, (_, n) => `letter ${n}`)
    for (const name of names) await post(world, hours(1), { name })
    const { until, stop } = running(world, async (name) => (name === 'hangs' ? never : 'taken'))
    await until(names)
    await stop()
  })
})

suite('a lease outlives what is carried under it', () => {
  test('what the database was slow to give is not begun, and is carried once its lease has ended', async () => {
    const world = await testWorld()
    await post(world)
    let carried = 0
    const began = world.clock.now()
    const times = [began, after(began, seconds(41))]
    const clock = { now: () => times.shift() ?? world.clock.now() }
    const slow = makeDispatcher(
      { ...world, clock },
      carriersOf(async () => String(++carried)),
    )
    await slow.drain()
    assert.equal(carried, 0)
    world.clock.advance(seconds(91))
    await slow.drain()
    assert.equal(carried, 1)
  })
  test('nobody else takes what is being carried as long as it may take', async () => {
    const world = await testWorld()
    await post(world)
    const { until, stop } = running(world, () => never)
    await until(['letter'])
    const during = after(world.clock.now(), { ms: CARRYING_TAKES_AT_MOST.ms + seconds(30).ms })
    assert.deepEqual(await takeDue(world.db, during, seconds(1), 1), [])
    await stop()
  })
  test('an attempt that ends late does not put off the one that was begun meanwhile', async () => {
    const world = await testWorld()
    await post(world)
    let fail: (error: Error) => void = () => {}
    const first = dispatcherOf(world, () => new Promise((_, reject) => (fail = reject))).drain()
    while ((await deliveryOf(world, 'r'))?.attempts !== 1);
    world.clock.advance(seconds(91))
    const [second] = await takeDue(world.db, world.clock.now(), seconds(90), 1)
    fail(new Error('closed'))
    await first
    const row = await world.db.selectFrom('outbox').select(['attempts', 'due_at']).executeTakeFirstOrThrow()
    assert.deepEqual([row.attempts, row.due_at], [2, second?.due_at])
  })
})
