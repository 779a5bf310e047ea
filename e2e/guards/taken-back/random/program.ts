/**
 * Plays the random sequences of some seeds, its arguments, and sends what came of them. A program of its own: node:test follows every
 * promise of its processes, which takes a quarter of the processor time of a service.
 */
import fc from 'fast-check'
import { repeated } from '../../../../src/testing/repeated.ts'
import { ownerHasIt } from '../play.ts'
import { EACH_SEED_GIVES, sequences } from '../sequences.ts'

/** How many moves of the minute there were, how many have succeeded, and the way back. */
export type Played = { tried: number; succeeded: number; way: string | undefined }

process.once('disconnect', () => process.exit(1)) // the test has ended before
process.channel?.unref()

const played: Played[] = []
const property = fc.asyncProperty(sequences, async (sequence) => {
  const { minute, way } = await ownerHasIt(sequence)
  played.push({ tried: sequence.minute.length, succeeded: minute.length, way })
})
const numRuns = repeated(EACH_SEED_GIVES) // the first ones of the seed
for (const seed of process.argv.slice(2).map(Number))
  await fc.assert(property, { numRuns, seed, includeErrorInReport: true })
process.send?.(played)
