/** Random sequences of moves of a thief and of the owner leave the thief nothing. Several files share them, to run side by side. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { waysBack } from '../owner.ts'
import { ownerHasIt } from '../play.ts'
import { EACH_SEED_GIVES, type SEEDS, sequences } from '../sequences.ts'

/** A thief who gets nowhere proves nothing: what part of the moves succeed while the proofs are held. */
const SUCCEED = 1 / 3

export function playRandom(seed: (typeof SEEDS)[number]): void {
  suite(`K4: an account is taken back, seed ${seed}`, () => {
    const played: { tried: number; succeeded: number; way: string | undefined }[] = []
    test(`${EACH_SEED_GIVES} sequences of moves of a thief and of the owner leave the thief nothing`, () => {
      const property = fc.asyncProperty(sequences, async (sequence) => {
        const { minute, way } = await ownerHasIt(sequence)
        played.push({ tried: sequence.minute.length, succeeded: minute.length, way })
      })
      return fc.assert(property, { numRuns: EACH_SEED_GIVES, seed, includeErrorInReport: true })
    })

    test('many moves of the thief have succeeded, and every way back has led back', () => {
      assert.equal(played.length, EACH_SEED_GIVES)
      const sum = (of: 'tried' | 'succeeded') => played.reduce((all, it) => all + it[of], 0)
      assert.ok(sum('succeeded') > SUCCEED * sum('tried'), `${sum('succeeded')} of ${sum('tried')}`)
      const unused = waysBack.filter((way) => !played.some((it) => it.way === way))
      assert.deepEqual(unused, [])
    })
  })
}
