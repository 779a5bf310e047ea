/** Every limit of the table holds at the figure that an operator sets it to. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours, minutes, seconds } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { answer, count as countPhone, enter, inBlock, sendingOf } from '../../testing/sendings.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { countAttempt } from '../events/attempts.ts'
import type { EmailKey } from '../model/account/email.ts'
import { draw, tryCode, tryLink } from '../model/one-time/one-time.ts'
import { admitRequest } from './admission.ts'
import { acceptProof, challengeFor } from './challenge.ts'
import { count, countFrom } from './counters/count.ts'
import { LIMITS, type LimitName, limitNames, type TimedName } from './counters/limits.ts'
import { counterKey } from './counters/store.ts'
import { reserveMailQuotaNow } from './letter-limits.ts'
import { assessRequests, countFailedSignIn } from './risk/risk-rules.ts'
import { EVERYWHERE } from './risk/risk-store.ts'
import { countSignIn, countSignInAttempt } from './sign-in-lockout.ts'

/** How many are let through one after another, each with a number of its own. */
async function letThrough(one: (n: number) => Promise<boolean> | boolean): Promise<number> {
  for (let n = 0; n < 50; n++) if (!(await one(n))) return n
  return 50
}
/** Another site each. */
const networkOf = (n: number): string => `10.0.${n}.1`
const addressOf = (n: number) => `${n}@x.ca` as EmailKey
const NONE = { challenge: '', proof: '' }

type Driver = { also?: Record<string, string>; most(world: TestWorld): Promise<number> }

const counted = (name: TimedName): Driver => ({ most: (world) => letThrough(() => count(world, name, 'x')) })

const requests = (address: (n: number) => EmailKey, network: (n: number) => string): Driver => ({
  most: (world) =>
    letThrough(async (n) => {
      const asking = { what: 'reset', address: address(n), network: network(n) } as const
      return (await admitRequest(world, asking, { ...visitor, network: network(n) }, NONE)).ok
    }),
})
const dear = (of: 'network' | 'address' | 'everywhere'): Driver => ({
  most: async ({ figures }) =>
    letThrough((n) => !assessRequests(figures, { network: 0, address: 0, everywhere: 0, [of]: n + 1 })?.dearer),
})

/** Failed sign-ins, each so long after the one before. */
const failures = (also: Record<string, string>, pause = minutes(0)): Driver => ({
  also,
  most: (world) =>
    letThrough(async () => {
      world.clock.advance(pause)
      return (await countSignIn(world, { address: addressOf(1), browser: '' })) !== undefined
    }),
})

const waits = (site: (n: number) => string): Driver => ({
  also: { PASSERELLE_CHALLENGE_COST: '100' },
  async most(world) {
    const request = (n: number) => ({ kind: 'sign-up', browser: 'b', network: site(n) }) as const
    const why = { rule: 'network-asks-often', inputs: {} } as const
    const challenges = await Promise.all(Array.from({ length: 5 }, (_, n) => challengeFor(world, request(n), why)))
    world.clock.advance(seconds(31))
    return letThrough((n) => acceptProof(world, request(n), { challenge: challenges[n] ?? '', proof: '' }))
  },
})

/** Letters of both kinds, each so long after the one before: for each kind a room is kept. */
const letters = (also: Record<string, string>, pause = minutes(0)): Driver => ({
  also,
  async most(world) {
    const write = (kind: 'code' | 'reset') => () => {
      world.clock.advance(pause)
      return transact(world.db, async (tx) => !!(await reserveMailQuotaNow(world, tx, { address: addressOf(1), kind })))
    }
    return (await letThrough(write('code'))) + (await letThrough(write('reset')))
  },
})

const texts = (sending: (n: number) => Partial<ReturnType<typeof sendingOf>>, pause = minutes(0)): Driver => ({
  most: (world) =>
    letThrough(async (n) => {
      world.clock.advance(pause)
      return (await countPhone(world, { ...sendingOf(n, 200 + n), ...sending(n) })).ok
    }),
})

