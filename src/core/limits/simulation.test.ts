/**
 * A day in places where many people share few addresses, each without and with somebody behind the same address who tries
 * whatever feeds a counter: who was asked for work, who was refused, and how many guesses were looked at. Populations
 * and figures are scaled down: 1 in 40 of a campus of 5,000, 1 in 400 of 50,000 behind a carrier's addresses.
 */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hours, seconds } from '../../platform/clock.ts'
import { actorOf, ask, codeFor, FIGURES, insisting, keyOf, NONE, personOf, signIn } from '../../testing/crowd.ts'
import { type TestWorld, testWorld } from '../../testing/world.ts'
import { acceptProof, challengeFor } from './challenge.ts'
import { forgiveRequest } from './request-limits.ts'

type Place = { name: string; people: number; addresses: readonly string[]; unknownOneIn: number }
/** `unknownOneIn`: of so many one signs in in a browser that the account does not trust. */
const PLACES: readonly Place[] = [
  { name: 'office', people: 120, addresses: ['192.0.2.1'], unknownOneIn: 10 },
  { name: 'campus', people: 120, addresses: Array.from({ length: 25 }, (_, n) => `172.16.${n}.1`), unknownOneIn: 10 },
  { name: 'carrier', people: 120, addresses: ['100.64.0.1', '100.64.0.2'], unknownOneIn: 10 },
  { name: 'VPN', people: 60, addresses: ['198.51.100.9'], unknownOneIn: 3 },
]

/** Tries everything that feeds a counter, in a quarter of an hour; answers how often each account was guessed at. */
async function attack(world: TestWorld, network: string, round: number, guessed: Map<number, number>) {
  const look = async (person: number, proof = NONE) => {
    const from = actorOf(network, `bot of ${person}`)
    const outcome = await signIn(world, person, from, false, false, proof)
    if (outcome.ok) guessed.set(person, (guessed.get(person) ?? 0) + 1)
    return outcome
  }
  // Own account in its own known browser, wrong; a stuffing run, the half of it with the work done; one person, patiently.
  for (let n = 0; n < 41; n++) await signIn(world, 9_999, actorOf(network, 'its own'), false, true)
  for (let n = 0; n < 48; n++) {
    const person = 1 + ((round * 48 + n) % 119)
    if (n % 8 === 0) await insisting((proof) => look(person, proof))
    else await look(person)
  }
  for (let n = 0; n < 15; n++) {
    await insisting((proof) => look(0, proof))
    world.clock.advance(seconds(30))
  }
  for (let n = 0; n < 32; n++) {
    await ask(world, 'sign-up', keyOf(`flood${n}@exemple.ca`), actorOf(network, `bot ${n}`), NONE)
    await ask(world, 'reset', personOf(1), actorOf(network, `bot ${n}`), NONE)
  }
  const own = await codeFor(world, `sign-up of the attacker ${round}`)
  for (let n = 0; n < 30; n++) await own.answer(String(n).padStart(6, '0'))
  const request = { kind: 'reset', browser: 'waits', network } as const
  const waits = await Promise.all(
    Array.from({ length: 11 }, () => challengeFor(world, request, { rule: 'network-asks-often', inputs: {} })),
  )
  world.clock.advance(seconds(31))
  for (const challenge of waits) await acceptProof(world, request, { challenge, proof: '' })
}

type Row = Record<'at once' | 'with work' | 'refused', number>
type Table = Map<string, Row>

/** What people do in six hours, right after whatever the attacker did; a fifth of them mistype first. */
async function people(world: TestWorld, place: Place, round: number, note: (group: string, became: keyof Row) => void) {
  for (let n = 1 + round; n < place.people; n += 4) {
    const network = place.addresses[n % place.addresses.length] ?? ''
    const from = actorOf(network, `the browser of person ${n}`)
    const known = n % place.unknownOneIn !== 0
    const group = known ? 'sign-in, trusted browser' : 'sign-in, unknown browser'
    const deed = (right: boolean) => insisting((proof) => signIn(world, n, from, right, known, proof))
    if (n % 5 === 0) await deed(false)
    note(group, await deed(true))
    if (n % 16 === 1) note('reset', await insisting((proof) => ask(world, 'reset', personOf(n), from, proof)))
    if (n % 25 !== 2) continue
    const newcomer = { what: 'sign-up', address: keyOf(`newcomer${n}@exemple.ca`), network } as const
    note('sign-up', await insisting((proof) => ask(world, 'sign-up', newcomer.address, from, proof)))
    const { code, answer } = await codeFor(world, `sign-up of ${n}`)
    note('right code', (await answer(code)) ? 'at once' : 'refused')
    await forgiveRequest(world, newcomer)
  }
}

async function dayAt(place: Place, attacked: boolean): Promise<{ table: Table; guessed: Map<number, number> }> {
  const world = await testWorld(FIGURES)
  const table: Table = new Map()
  const guessed = new Map<number, number>()
  const note = (group: string, became: keyof Row) => {
    const row = table.get(group) ?? { 'at once': 0, 'with work': 0, refused: 0 }
    table.set(group, row)
    row[became]++
  }
  for (let round = 0; round < 4; round++) {
    if (attacked) await attack(world, place.addresses[0] ?? '', round, guessed)
    await people(world, place, round, note)
    const elsewhere = actorOf('203.0.113.77', `elsewhere ${round}`)
    note(
      'elsewhere, unknown browser',
      await insisting((proof) => signIn(world, 5_000 + round, elsewhere, true, false, proof)),
    )
    note('elsewhere, reset', await insisting((proof) => ask(world, 'reset', personOf(5_000 + round), elsewhere, proof)))
    world.clock.advance(hours(6))
  }
  return { table, guessed }
}

suite('D5: a day behind shared addresses', () => {
  for (const place of PLACES)
    for (const attacked of [false, true])
      test(`${place.name}, ${attacked ? 'with an attacker behind the same address' : 'quiet'}: nobody pays with more than work`, async (t) => {
        const { table, guessed } = await dayAt(place, attacked)
        for (const [group, row] of table) {
          t.diagnostic(`${place.name}${attacked ? ', attacked' : ''}; ${group}: ${JSON.stringify(row)}`)
          assert.equal(row.refused, 0, `${group}: ${row.refused} refused`)
          if (/trusted|elsewhere|code/.test(group)) assert.equal(row['with work'], 0, `${group}: work`)
        }
        const most = Math.max(0, ...guessed.values())
        t.diagnostic(`${place.name}: ${most} guesses looked at of the account most guessed at`)
        assert.ok((guessed.get(0) ?? 0) <= 40, 'D1: ten before each block')
        guessed.delete(0)
        assert.ok(Math.max(0, ...guessed.values()) <= 4, 'of every other account a few')
      })
})
