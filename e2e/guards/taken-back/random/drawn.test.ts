/** What the sequences are made of: each thing of which there are several comes up, alone or with every other. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { ownersMoves, waysBack } from '../owner.ts'
import { EACH_SEED_GIVES, pairs, SEEDS, sequences } from '../sequences.ts'
import { thiefMoves } from '../thief.ts'

const drawn = SEEDS.flatMap((seed) => fc.sample(sequences, { seed, numRuns: EACH_SEED_GIVES }))

type Drawn = (typeof drawn)[number]

/** Of all these, which come up fewer times. */
function rare(all: readonly string[], found: (sequence: Drawn) => readonly string[], least: number) {
  const times = (it: string) => drawn.flatMap(found).filter((one) => one === it).length
  return all.map((it) => `${it}: ${times(it)}`).filter((it) => Number(/\d+$/.exec(it)) < least)
}

suite('the random sequences of thief and owner', () => {
  test('are 2,000 at least, and hardly one comes twice', () => {
    assert.ok(drawn.length >= 2_000)
    const different = new Set(drawn.map((it) => JSON.stringify(it))).size
    assert.ok(different > 0.95 * drawn.length, `${different} different ones`)
  })

  test('hold every proof and every pair of proofs, with every account that has them', () => {
    const named = ({ standing, held }: (typeof pairs)[number]) => `${standing}, ${held.join(' and ')}`
    assert.deepEqual(
      rare(pairs.map(named), (it) => [named(it)], 10),
      [],
    )
  })

  for (const when of ['minute', 'meanwhile', 'afterwards'] as const)
    test(`have every move of the thief: ${when}`, () =>
      assert.deepEqual(
        rare(thiefMoves, (it) => it[when], 20),
        [],
      ))

  test('have every way back, and every move of the owner before it', () => {
    assert.deepEqual(
      rare(waysBack, (it) => [it.way], 300),
      [],
    )
    assert.deepEqual(
      rare(ownersMoves, (it) => it.meanwhile, 100),
      [],
    )
  })

  for (const choice of ['isQuick', 'isLate'] as const)
    test(`are as often without as with ${choice}`, () =>
      assert.deepEqual(
        rare(['true', 'false'], (it) => [String(it[choice])], 800),
        [],
      ))
})
