/** What texts and calls may cost: exact for n at once, said with how long to wait, and a flood that nobody answers stops. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours, minutes, seconds } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { silentLog } from '../../platform/log/log.ts'
import type { PhoneNumber } from '../../platform/phone/number.ts'
import { CALLERS, ROUNDS, race } from '../../testing/race.ts'
import { repeated } from '../../testing/repeated.ts'
import { accountOf, answer, count, enter, inBlock, sendingOf } from '../../testing/sendings.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { countPhoneMessage, isPhoneOn, type Sending } from './phone-limits.ts'

/** Every caller waits for the rows of the one before: a round on PostgreSQL takes a tenth of a second. */
const SLOW_ROUNDS = Math.min(ROUNDS, repeated(40))

async function waitOf(world: TestWorld, sending: Sending): Promise<number> {
  const outcome = await count(world, sending)
  assert.ok(!outcome.ok, 'it was sent')
  assert.equal(outcome.reason, 'phone-too-many')
  return Number(outcome.figures.seconds)
}

suite('E7: ten an hour for a person', () => {
  const person = sendingOf(1)
  const same: [string, (n: number) => Sending][] = [
    ['of one person, to whatever numbers', (n) => ({ ...sendingOf(n, 200 + n), account: person.account })],
    ['to one number, whoever asks', (n) => ({ ...sendingOf(n), number: person.number })],
  ]
  for (const [name, sending] of same)
    test(`${name}: then it is said to the second how long to wait`, async () => {
      const world = await testWorld()
      for (let n = 0; n < 10; n++) {
        assert.equal(await answer(world, sending(n)), 'sent')
        world.clock.advance(minutes(1))
      }
      const wait = await waitOf(world, sending(10))
      assert.ok(wait > 49 * 60 && wait <= 50 * 60, `${wait} s`)
      world.clock.advance(seconds(wait - 2))
      assert.ok((await waitOf(world, sending(11))) <= 2)
      world.clock.advance(seconds(2))
      assert.equal(await answer(world, sending(12)), 'sent')
    })

  test('what is refused, or rolled back, is not counted', async () => {
    const world = await testWorld()
    const others = (n: number) => ({ ...sendingOf(n, 200 + n), account: person.account })
    for (let n = 0; n < 10; n++) await count(world, others(n))
    for (let n = 0; n < 30; n++) await waitOf(world, { ...sendingOf(1), account: person.account })
    assert.equal(await answer(world, { ...sendingOf(1), account: accountOf('another') }), 'sent')
    const fails = transact(world.db, async (tx) => {
      for (let n = 0; n < 10; n++) await countPhoneMessage(world, tx, sendingOf(5))
      throw new Error('changed my mind')
    })
    await assert.rejects(fails)
    assert.equal(await answer(world, sendingOf(5)), 'sent')
  })

  test(`${CALLERS} at once are ten`, async () => {
    const world = await testWorld()
    const sent = await race(async (round) => {
      world.clock.advance(days(1))
      return async (caller) =>
        (await answer(world, { ...sendingOf(caller, 300 + caller), account: accountOf(`r${round}`) })) === 'sent'
    }, SLOW_ROUNDS)
    assert.deepEqual(new Set(sent), new Set([10]))
  })
})

suite('D5: nobody keeps the owner of a number out of their account', () => {
  const signIn = { ...sendingOf(7), account: accountOf('owner'), purpose: 'second-step' } as const

  test('by having codes sent to that number for an account of their own', async () => {
    const world = await testWorld()
    for (let n = 0; n < 11; n++) await count(world, { ...sendingOf(7), account: accountOf(`${n}`) })
    for (let n = 0; n < 10; n++) assert.equal(await answer(world, signIn), 'sent', `${n}`)
    assert.equal(await answer(world, signIn), 'phone-too-many')
  })

  test('by having codes sent to its block, or to all the world, that nobody enters', async () => {
    const world = await testWorld()
    for (let n = 0; n < 60; n++) await count(world, sendingOf(n, n < 30 ? 236 : 300 + n))
    assert.equal(await answer(world, sendingOf(99)), 'phone-prefix-stopped')
    for (const time of ['the first', 'and another']) assert.equal(await answer(world, signIn), 'sent', time)
  })
})

