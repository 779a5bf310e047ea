/** What one customer can have of networks, and what one provider: neither escapes the figures, nor uses up those of others. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { seconds } from '../../platform/clock.ts'
import { visitor } from '../../testing/visitor.ts'
import { testWorld } from '../../testing/world.ts'
import { type EmailKey, emailKey, parseEmail } from '../model/account/email.ts'
import { admitRequest, challengeAhead } from './admission.ts'
import { acceptProof, challengeFor } from './challenge.ts'
import { countFailedSignIn } from './risk/risk-rules.ts'
import { EVERYWHERE } from './risk/risk-store.ts'

const NONE = { challenge: '', proof: '' }
function keyOf(typed: string): EmailKey {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return emailKey(parsed.email)
}
const at = (network: string) => ({ ...visitor, network, userAgent: '', browser: `a browser at ${network}` })
const few = { PASSERELLE_CHALLENGE_NETWORK: '5' }

suite('X4: a site that has many networks', () => {
  test('of a /48 that asks from a /64 each time, as many are not asked for work as of 20 networks; no other site is', async () => {
    const world = await testWorld(few)
    const ask = async (network: string, n: number) => {
      const asking = { what: 'reset', address: keyOf(`r${n}@x.ca`), network } as const
      return (await admitRequest(world, asking, at(network), NONE)).ok
    }
    let free = 0
    for (let n = 0; n < 150; n++) if (await ask(`2001:db8:7:${n.toString(16)}::/64`, n)) free++
    assert.equal(free, 5 * 20)
    assert.ok(await challengeAhead(world, 'reset', at('2001:db8:7:ffff::/64')), 'and its pages say so ahead')
    assert.equal(await challengeAhead(world, 'reset', at('2001:db8:8:1::/64')), undefined)
    assert.ok(await ask('2001:db8:8:1::/64', 500))
    assert.ok(await ask('192.0.2.1', 501))
  })

  test('the same of sign-ins that fail: the whole /48 is suspected, and neither its neighbours nor everybody', async () => {
    const world = await testWorld({ ...few, PASSERELLE_CHALLENGE_STUFFING: '200' })
    const fail = (n: number) =>
      countFailedSignIn(world, { address: keyOf(`f${n}@x.ca`), network: `2001:db8:7:${n.toString(16)}::/64` })
    for (let n = 0; n < 100; n++) await fail(n)
    assert.equal(world.riskCache.signalFor('2001:db8:7:ffff::/64'), undefined)
    await fail(100)
    assert.equal(world.riskCache.signalFor('2001:db8:7:ffff::/64')?.rule, 'network-fails-often')
    for (let n = 101; n < 400; n++) await fail(n)
    assert.equal(world.riskCache.signalFor('2001:db8:8:1::/64'), undefined)
    assert.equal(world.riskCache.signalFor(EVERYWHERE), undefined, 'one site is no run over the whole service')
  })
})

suite('X4: half a minute in the place of the work', () => {
  const request = (network: string) => ({ kind: 'sign-up', browser: 'b', network }) as const
  const why = { rule: 'network-asks-often', inputs: { network: 51 } } as const
  for (const [what, networkOf, other] of [
    ['an IPv4 /16', (n: number) => `10.1.${n}.7`, '10.2.0.1'],
    ['an IPv6 /32', (n: number) => `2001:db8:${n.toString(16)}:1::/64`, '2001:db9:1:1::/64'],
  ] as const)
    test(`is had 300 times by ${what}, and by others all the same`, async () => {
      const world = await testWorld({ PASSERELLE_CHALLENGE_COST: '100' })
      const wait = async (network: string) => {
        const challenge = await challengeFor(world, request(network), why)
        return { network, challenge }
      }
      const waiting = await Promise.all(Array.from({ length: 330 }, (_, n) => wait(networkOf(Math.floor(n / 5)))))
      const elsewhere = await wait(other)
      world.clock.advance(seconds(31))
      let had = 0
      for (const { network, challenge } of waiting)
        if (await acceptProof(world, request(network), { challenge, proof: '' })) had++
      assert.equal(had, 300)
      assert.ok(await acceptProof(world, request(other), { challenge: elsewhere.challenge, proof: '' }))
    })
})