const drivers: Record<Exclude<LimitName, 'wrong-codes'>, Driver> = {
  'sign-in-waits': failures({}),
  'sign-in-blocks': failures({ PASSERELLE_WAIT_FROM: '100' }),
  'sign-in-off': failures({}, days(2)),
  'sign-in-network': {
    most: (world) =>
      letThrough(async (n) => {
        const who = { address: addressOf(n), network: networkOf(1), browser: '' }
        return (await countSignInAttempt(world, who, false)) !== 'unproven'
      }),
  },
  devices: { most: (world) => letThrough(() => countFrom(world, 'devices', networkOf(1))) },
  'code-tries': {
    async most(world) {
      const tries = world.figures.limits['code-tries']
      const one = { purpose: 'confirm', subject: 'x', lives: hours(1), tries } as const
      await transact(world.db, (tx) => draw(world, tx, one))
      const wrong = async () => (await tryCode(world, 'confirm', 'x', 'no')).ok
      return 1 + (await letThrough(async () => !(await wrong()) && (await triesLeft(world)) > 0))
    },
  },
  'link-tries': {
    async most(world) {
      const one = { purpose: 'reset', subject: 'x', lives: hours(1), tries: 0 } as const
      const { link } = await transact(world.db, (tx) => draw(world, tx, one))
      return letThrough(() => tryLink(world, 'reset', link, world.figures.limits['link-tries']))
    },
  },
  'work-network': requests(addressOf, () => networkOf(1)),
  'work-address': requests(() => addressOf(1), networkOf),
  'work-service': requests(addressOf, networkOf),
  failing: {
    most: (world) =>
      letThrough(async (n) => {
        await countFailedSignIn(world, { address: addressOf(n), network: networkOf(n) })
        return n === 0 || world.riskCache.signalFor(EVERYWHERE) === undefined
      }).then((n) => n + 1), // the one at which it holds
  },
  'dear-network': dear('network'),
  'dear-address': dear('address'),
  'dear-service': dear('everywhere'),
  'trusted-requests': counted('trusted-requests'),
  'waits-site': waits(() => '10.0.0.1'),
  'waits-wide-network': waits(networkOf),
  'letters-minute': letters({ PASSERELLE_LETTERS_HOUR: '1000', PASSERELLE_LETTERS_DAY: '1000' }),
  'letters-hour': letters({}, minutes(1)),
  'letters-day': letters({}, hours(1)),
  'confirm-codes': counted('confirm-codes'),
  'change-email-codes': counted('change-email-codes'),
  'back-up-letters': counted('back-up-letters'),
  'block-letters': counted('block-letters'),
  'support-letters': counted('support-letters'),
  'recovery-letters': counted('recovery-letters'),
  'data-letters': counted('data-letters'),
  'new-passwords': counted('new-passwords'),
  'phone-account': texts(() => ({ account: sendingOf(0).account })),
  'phone-number': texts(() => ({ number: inBlock(236) })),
  'phone-network': texts(() => ({ network: networkOf(1) })),
  'phone-block': texts((n) => ({ number: inBlock(236, n) })),
  'phone-block-day': texts((n) => ({ number: inBlock(236, n) }), hours(1)),
  'phone-service-day': texts((n) => ({ number: inBlock(200 + Math.min(n, 1), n) })),
  'phone-share': {
    async most(world) {
      for (let n = 0; n < 8; n++) await answer(world, { ...sendingOf(n), account: sendingOf(0).account })
      const rows = await world.db
        .selectFrom('tries')
        .selectAll()
        .where('key', 'like', 'phone-service-day sent%')
        .execute()
      return rows[0]?.count ?? 0
    },
  },
  'phone-unentered': {
    also: { PASSERELLE_PHONE_NETWORK_HOUR: '1' },
    async most(world) {
      const known = { ...sendingOf(0), network: networkOf(1) }
      await enter(world, known)
      await countPhone(world, { ...sendingOf(1), network: networkOf(1) })
      return letThrough(async (n) => (await countPhone(world, { ...known, number: inBlock(300 + n) })).ok)
    },
  },
  'written-attempts': {
    most: (world) =>
      letThrough(() =>
        transact(world.db, async (tx) => {
          const attempt = { kind: 'sign-in-refused', account: null, network: networkOf(1) }
          return (await countAttempt(world, tx, attempt)).isWritten
        }),
      ),
  },
}

async function triesLeft({ db }: TestWorld): Promise<number> {
  const row = await db.selectFrom('one_time_secrets').select('tries_left').executeTakeFirstOrThrow()
  return row.tries_left
}

suite('every limit holds at the figure it is set to', () => {
  for (const name of limitNames) {
    if (name === 'wrong-codes') continue // sign-in/second-step has its test: the mailbox is told
    const { setting, most: usual, range } = LIMITS[name]
    const figure = [range[0] + 1, range[0] + 2].find((one) => one !== usual) ?? 0
    test(`${name}: ${figure}, by ${setting}`, async () => {
      const { also = {}, most } = drivers[name]
      const world = await testWorld({ ...also, [setting]: `${figure}` })
      assert.equal(await most(world), figure)
    })
  }

  test('nothing is counted under a name that is not in the table', () => {
    // @ts-expect-error: it does not compile
    assert.ok(counterKey('letters-of-mine', 'x'))
  })
})