suite('a network and a block have their hours', () => {
  test('a hundred from one network that nobody enters; where they are entered it is not blamed', async () => {
    const world = await testWorld()
    const from = (n: number, network: string) => ({
      ...sendingOf(n % 2, 200 + (Math.floor(n / 2) % 500)),
      account: accountOf(`${n}`),
      network,
    })
    for (let n = 0; n < 300; n++) {
      assert.equal(await answer(world, from(n, 'an office')), 'sent', `${n}`)
      await enter(world, from(n, 'an office'))
    }
    world.clock.advance(days(1))
    for (let n = 0; n < 100; n++) {
      const sending = from(2 * n + 1_000, 'a thief') // of accounts that have entered none
      assert.equal(await answer(world, sending), 'sent', `${n}`)
    }
    assert.ok((await waitOf(world, from(1_202, 'a thief'))) > 3_000)
    assert.equal(await answer(world, from(1_202, 'somebody else')), 'sent')
  })

  test('fifty to one block, entered or not', async () => {
    const world = await testWorld()
    for (let n = 0; n < 50; n++) {
      assert.equal(await answer(world, sendingOf(n)), 'sent')
      await enter(world, sendingOf(n))
    }
    assert.ok((await waitOf(world, sendingOf(50))) <= 3_600)
    assert.equal(await answer(world, sendingOf(50, 237)), 'sent')
    world.clock.advance(hours(1))
    assert.equal(await answer(world, sendingOf(50)), 'sent')
  })
})

suite('X18: a flood that earns by texts stops', () => {
  test('a block of which nobody enters a code is stopped after twenty; one that is entered is not', async () => {
    const told: object[] = []
    const log = { ...silentLog, warn: (fields: object) => void told.push(fields) }
    const world = await testWorld({}, log)
    for (let n = 0; n < 20; n++) assert.equal(await answer(world, sendingOf(n)), 'sent')
    const refusal = await count(world, sendingOf(20))
    assert.deepEqual(refusal, {
      ok: false,
      reason: 'phone-prefix-stopped',
      figures: { rule: 'prefix-not-entered', sent: 20, entered: 0 },
    })
    assert.deepEqual(told, [{ rule: 'prefix-not-entered', sent: 20, entered: 0, country: 'CA' }])
    await enter(world, sendingOf(0))
    assert.equal(await answer(world, sendingOf(21)), 'phone-prefix-stopped', 'one in twenty')
    await enter(world, sendingOf(1))
    assert.equal(await answer(world, sendingOf(22)), 'sent', 'two in twenty')
    assert.equal(await answer(world, sendingOf(23)), 'phone-prefix-stopped', 'two in twenty-one')
    world.clock.advance(days(1))
    assert.equal(await answer(world, sendingOf(24)), 'sent', 'the next day')
  })

  test(`of ${CALLERS} at once exactly twenty leave`, async () => {
    const world = await testWorld()
    const sent = await race(async () => {
      world.clock.advance(days(1))
      return async (caller) => (await answer(world, sendingOf(caller))) === 'sent'
    }, SLOW_ROUNDS)
    assert.deepEqual(new Set(sent), new Set([20]))
  })

  test('thousands of requests in thirty blocks cost less than a hundred, and others get theirs', async () => {
    for (const blockOf of [(n: number) => 200 + (n % 30), (n: number) => 200 + Math.floor(n / 30)]) {
      const world = await testWorld()
      let sent = 0
      for (let n = 0; n < 900; n++) {
        const flood = {
          number: inBlock(blockOf(n), n),
          account: accountOf(`${n}`),
          network: `${n}`,
          purpose: 'new-way' as const,
        }
        if ((await answer(world, flood)) === 'sent') sent++
        if (n % 300 !== 0) continue
        const real = sendingOf(n, 700 + n / 300)
        assert.equal(await answer(world, real), 'sent', 'the first of a person')
        await enter(world, real)
        assert.equal(await answer(world, real), 'sent', 'and the next, after it was entered')
      }
      assert.ok(sent >= 30 && sent <= 100, `${sent} sent`)
    }
  })
})

suite('countries', () => {
  test('where they are named, numbers of others are refused; without any, all are', async () => {
    const world = await testWorld()
    const to = (number: PhoneNumber, phoneCountries: 'any' | string[]) =>
      transact(world.db, (tx) =>
        countPhoneMessage({ ...world, figures: { ...world.figures, phoneCountries } }, tx, { ...sendingOf(1), number }),
      )
    const paris = '+33612345678' as PhoneNumber
    assert.equal((await to(paris, ['CA', 'FR'])).ok, true)
    assert.equal((await to(paris, 'any')).ok, true)
    for (const phoneCountries of [['CA', 'US'], []]) {
      const outcome = await to(paris, phoneCountries)
      assert.equal(outcome.ok ? '' : outcome.reason, 'phone-country')
    }
    assert.deepEqual(
      [isPhoneOn({ phoneCountries: [] }), isPhoneOn({ phoneCountries: ['CA'] }), isPhoneOn(world.figures)],
      [false, true, true],
    )
  })
})

test('no number stands in the counters', async () => {
  const world = await testWorld()
  await count(world, sendingOf(1234))
  await enter(world, sendingOf(1234))
  const rows = await world.db.selectFrom('tries').selectAll().execute()
  assert.ok(rows.length >= 8)
  assert.doesNotMatch(JSON.stringify(rows), /2361234/)
})
