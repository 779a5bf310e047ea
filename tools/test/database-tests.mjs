/**
 * The tests that use the test database, directly or through what they import. To open one and to load a service takes
 * two seconds, so these tests share a few processes, one after another. A test that shares has the database to itself
 * until its last hook is over.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { root } from '../install.mjs'

const TEST_DATABASE = 'src/platform/database/testing.ts'

/** @param files of `readTree()` @returns the paths of those tests among them that stand beside the sources */
export function databaseTests(files) {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const known = new Map([[TEST_DATABASE, true]])
  const usesIt = (path) => {
    if (!known.has(path)) {
      known.set(path, false) // for as long as we look, in case of a cycle
      const imports = byPath.get(path)?.imports ?? []
      known.set(
        path,
        imports.some(({ to, kind }) => kind !== 'type' && usesIt(to)),
      )
    }
    return known.get(path)
  }
  return files.map(({ path }) => path).filter((path) => /^src\/.*\.test\.tsx?$/.test(path) && usesIt(path))
}

const MOST_PROCESSES = 2 * availableParallelism() // so that one which is slow does not keep all others waiting
const WORTH_A_PROCESS = 6
// Node.js begins with what comes first in the alphabet: these are the longest.
const FOLDER = 'dist/all-on-the-database'

/** Writes a few programs that run some of the tests each. @returns their paths */
export function inAFewProcesses(tests) {
  mkdirSync(join(root, FOLDER), { recursive: true })
  const processes = Math.min(MOST_PROCESSES, Math.ceil(tests.length / WORTH_A_PROCESS))
  return Array.from({ length: processes }, (_, remainder) => {
    const files = tests.filter((_, index) => index % processes === remainder)
    const program = `${FOLDER}/part-${remainder + 1}.js`
    const lines = [`import { inTurn } from '../../tools/test/in-turn.mjs'`, `await inTurn(${JSON.stringify(files)})`]
    writeFileSync(join(root, program), lines.join('\n'))
    return program
  })
}
