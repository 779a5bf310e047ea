import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { ROUNDS, race } from '../../testing/race.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { codeOf, draw, lookAtLink, type Purpose, purposes, takeCode, takeLink, tryCode } from './one-time.ts'

const put = (world: TestWorld, purpose: Purpose, subject = 'subject') =>
  transact(world.db, (tx) => draw(world, tx, { purpose, subject, lives: minutes(30), tries: 5 }))
const take = (world: TestWorld, purpose: Purpose, subject = 'subject') =>
  transact(world.db, (tx) => takeCode(world, tx, purpose, subject))
const takeByLink = (world: TestWorld, purpose: Purpose, link: string) =>
  transact(world.db, (tx) => takeLink(world, tx, purpose, link))
const anotherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

suite('Z2: codes and links', () => {
  test('a code works once, and its link with it', async () => {
    const world = await testWorld()
    const { code, link } = await put(world, 'sign-up')
    assert.match(code, /^\d{6}$/)
    assert.equal(await tryCode(world, 'sign-up', 'subject', ` ${code.slice(0, 3)} ${code.slice(3)} `), 'fits')
    assert.equal(await take(world, 'sign-up'), true)
    assert.equal(await tryCode(world, 'sign-up', 'subject', code), 'code-expired')
    assert.equal(await lookAtLink(world, 'sign-up', link), undefined)
    assert.equal(await takeByLink(world, 'sign-up', link), undefined)
  })
  test('looking at a link changes nothing, taking it ends the code', async () => {
    const world = await testWorld()
    const { code, link } = await put(world, 'sign-up')
    for (let n = 0; n < 20; n++) assert.equal(await lookAtLink(world, 'sign-up', link), 'subject')
    assert.equal(await takeByLink(world, 'sign-up', link), 'subject')
    assert.equal(await tryCode(world, 'sign-up', 'subject', code), 'code-expired')
  })
  test('five tries, counted before the look', async () => {
    const world = await testWorld()
    const { code } = await put(world, 'sign-up')
    const wrong = anotherCode(code)
    for (let n = 1; n <= 4; n++) assert.equal(await tryCode(world, 'sign-up', 'subject', wrong), 'code-wrong')
    assert.equal(await tryCode(world, 'sign-up', 'subject', wrong), 'code-used-up')
    assert.equal(await tryCode(world, 'sign-up', 'subject', code), 'code-used-up')
    assert.equal(await take(world, 'sign-up'), false)
  })
  test('30 minutes, to the second', async () => {
    const world = await testWorld()
    const { code, link } = await put(world, 'sign-up')
    world.clock.advance(seconds(30 * 60 - 2))
    assert.equal(await lookAtLink(world, 'sign-up', link), 'subject')
    world.clock.advance(seconds(3))
    assert.equal(await tryCode(world, 'sign-up', 'subject', code), 'code-expired')
    assert.equal(await lookAtLink(world, 'sign-up', link), undefined)
    assert.equal(await takeByLink(world, 'sign-up', link), undefined)
  })
  test('only the newest works', async () => {
    const world = await testWorld()
    const [first, second] = [await put(world, 'sign-up'), await put(world, 'sign-up')]
    assert.equal(await lookAtLink(world, 'sign-up', first.link), undefined)
    if (first.code !== second.code) assert.equal(await tryCode(world, 'sign-up', 'subject', first.code), 'code-wrong')
    assert.equal(await tryCode(world, 'sign-up', 'subject', second.code), 'fits')
  })
  test('one of one purpose never opens another', async () => {
    const world = await testWorld()
    for (const made of purposes)
      for (const asked of purposes.filter((purpose) => purpose !== made)) {
        const { code, link } = await put(world, made)
        await put(world, asked)
        assert.equal(await lookAtLink(world, asked, link), undefined, `${made} opened ${asked}`)
        assert.equal(await takeByLink(world, asked, link), undefined)
        const other = await tryCode(world, asked, 'subject', code)
        assert.notEqual(other, 'fits', `the code of ${made} fitted ${asked}`)
      }
  })
  test('nothing of a secret stands in the database', async () => {
    const world = await testWorld()
    const { code, link } = await put(world, 'reset')
    const stored = JSON.stringify(await world.db.selectFrom('one_time_secrets').selectAll().execute())
    assert.ok(!stored.includes(link) && !stored.includes(code))
  })
  test('codes are spread evenly over their million', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    const drawn = 20_000
    for (let n = 0; n < drawn; n++) {
      const tenth = Math.floor(Number(codeOf(`link ${n}`)) / 100_000)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    const chi = tenths.reduce((sum, count) => sum + (count - drawn / 10) ** 2 / (drawn / 10), 0)
    assert.ok(chi < 27.9, `chi-square ${chi} with 9 degrees of freedom (p = 0.001 is 27.9)`)
  })
})

suite('Z3: 64 at once, 200 rounds, every purpose', () => {
  for (const purpose of purposes) {
    test(`${purpose}: exactly one takes the link`, async () => {
      const world = await testWorld()
      const successes = await race(async () => {
        const { link } = await put(world, purpose)
        return async () => (await takeByLink(world, purpose, link)) !== undefined
      })
      assert.deepEqual(successes, Array(ROUNDS).fill(1))
    })
    test(`${purpose}: exactly one takes the code`, async () => {
      const world = await testWorld()
      const successes = await race(async () => {
        await put(world, purpose)
        return () => take(world, purpose)
      })
      assert.deepEqual(successes, Array(ROUNDS).fill(1))
    })
    test(`${purpose}: of 64 guesses at once, five are looked at`, async () => {
      const world = await testWorld()
      const looked = await race(async () => {
        const { code } = await put(world, purpose)
        return async (n) =>
          (await tryCode(world, purpose, 'subject', n === 63 ? code : anotherCode(code))) === 'code-wrong'
      })
      assert.ok(
        looked.every((count) => count <= 5),
        `at most 5, not ${Math.max(...looked)}`,
      )
    })
  }
})
