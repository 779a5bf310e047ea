import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hours, minutes, seconds } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { race } from '../../testing/race.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { emailKey, parseEmail } from '../model/account/email.ts'
import { counterKey } from './counters/store.ts'
import { clearFailures, countSignIn, countSignInAttempt, forgetFailures, liftBlock } from './sign-in-lockout.ts'

function who(typed: string, network = '192.0.2.1', browser = '') {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return { address: emailKey(parsed.email), network, browser }
}
const marie = who('marie@x.ca')
const looked = async (world: TestWorld, one = marie) => (await countSignIn(world, one)) !== undefined

/** How long a try that was not looked at has to wait still, in seconds. */
async function secondsLeft(world: TestWorld, browser: string): Promise<number> {
  const rows = await world.db.selectFrom('sign_in_guards').selectAll().where('browser_mark', '=', browser).execute()
  const ends = rows.flatMap((row) => [row.waits_until, row.blocked_until].map((end) => end?.getTime() ?? 0))
  return Math.ceil((Math.max(...ends) - world.clock.now().getTime()) / 1_000)
}

/** Fails as soon as a try is looked at, again and again; answers how long each wait was, in seconds. */
async function waitsOf(world: TestWorld, tries: number, one = marie): Promise<number[]> {
  const waits: number[] = []
  for (let n = 0; n < tries; n++) {
    const isLookedAt = await looked(world, one)
    const wait = isLookedAt ? 0 : await secondsLeft(world, one.browser)
    if (!isLookedAt) {
      world.clock.advance(seconds(wait - 1))
      assert.equal(await looked(world, one), false, 'a second before its end')
      world.clock.advance(seconds(1))
      assert.ok(await looked(world, one))
    }
    waits.push(wait)
  }
  return waits
}

suite('D1: failures in a row', () => {
  test('wait from the 4th, twice as long each time, and the 10th blocks for an hour', async () => {
    const world = await testWorld()
    assert.deepEqual(await waitsOf(world, 11), [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 3600])
  })
  test('a try made while waiting does not make the wait longer', async () => {
    const world = await testWorld()
    await waitsOf(world, 4)
    for (let n = 0; n < 20; n++) assert.equal(await looked(world), false)
    world.clock.advance(seconds(30))
    assert.ok(await looked(world))
  })
  test('D6: blocks last longer each time, to a day', async () => {
    const world = await testWorld()
    const blocks: number[] = []
    for (let n = 0; n < 7; n++) blocks.push((await waitsOf(world, 10))[0] ?? 0)
    assert.deepEqual(
      blocks.map((wait) => wait / 3600),
      [0, 1, 2, 4, 8, 16, 24],
    )
  })
  test('the 100th in a row, ever, turns the password off, until it is reset', async () => {
    const world = await testWorld()
    await waitsOf(world, 99)
    world.clock.advance(hours(25))
    const last = await countSignIn(world, marie)
    assert.ok(last?.off)
    world.clock.advance(hours(24 * 60))
    assert.equal(await looked(world), false)
    await transact(world.db, (tx) => liftBlock(world, tx, marie.address))
    assert.equal(await looked(world), false, 'a link that lifts a block does not bring it back')
    await transact(world.db, (tx) => forgetFailures(world, tx, marie.address))
    assert.ok(await looked(world))
  })
  test('a success begins afresh', async () => {
    const world = await testWorld()
    for (let n = 0; n < 3; n++) await looked(world)
    await clearFailures(world, marie)
    assert.deepEqual(await waitsOf(world, 4), [0, 0, 0, 0])
  })
})

suite('D5: a browser used before has a counter to itself', () => {
  test('what strangers do does not count for it, nor what it does for them', async () => {
    const world = await testWorld()
    await waitsOf(world, 10)
    const own = who('marie@x.ca', '192.0.2.1', 'the mark of a known browser')
    assert.equal(await looked(world), false)
    assert.deepEqual(await waitsOf(world, 4, own), [0, 0, 0, 0])
    await clearFailures(world, own)
    assert.equal(await looked(world), false, 'the owner’s success lifts no block of strangers')
  })
})

