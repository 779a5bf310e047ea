/** The long code that the newest letter to a mailbox brings while no more may go: whom it serves, and what it tells nobody. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, minutes, seconds } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import { race } from '../../testing/race.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { reserveMailQuotaNow } from '../limits/letter-limits.ts'
import { type EmailKey, emailKey, parseEmail } from '../model/account/email.ts'
import { drawForLetter, drawNoneForLetter, resetMailLimits, tryLetterCode } from './letter-code.ts'

function keyOf(typed: string): EmailKey {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return emailKey(parsed.email)
}
const MINE = keyOf('marie@exemple.ca')
const ownOf = (subject: string) => ({ purpose: 'sign-up', subject, lives: minutes(30), tries: 5 }) as const

/** A letter with a code, to whoever asked on that page; undefined where none may go. */
const writeTo = (world: TestWorld, page: string, address = MINE) =>
  transact(world.db, async (tx) => {
    const quota = await reserveMailQuotaNow(world, tx, { address, kind: 'code' })
    return quota && (await drawForLetter(world, tx, { own: ownOf(page), address, quota })).facts
  })
/** What becomes of a code typed on a page, or what would. */
async function say(world: TestWorld, page: string, code: string, { address = MINE, takes = true } = {}) {
  const tried = await tryLetterCode(world, ownOf(page), code)
  if (!tried.ok) return tried.reason
  const outcome: { of?: string } = {}
  const take = async (tx: Tx) => {
    const taken = await tried.take(tx, address)
    outcome.of = taken.ok ? 'taken' : taken.reason
    if (!takes) throw new Error('nothing was done')
  }
  await transact(world.db, take).catch((error) => assert.equal(error.message, 'nothing was done'))
  return outcome.of
}
/** A long code in the mailbox: strangers have used up the letters. */
async function longCode(world: TestWorld, address = MINE): Promise<string> {
  for (let n = 0; n < 4; n++) {
    const facts = await writeTo(world, `a stranger ${n}`, address)
    world.clock.advance(seconds(61))
    if (facts?.hours) return facts.code
  }
  throw new Error('there is none')
}

/** Numbers from 0 to 1 (mulberry32), the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const a = Math.imul(state ^ (state >>> 15), state | 1)
    const b = a ^ (a + Math.imul(a ^ (a >>> 7), a | 61))
    return ((b ^ (b >>> 14)) >>> 0) / 2 ** 32
  }
}

suite('X3: at any time there is quota for a letter with a code, or the newest one works wherever it is typed', () => {
  for (const seed of [1, 2, 3, 4])
    test(`three days of strangers, ${seed}`, async () => {
      const world = await testWorld()
      const number = numbersFrom(seed)
      let newest: string | undefined
      let last = -Infinity
      let refused = 0
      const until = world.clock.now().getTime() + days(3).ms
      while (world.clock.now().getTime() < until) {
        // Bursts, and hours of nothing; from one kind alone to as many of both.
        const pause = number() < 0.15 ? minutes(300 * number()) : seconds(20 + 80 * number())
        world.clock.advance(pause)
        const now = world.clock.now().getTime()
        if (number() < seed / 6) {
          const quota = await transact(world.db, (tx) =>
            reserveMailQuotaNow(world, tx, { address: MINE, kind: 'reset' }),
          )
          if (quota) last = now
          continue
        }
        const facts = await writeTo(world, `a stranger ${number()}`)
        if (facts) [newest, last] = [facts.code, now]
        else if (now - last >= minutes(1).ms) {
          refused++
          assert.equal(await say(world, 'the owner', newest ?? '', { takes: false }), 'taken')
        }
      }
      assert.ok(refused > 20, `only ${refused} times there was no quota`)
    })
})

suite('a long code', () => {
  test('has 20 digits, works on any page for that address, once, for a day', async () => {
    const world = await testWorld()
    const code = await longCode(world)
    assert.match(code, /^\d{4}( \d{4}){4}$/)
    assert.equal(await say(world, 'the owner', code, { address: keyOf('anne@exemple.ca') }), 'code-wrong')
    assert.equal(await say(world, 'the owner', code), 'taken')
    assert.equal(await say(world, 'the owner', code), 'code-wrong')
    const other = await longCode(world, keyOf('anne@exemple.ca'))
    world.clock.advance({ ms: days(1).ms - seconds(90).ms })
    assert.equal(
      await say(world, 'x', other.replaceAll(' ', '-'), { address: keyOf('anne@exemple.ca'), takes: false }),
      'taken',
    )
    world.clock.advance(seconds(90))
    assert.equal(await say(world, 'x', other, { address: keyOf('anne@exemple.ca') }), 'code-wrong')
  })
  test('is not used up by wrong ones, of whatever length, and uses up no tries of the six digits', async () => {
    const world = await testWorld()
    const first = await writeTo(world, 'a page')
    world.clock.advance(seconds(61))
    const code = await longCode(world)
    for (let n = 0; n < 20; n++) {
      assert.equal(await say(world, 'a page', '0'.repeat(20)), 'code-wrong')
      await say(world, 'a stranger', '000000')
    }
    assert.equal(await say(world, 'a page', first?.code ?? '', { takes: false }), 'taken')
    assert.equal(await say(world, 'a page', code), 'taken')
  })
  test('Z1: a wrong one is answered alike whether there is one or none', async () => {
    const world = await testWorld()
    await longCode(world)
    for (const address of [MINE, keyOf('nobody@exemple.ca')])
      assert.equal(await say(world, 'a page', '1'.repeat(20), { address }), 'code-wrong')
  })
  test('Z3: of 64 at once, on pages of their own, one has it', async () => {
    const world = await testWorld()
    const taken = await race(async (round) => {
      const address = keyOf(`r${round}@exemple.ca`)
      const code = await longCode(world, address)
      return async (caller) => (await say(world, `page ${caller}`, code, { address })) === 'taken'
    }, 20)
    assert.deepEqual(taken, Array(20).fill(1))
  })
  test('works no more once somebody has shown otherwise that they read the mailbox: a copy of it opens nothing later', async () => {
    const world = await testWorld()
    const code = await longCode(world)
    await transact(world.db, (tx) => resetMailLimits(world, tx, MINE))
    assert.equal(await say(world, 'a stranger', code), 'code-wrong')
    const next = await writeTo(world, 'the owner')
    assert.match(next?.code ?? '', /^\d{6}$/)
  })
  test('Z1: a letter without a code is of use for as long as one with a code', async () => {
    const world = await testWorld()
    for (let n = 0; n < 6; n++) {
      const lives = await transact(world.db, async (tx) => {
        const write = async (draws: typeof drawForLetter | typeof drawNoneForLetter, address: EmailKey) => {
          const quota = await reserveMailQuotaNow(world, tx, { address, kind: 'code' })
          return quota && (await draws(world, tx, { own: ownOf(address), address, quota })).lives
        }
        return [await write(drawForLetter, MINE), await write(drawNoneForLetter, keyOf('anne@exemple.ca'))]
      })
      const [withCode, without] = lives.map((one) => one?.ms ?? 0)
      // What is left of a day is counted from the moment at which each was drawn.
      assert.ok(Math.abs((withCode ?? 0) - (without ?? 0)) < minutes(1).ms, `${n}: ${withCode}, ${without}`)
      world.clock.advance(minutes(12))
    }
  })
})
