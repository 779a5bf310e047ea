/** Random sequences of moves of a thief and of the owner leave the thief nothing. Two programs share them, to run side by side. */
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { FOR_A_SHORT_LIFE } from '../../../../src/platform/database/testing/program.ts'
import { repeated } from '../../../../src/testing/repeated.ts'
import { waysBack } from '../owner.ts'
import { EACH_SEED_GIVES, SEEDS } from '../sequences.ts'
import type { Played } from './program.ts'

/** A thief who gets nowhere proves nothing: what part of the moves succeed while the proofs are held. */
const SUCCEED = 1 / 3

const SEQUENCES = SEEDS.length * repeated(EACH_SEED_GIVES)

const PROGRAM = fileURLToPath(new URL('./program.js', import.meta.url))

/** @throws with what the program said, if one of the sequences has left the thief something */
async function playedBy(seeds: readonly number[]): Promise<Played[]> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const execArgv = [FOR_A_SHORT_LIFE, '--enable-source-maps']
  const program = fork(PROGRAM, seeds.map(String), { env, execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let played: Played[] = []
  program.once('message', (sent: Played[]) => {
    played = sent
  })
  const [said] = await Promise.all([text(program.stderr!), once(program, 'close')])
  assert.equal(program.exitCode, 0, said)
  return played
}

suite('H1, H2: an account is taken back', () => {
  let played: Played[] = []
  test(`${SEQUENCES} sequences of moves of a thief and of the owner leave the thief nothing`, async () => {
    const [one, another] = [SEEDS.slice(0, SEEDS.length / 2), SEEDS.slice(SEEDS.length / 2)]
    played = (await Promise.all([one, another].map(playedBy))).flat()
  })

  test('many moves of the thief have succeeded, and every way back has led back', () => {
    assert.equal(played.length, SEQUENCES)
    const sum = (of: 'tried' | 'succeeded') => played.reduce((all, it) => all + it[of], 0)
    assert.ok(sum('succeeded') > SUCCEED * sum('tried'), `${sum('succeeded')} of ${sum('tried')}`)
    const unused = waysBack.filter((way) => !played.some((it) => it.way === way))
    assert.deepEqual(unused, [])
  })
})
