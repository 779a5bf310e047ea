import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../../platform/clock.ts'
import { transact } from '../../../platform/database/db.ts'
import { ROUNDS, race } from '../../../testing/race.ts'
import { type TestWorld, testWorld } from '../../../testing/world.ts'
import { codeOf, draw, lookAtLink, takeCode, takeLink, tryCode } from './one-time.ts'
import { type Purpose, purposes } from './purposes.ts'

const put = (world: TestWorld, purpose: Purpose, subject = 'subject') =>
  transact(world.db, (tx) => draw(world, tx, { purpose, subject, lives: minutes(30), tries: 5 }))
const takeByLink = (world: TestWorld, purpose: Purpose, link: string, subject = 'subject') =>
  transact(world.db, (tx) => takeLink(world, tx, purpose, subject, link))
/** Tries a code; answers what takes it, if it fitted. */
async function fitting(world: TestWorld, purpose: Purpose, code: string) {
  const tried = await tryCode(world, purpose, 'subject', code)
  assert.ok(tried.ok)
  return () => transact(world.db, (tx) => takeCode(world, tx, purpose, 'subject', tried.mark))
}
/** Why a code is refused, or `fits`. */
async function say(world: TestWorld, purpose: Purpose, code: string) {
  const tried = await tryCode(world, purpose, 'subject', code)
  return tried.ok ? 'fits' : tried.reason
}
const anotherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

suite('Z2: codes and links', () => {
  test('a code works once, and its link with it', async () => {
    const world = await testWorld()
    const { code, link } = await put(world, 'sign-up')
    assert.match(code, /^\d{6}$/)
    const take = await fitting(world, 'sign-up', ` ${code.slice(0, 3)} ${code.slice(3)} `)
    assert.equal(await take(), true)
    assert.equal(await say(world, 'sign-up', code), 'code-expired')
    assert.equal(await lookAtLink(world, 'sign-up', link), undefined)
    assert.equal(await takeByLink(world, 'sign-up', link), false)
  })
  test('looking at a link changes nothing, taking it ends the code', async () => {
    const world = await testWorld()
    const { code, link } = await put(world, 'sign-up')
    for (let n = 0; n < 20; n++) assert.equal(await lookAtLink(world, 'sign-up', link), 'subject')
    assert.equal(await takeByLink(world, 'sign-up', link, 'somebody else'), false)
    assert.equal(await takeByLink(world, 'sign-up', link), true)
    assert.equal(await say(world, 'sign-up', code), 'code-expired')
  })
  test('five tries, counted before the look', async () => {
    const world = await testWorld()
    const { code } = await put(world, 'sign-up')
    const wrong = anotherCode(code)
    for (let n = 1; n <= 4; n++) assert.equal(await say(world, 'sign-up', wrong), 'code-wrong')
    assert.equal(await say(world, 'sign-up', wrong), 'code-used-up')
    assert.equal(await say(world, 'sign-up', code), 'code-used-up')
  })
  test('30 minutes, to the second', async () => {
    const world = await testWorld()
    const { code, link } = await put(world, 'sign-up')
    world.clock.advance(seconds(30 * 60 - 2))
    assert.equal(await lookAtLink(world, 'sign-up', link), 'subject')
    world.clock.advance(seconds(3))
    assert.equal(await say(world, 'sign-up', code), 'code-expired')
    assert.equal(await lookAtLink(world, 'sign-up', link), undefined)
    assert.equal(await takeByLink(world, 'sign-up', link), false)
  })
  test('only the newest works', async () => {
    const world = await testWorld()
    const [first, second] = [await put(world, 'sign-up'), await put(world, 'sign-up')]
    assert.equal(await lookAtLink(world, 'sign-up', first.link), undefined)
    if (first.code !== second.code) assert.equal(await say(world, 'sign-up', first.code), 'code-wrong')
    assert.equal(await say(world, 'sign-up', second.code), 'fits')
  })
  test('a code that fitted takes nothing that has taken its place meanwhile', async () => {
    const world = await testWorld()
    const take = await fitting(world, 'sign-up', (await put(world, 'sign-up')).code)
    const { link } = await put(world, 'sign-up')
    assert.equal(await take(), false)
    assert.equal(await lookAtLink(world, 'sign-up', link), 'subject')
  })
  test('one of one purpose never opens another', async () => {
    const world = await testWorld()
    for (const made of purposes)
      for (const asked of purposes.filter((purpose) => purpose !== made)) {
        const { code, link } = await put(world, made)
        await put(world, asked)
        assert.equal(await lookAtLink(world, asked, link), undefined, `${made} opened ${asked}`)
        assert.equal(await takeByLink(world, asked, link), false)
        const other = await say(world, asked, code)
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

/** Purposes take turns: what decides a race is one statement, whatever the purpose. */
const purposeOf = (round: number): Purpose => purposes[round % purposes.length] ?? 'sign-up'

suite('Z3: 64 at once, 200 rounds, every purpose', () => {
  test('exactly one takes the link', async () => {
    const world = await testWorld()
    const successes = await race(async (round) => {
      const purpose = purposeOf(round)
      const { link } = await put(world, purpose)
      return () => takeByLink(world, purpose, link)
    })
    assert.deepEqual(successes, Array(ROUNDS).fill(1))
  })
  test('exactly one takes the code', async () => {
    const world = await testWorld()
    const successes = await race(async (round) => {
      const purpose = purposeOf(round)
      const { code } = await put(world, purpose)
      return fitting(world, purpose, code)
    })
    assert.deepEqual(successes, Array(ROUNDS).fill(1))
  })
  test('of 64 guesses at once, five are looked at', async () => {
    const world = await testWorld()
    const looked = await race(async (round) => {
      const purpose = purposeOf(round)
      const { code } = await put(world, purpose)
      return async (n) => (await say(world, purpose, n === 63 ? code : anotherCode(code))) === 'code-wrong'
    })
    assert.ok(
      looked.every((count) => count <= 5),
      `at most 5, not ${Math.max(...looked)}`,
    )
  })
})
