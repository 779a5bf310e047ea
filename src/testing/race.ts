/** How races are run: many callers at once, many rounds, and a count of who succeeded. */
import { repeated } from './repeated.ts'

export const CALLERS = 64
/**
 * 200 on PostgreSQL, where callers really meet, or a tenth (repeated.ts). Once on the embedded database, which has one connection and runs one transaction at
 * a time: what more rounds could find there the first finds. Fewer than 200 where a round is slow, which the caller must justify.
 */
export const ROUNDS = process.env.PASSERELLE_TEST_DATABASE_URL ? repeated(200) : 1

/** Runs `caller` 64 times at once in every round; answers how many succeeded in each. */
export async function race(
  prepare: (round: number) => Promise<(caller: number) => Promise<boolean>>,
  rounds: number = ROUNDS,
): Promise<number[]> {
  const successes: number[] = []
  for (let round = 0; round < rounds; round++) {
    const caller = await prepare(round)
    const outcomes = await Promise.all(Array.from({ length: CALLERS }, (_, n) => caller(n)))
    successes.push(outcomes.filter(Boolean).length)
  }
  return successes
}
