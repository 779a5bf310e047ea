/**
 * Attackers who have read how they are counted: many networks, one site with more than anybody counts, all the work done, bursts
 * at the turn of a quarter of an hour, and the owner's own office. An owner in a trusted browser notices nothing; anybody
 * else is asked for work at most, but for a browser that is unknown to an account somebody guesses at (D1): there it is the reset.
 */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../platform/clock.ts'
import { actorOf, ask, codeFor, FIGURES, insisting, keyOf, NONE, personOf, signIn } from '../../testing/crowd.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { windowOf } from './counters/limits.ts'

const OWNER = 0
const HOME = '192.0.2.1'

type From = ReturnType<typeof actorOf>
/** Guesses at accounts, and has letters sent, as often as it is let; `works`: whether it does the work. */
async function attackFrom(world: TestWorld, from: From, n: number, works: boolean, target = 1 + (n % 40)) {
  const deeds = [
    (proof = NONE) => signIn(world, target, from, false, false, proof),
    (proof = NONE) => ask(world, 'reset', personOf(target), from, proof),
    (proof = NONE) => ask(world, 'sign-up', keyOf(`flood${n}@exemple.ca`), from, proof),
  ]
  for (const deed of deeds) await (works ? insisting(deed) : deed())
}

type Mix = {
  name: string
  /** Where people are, beside the attackers or not. */
  places: readonly string[]
  attack(world: TestWorld, round: number): Promise<void>
}
const bot = (network: string, n: number) => actorOf(network, `bot ${n}`)

const MIXES: readonly Mix[] = [
  ...[true, false].map((works) => ({
    name: `200 networks, ${works ? 'with all the work done' : 'that do no work'}`,
    places: [HOME, '10.0.7.1'],
    async attack(world: TestWorld, round: number) {
      for (let n = 0; n < 200; n++)
        await attackFrom(world, bot(`10.${round}.${n >> 3}.${1 + (n & 7)}`, n), n, works && n % 10 === 0)
    },
  })),
  {
    name: 'one site with a /48, another /64 for each request',
    places: [HOME, '2001:db8:7:ffff::/64', '2001:db8:8:1::/64'],
    async attack(world, round) {
      for (let n = 0; n < 300; n++)
        await attackFrom(world, bot(`2001:db8:7:${(round * 300 + n).toString(16)}::/64`, n), n, n % 20 === 0)
    },
  },
  {
    name: 'bursts at the turn of a quarter of an hour, and of the windows that its own requests began',
    places: [HOME, '192.0.2.2'],
    async attack(world, round) {
      const { clock } = world
      const toTurn = windowOf('failing').ms - (clock.now().getTime() % windowOf('failing').ms)
      clock.advance({ ms: toTurn - 1_000 })
      for (let n = 0; n < 60; n++) await attackFrom(world, bot(n % 2 ? HOME : `10.9.${round}.${n}`, n), n, n % 4 === 0)
      clock.advance(seconds(2))
      for (let n = 60; n < 120; n++)
        await attackFrom(world, bot(n % 2 ? HOME : `10.9.${round}.${n}`, n), n, n % 4 === 0)
    },
  },
  {
    name: 'from the office of the owner, at the address of the owner, with the work done',
    places: [HOME],
    async attack(world) {
      for (let n = 0; n < 60; n++) await attackFrom(world, bot(HOME, n), n, true, OWNER)
      const code = await codeFor(world, `sign-up of an attacker at ${world.clock.now().toISOString()}`)
      for (let n = 0; n < 30; n++) await code.answer('000000')
    },
  },
]

type Became = Awaited<ReturnType<typeof insisting>>

/** What an owner, and somebody new, get at a place; by what they ask for. */
async function everybody(world: TestWorld, network: string, round: number): Promise<[string, Became][]> {
  const trusted = actorOf(network, 'the browser of the owner')
  const another = actorOf(network, `another browser ${round} ${network}`)
  const n = 1_000 + round * 10
  const { code, answer } = await codeFor(world, `sign-up of ${n} at ${network}`)
  return [
    ['trusted: sign-in', await insisting((proof) => signIn(world, OWNER, trusted, true, true, proof))],
    ['trusted: sign-in, mistyped first', await mistyped(world, trusted)],
    ['trusted: reset', await insisting((proof) => ask(world, 'reset', personOf(OWNER), trusted, proof, true))],
    ['right code', (await answer(code)) ? 'at once' : 'refused'],
    ['sign-in', await insisting((proof) => signIn(world, n, another, true, false, proof))],
    ['reset', await insisting((proof) => ask(world, 'reset', personOf(OWNER), another, proof))],
    ['sign-up', await insisting((proof) => ask(world, 'sign-up', keyOf(`new${n}@exemple.ca`), another, proof))],
  ]
}
async function mistyped(world: TestWorld, trusted: From): Promise<Became> {
  for (let n = 0; n < 2; n++) await signIn(world, OWNER, trusted, false, true)
  return insisting((proof) => signIn(world, OWNER, trusted, true, true, proof))
}

suite('X3, X4: whatever attackers mix, nobody pays with more than work, and an owner in a trusted browser with none', () => {
  for (const { name, places, attack } of MIXES)
    test(name, async (t) => {
      const world = await testWorld(FIGURES)
      const became = new Map<string, number>()
      for (let round = 0; round < 2; round++) {
        await attack(world, round)
        for (const network of places)
          for (const [what, outcome] of await everybody(world, network, round)) {
            const key = `${what}: ${outcome}`
            became.set(key, (became.get(key) ?? 0) + 1)
            assert.notEqual(outcome, 'refused', `${what} at ${network}, round ${round}`)
            if (/^(trusted|right)/.test(what)) assert.equal(outcome, 'at once', `${what} at ${network}, round ${round}`)
          }
        world.clock.advance(minutes(round === 0 ? 1 : 14))
      }
      t.diagnostic(JSON.stringify(Object.fromEntries(became)))
    })
})