suite('X3: who shares a network with somebody who fails and fails', () => {
  const KNOWN = 'the mark of a known browser'
  const few = { PASSERELLE_NETWORK_TRIES: '10' }

  test('is looked at in a browser that their account trusts, which feeds nothing either', async () => {
    const world = await testWorld(few)
    for (let n = 0; n < 30; n++) await looked(world, who(`a${n}@x.ca`, '192.0.2.1', `${KNOWN} of a${n}`))
    assert.ok(await looked(world), 'known browsers have fed the network')
    for (let n = 0; n < 30; n++) await looked(world, who(`b${n}@x.ca`))
    assert.equal(await looked(world, who('c@x.ca')), false)
    assert.ok(await looked(world, who('c@x.ca', '192.0.2.1', KNOWN)))
  })
  test('is looked at elsewhere once some work is proved', async () => {
    const world = await testWorld(few)
    for (let n = 0; n < 30; n++) await looked(world, who(`b${n}@x.ca`))
    assert.equal(await countSignInAttempt(world, who('c@x.ca'), false), 'unproven')
    assert.equal(typeof (await countSignInAttempt(world, who('c@x.ca'), true)), 'object')
  })
  test('tries that wait, are blocked, or lack a proof count for nothing', async () => {
    const world = await testWorld(few)
    await waitsOf(world, 10)
    for (let n = 0; n < 50; n++) assert.equal(await looked(world), false)
    world.clock.advance(minutes(16)) // what was looked at on the way to the block is forgotten, the block is not
    for (let n = 0; n < 50; n++) assert.equal(await countSignInAttempt(world, marie, false), 'waits')
    for (let n = 0; n < 10; n++) assert.ok(await looked(world, who(`a${n}@x.ca`)), `${n}`)
    for (let n = 0; n < 50; n++) assert.equal(await looked(world, who('b@x.ca')), false)
    const rows = await world.db
      .selectFrom('tries')
      .select('count')
      .where('key', '=', counterKey('sign-in-network', '192.0.2.1'))
      .execute()
    assert.deepEqual(rows, [{ count: 10 }])
  })
  test('64 at once for one address: the four that are looked at count, and no other', async () => {
    const world = await testWorld()
    const counts: number[] = []
    await race(async (round) => {
      const network = `10.0.${round}.1`
      if (round > 0) counts.push(await countOf(world, `10.0.${round - 1}.1`))
      return async () => !!(await countSignIn(world, who(`r${round}@x.ca`, network)))
    }, 20)
    assert.deepEqual(counts, Array(19).fill(4))
  })
})

const countOf = async ({ db }: TestWorld, network: string): Promise<number> =>
  (
    await db
      .selectFrom('tries')
      .select('count')
      .where('key', '=', counterKey('sign-in-network', network))
      .executeTakeFirst()
  )?.count ?? 0

suite('Z3: counting before work', () => {
  test('64 at once are no more than one after another: four, then all wait', async () => {
    const world = await testWorld()
    const rounds = 50
    const looked = await race(
      async (round) => async () => !!(await countSignIn(world, who(`r${round}@x.ca`, `10.0.${round}.1`))),
      rounds,
    )
    assert.deepEqual(looked, Array(rounds).fill(4))
  })
  test('64 at once at the end of a block are four again', async () => {
    const world = await testWorld({ PASSERELLE_SIGN_IN_TRIES: '5', PASSERELLE_WAIT_FROM: '4' })
    await waitsOf(world, 5)
    const looked = await race(async () => {
      world.clock.advance(hours(24))
      await transact(world.db, (tx) => liftBlock(world, tx, marie.address))
      return async () => !!(await countSignIn(world, marie))
    }, 10)
    assert.deepEqual(looked, Array(10).fill(4))
  })
  test('every way to write an address is one count', async () => {
    const world = await testWorld({ PASSERELLE_WAIT_FROM: '3' })
    const forms = ['marie@x.ca', 'MARIE@X.CA', 'Marie@x.ca', 'ｍarie@x.ca']
    const seen: boolean[] = []
    for (const [n, form] of forms.entries()) seen.push(await looked(world, who(form, `10.0.0.${n}`)))
    assert.deepEqual(seen, [true, true, true, false])
  })
  test('a network that tries many addresses is stopped, other networks are not, and its tries count for nobody', async () => {
    const world = await testWorld({ PASSERELLE_NETWORK_TRIES: '10' })
    for (let n = 0; n < 10; n++) assert.ok(await looked(world, who(`a${n}@x.ca`)))
    for (let n = 0; n < 20; n++) assert.equal(await looked(world, who('b@x.ca')), false)
    assert.ok(await looked(world, who('b@x.ca', '192.0.2.2')))
    world.clock.advance(minutes(16))
    assert.ok(await looked(world, who('b@x.ca')))
  })
  test('a network is not blamed for those who sign in rightly, however many', async () => {
    const world = await testWorld({ PASSERELLE_NETWORK_TRIES: '10' })
    for (let n = 0; n < 50; n++) {
      assert.ok(await looked(world, who(`a${n}@x.ca`)), `the ${n}th`)
      await clearFailures(world, who(`a${n}@x.ca`))
    }
  })
  test('no address stands in the tables', async () => {
    const world = await testWorld()
    await looked(world)
    const rows = [
      await world.db.selectFrom('tries').selectAll().execute(),
      await world.db.selectFrom('sign_in_guards').selectAll().execute(),
    ]
    assert.equal(rows[1]?.length, 1)
    assert.ok(!JSON.stringify(rows).includes('marie'))
  })
})
