/** The limits and the rules of risk, with nothing around them but what they name. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hours, minutes, movableClock } from '../../platform/clock.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import type { Reads } from '../../platform/needs.ts'
import { systemRandom } from '../../platform/random.ts'
import { makeKeyring } from '../../platform/secrets/keyring.ts'
import type { EmailKey } from '../model/account/email.ts'
import type { LimitFigures } from './counters/limits.ts'
import { countRequest, type RequestLimits } from './request-limits.ts'
import type { RiskCache } from './risk/risk-cache.ts'
import { assessRequests, countFailedSignIn, flagNetwork } from './risk/risk-rules.ts'
import { EVERYWHERE } from './risk/risk-store.ts'
import { countSignIn } from './sign-in-lockout.ts'
import type { LockoutFigures } from './sign-in-lockout-store.ts'

async function reads(): Promise<Reads & { clock: ReturnType<typeof movableClock> }> {
  const { db, reset } = await testDatabase()
  await reset()
  return { db, clock: movableClock(), keyring: makeKeyring(['a master key of this test'], systemRandom) }
}
const address = 'marie@x.ca' as EmailKey

const guardFigures: LockoutFigures = {
  limits: { 'sign-in-network': 100, 'sign-in-waits': 2, 'sign-in-blocks': 4, 'sign-in-off': 50 },
  firstWait: minutes(1),
  longestWait: minutes(2),
  firstBlock: hours(1),
  longestBlock: hours(2),
}
const askFigures: LimitFigures<RequestLimits> = {
  limits: {
    'work-network': 2,
    'work-address': 1,
    'work-service': 100,
    'dear-network': 3,
    'dear-address': 10,
    'dear-service': 1_000,
  },
}

suite('a limit runs with the database, the time, the keys and its own figures', () => {
  test('failed sign-ins: so many are looked at, then each waits', async () => {
    const needs = { ...(await reads()), figures: guardFigures }
    const isLookedAt = async () => (await countSignIn(needs, { address, browser: '' })) !== undefined
    assert.deepEqual([await isLookedAt(), await isLookedAt(), await isLookedAt()], [true, true, false])
    needs.clock.advance(minutes(1))
    assert.ok(await isLookedAt())
  })

  test('requests: counted for the network and the address, in a quarter of an hour', async () => {
    const needs = { ...(await reads()), figures: askFigures }
    const ask = async (of: string) =>
      (await countRequest(needs, { what: 'reset', address: of as EmailKey, network: '192.0.2.1' })).counts
    assert.deepEqual(await ask('a@x.ca'), { network: 1, address: 1, everywhere: 1 })
    assert.deepEqual(await ask('b@x.ca'), { network: 2, address: 1, everywhere: 2 })
    needs.clock.advance(minutes(15))
    assert.deepEqual(await ask('a@x.ca'), { network: 1, address: 1, everywhere: 1 })
  })
})

suite('a rule of risk runs with its figures', () => {
  const none = { network: 0, address: 0, everywhere: 0 }

  test('requests are suspicious past a figure, and dear past another', () => {
    assert.equal(assessRequests(askFigures, { ...none, network: 2 }), undefined)
    const past = assessRequests(askFigures, { ...none, network: 3 })
    assert.deepEqual([past?.rule, past?.dearer], ['network-asks-often', false])
    assert.equal(assessRequests(askFigures, { ...none, network: 4 })?.dearer, true)
    assert.equal(assessRequests(askFigures, { ...none, address: 2 })?.rule, 'address-asked-often')
  })

  test('sign-ins that fail nearly always, at many addresses, make every network suspicious', async () => {
    const found = new Map<string, string>()
    const riskCache: Pick<RiskCache, 'flag'> = {
      flag: async (subject, { rule }) => void found.set(subject, rule),
    }
    const figures = { limits: { 'work-network': 50, failing: 3 } }
    const needs = { ...(await reads()), riskCache, figures }
    const fail = (n: number) => countFailedSignIn(needs, { address: `${n}@x.ca` as EmailKey, network: `192.0.${n}.1` })
    for (const n of [1, 2]) await fail(n)
    assert.deepEqual([...found], [])
    await fail(3)
    assert.deepEqual([...found], [[EVERYWHERE, 'stuffing-everywhere']])
    await flagNetwork(needs, '198.51.100.1', 60)
    assert.equal(found.get('198.51.100.1'), 'network-fails-often')
  })
})
