import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes } from '../../platform/clock.ts'
import { race } from '../../testing/race.ts'
import { testWorld } from '../../testing/world.ts'
import { emailKey, parseEmail } from '../account/email.ts'
import { countSignIn, signInSucceeded } from './protection.ts'

function who(typed: string, network = '192.0.2.1') {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return { address: emailKey(parsed.email), network }
}

suite('Z3: counting before work', () => {
  test('64 at once are 64 tries: exactly as many as the limit are looked at', async () => {
    const world = await testWorld({ PASSERELLE_SIGN_IN_TRIES: '5' })
    const looked = await race(async (round) => () => countSignIn(world, who(`r${round}@x.ca`, `10.0.${round}.1`)), 50)
    assert.deepEqual(looked, Array(50).fill(5))
  })
  test('every way to write an address is one count', async () => {
    const world = await testWorld({ PASSERELLE_SIGN_IN_TRIES: '3' })
    const forms = ['marie@x.ca', 'MARIE@X.CA', 'Marie@x.ca', 'ｍarie@x.ca']
    const looked: boolean[] = []
    for (const [n, form] of forms.entries()) looked.push(await countSignIn(world, who(form, `10.0.0.${n}`)))
    assert.deepEqual(looked, [true, true, true, false])
  })
  test('a network that tries many addresses is stopped, other networks are not', async () => {
    const world = await testWorld({ PASSERELLE_NETWORK_TRIES: '10' })
    for (let n = 0; n < 10; n++) assert.ok(await countSignIn(world, who(`a${n}@x.ca`)))
    assert.equal(await countSignIn(world, who('b@x.ca')), false)
    assert.ok(await countSignIn(world, who('b@x.ca', '192.0.2.2')))
  })
  test('the count ends by itself, and at a success', async () => {
    const world = await testWorld({ PASSERELLE_SIGN_IN_TRIES: '3' })
    const marie = who('marie@x.ca')
    for (let n = 0; n < 4; n++) await countSignIn(world, marie)
    assert.equal(await countSignIn(world, marie), false)
    world.clock.advance(minutes(16))
    assert.ok(await countSignIn(world, marie))
    await signInSucceeded(world, marie)
    for (let n = 0; n < 3; n++) assert.ok(await countSignIn(world, marie))
  })
  test('a network is not blamed for those who sign in rightly, however many', async () => {
    const world = await testWorld({ PASSERELLE_NETWORK_TRIES: '10' })
    for (let n = 0; n < 50; n++) {
      assert.ok(await countSignIn(world, who(`a${n}@x.ca`)), `the ${n}th`)
      await signInSucceeded(world, who(`a${n}@x.ca`))
    }
  })
  test('no address stands in the table', async () => {
    const world = await testWorld()
    await countSignIn(world, who('marie@x.ca'))
    assert.ok(!JSON.stringify(await world.db.selectFrom('tries').selectAll().execute()).includes('marie'))
  })
})
