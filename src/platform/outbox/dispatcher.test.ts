import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testWorld } from '../../testing/world.ts'
import { after, seconds } from '../clock.ts'
import { CARRYING_TAKES_AT_MOST, makeDispatcher } from './dispatcher.ts'
import { backlog, deliveryOf, takeDue } from './store.ts'
import { carriersOf, dispatcherOf, job, letter, logout, never, post, running } from './testing/messages.ts'

suite('what waits for nobody else', { timeout: 20_000 }, () => {
  test('a product that never answers holds back no letter, no job and no other product', async () => {
    const world = await testWorld()
    for (let n = 0; n < 40; n++) await post(world, logout('silent'))
    await post(world)
    await post(world, job)
    await post(world, logout('healthy'))
    const { begun, until, stop } = running(world, async (name) => (name === 'silent' ? never : 'taken'))
    await until(['a@x.ca', 'older-way-asked', 'healthy'])
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
    await post(world, letter({ to: 'hangs@x.ca' }))
    const names = Array.from({ length: 40 }, (_, n) => `${n}@x.ca`)
    for (const to of names) await post(world, letter({ to }))
    const { until, stop } = running(world, async (to) => (to === 'hangs@x.ca' ? never : 'taken'))
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
    await until(['a@x.ca'])
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
