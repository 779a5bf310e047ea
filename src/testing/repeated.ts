/**
 * What is done again and again to meet what is rare: as often as a test says with `npm test -- --full`, a tenth of it without.
 * What a tenth leaves out is always the same, and CI leaves out nothing (docs/decisions/0041-tests-in-processor-time.md).
 */
const isFull = process.env.PASSERELLE_TEST_FULL === 'yes'

export const repeated = (times: number): number => (isFull ? times : Math.ceil(times / 10))

/** What is told in each of several ways; without `--full` in one of them, the one `at` that place. */
export const inEach = <Way>(ways: readonly Way[], at = 0): readonly Way[] => (isFull ? ways : ways.slice(at, at + 1))

const PART = 4
/**
 * What is tried at each of many places; without `--full` a quarter of it, at the place `at` another quarter than at the next: each is
 * tried somewhere, and something everywhere.
 */
export const tried = <Value>(all: readonly Value[], at: number): readonly Value[] =>
  isFull ? all : all.filter((_, n) => n % PART === at % PART)
