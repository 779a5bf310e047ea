/**
 * The tests that use the test database, directly or through what they import. To open one and to load a service takes
 * two seconds, so these tests share a few processes, one after another. A test that shares has the database to itself
 * until its last hook is over.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
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

const WORTH_A_PROCESS = 6
// Node.js begins with what comes first in the alphabet: these are the longest.
const FOLDER = 'dist/all-on-the-database'

/**
 * Writes a program for each processor; whichever is idle takes the next test.
 * @param folder of this run, removed after it
 * @param first what they load before
 * @returns their paths
 */
function programsOf(tests, name, folder, first = []) {
  mkdirSync(join(root, FOLDER), { recursive: true })
  const taken = mkdtempSync(join(folder, 'taken-'))
  const programs = Math.min(availableParallelism(), Math.ceil(tests.length / WORTH_A_PROCESS))
  return Array.from({ length: programs }, (_, at) => {
    const program = `${FOLDER}/${name}-${at + 1}.js`
    const call = `await inTurn(${[tests, taken, first].map((it) => JSON.stringify(it)).join(', ')})`
    writeFileSync(join(root, program), `import { inTurn } from '../../tools/test/in-turn.mjs'\n${call}`)
    return program
  })
}

/** They run one file after another, as if each were alone. */
export const inAFewProcesses = (tests, folder) => programsOf(tests, 'part', folder)

/** Stories share a stage: to set one, with a browser, takes seconds (e2e/stories/stage). */
export const onAFewStages = (stories, folder) => programsOf(stories, 'stories', folder, ['e2e/stories/stage/stage.ts'])
