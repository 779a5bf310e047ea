/** Whoever enters the codes of texts does not pay for who has them sent and enters none. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours } from '../../platform/clock.ts'
import { accountOf, answer, count, enter, sendingOf } from '../../testing/sendings.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import type { Sending } from './phone-limits.ts'

suite('X18: who enters codes does not pay for who has them sent and enters none', () => {
  /** Texts that nobody enters, ten of each account, in blocks of their own. */
  async function flood(world: TestWorld, accounts: number, purpose: Sending['purpose'] = 'new-way') {
    for (let n = 0; n < accounts * 10; n++) {
      const account = accountOf(`flood ${Math.floor(n / 10)}`)
      await count(world, { ...sendingOf(n, 200 + n), account, network: '198.51.100.1', purpose })
    }
  }
  test('40 texts of four accounts stop no second text to anybody else', async () => {
    const world = await testWorld()
    await flood(world, 4)
    for (const time of ['the first', 'another']) assert.equal(await answer(world, sendingOf(1, 700)), 'sent', time)
  })
  test('nor do 20 of two accounts stop a block', async () => {
    const world = await testWorld()
    for (let n = 0; n < 20; n++) await count(world, { ...sendingOf(n), account: accountOf(`flood ${n % 2}`) })
    assert.equal(await answer(world, sendingOf(99)), 'sent')
  })
  test('where block, network and service are stopped, a number whose codes are entered gets them, until three were not', async () => {
    const world = await testWorld()
    const owner = {
      ...sendingOf(99),
      account: accountOf('owner'),
      network: 'an office',
      purpose: 'second-step',
    } as const
    await count(world, owner)
    await enter(world, owner)
    for (let n = 0; n < 60; n++) await count(world, { ...sendingOf(n), network: `${n}`, purpose: 'second-step' })
    for (let n = 0; n < 100; n++)
      await count(world, { ...sendingOf(0, 300 + n), account: accountOf(`${n}`), network: 'an office' })
    const stranger = { ...sendingOf(98), purpose: 'second-step' } as const
    assert.equal(await answer(world, stranger), 'phone-prefix-stopped')
    for (let n = 0; n < 3; n++) assert.equal(await answer(world, owner), 'sent', `${n}`)
    assert.equal(await answer(world, owner), 'phone-too-many')
    world.clock.advance(hours(1))
    assert.equal(await answer(world, owner), 'phone-prefix-stopped')
    world.clock.advance(days(1))
    await enter(world, owner)
    assert.equal(await answer(world, owner), 'sent')
  })
  test('who else knows the password uses up nothing of a browser that the account trusts', async () => {
    const world = await testWorld()
    const thief = { ...sendingOf(1), purpose: 'second-step' } as const
    for (let n = 0; n < 11; n++) await count(world, thief)
    assert.equal(await answer(world, thief), 'phone-too-many')
    assert.equal(await answer(world, { ...thief, known: 'a browser of the owner' }), 'sent')
  })
})
