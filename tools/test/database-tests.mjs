/**
 * The tests beside the sources that use the test database, directly or through what they import. To open one takes
 * two seconds, so these tests share two processes, a suite each, and run once more on PostgreSQL; every other test has
 * a process of its own. A test that shares makes its world inside of a test or a hook: what it makes while it is being
 * loaded, another test clears away.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../install.mjs'

const TEST_DATABASE = 'src/platform/database/testing.ts'

/** @param files of `readTree()` @returns the paths of those tests among them */
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

/** Writes two programs that run half of the tests each. @returns their paths */
export function inTwoProcesses(tests) {
  mkdirSync(join(root, 'dist/tests'), { recursive: true })
  return [0, 1].map((remainder) => {
    const suites = tests
      .filter((_, index) => index % 2 === remainder)
      .map((test) => `suite('${test}', async () => void (await import('../${test.replace(/tsx?$/, 'js')}')))\n`)
    const program = `dist/tests/half-${remainder + 1}.js`
    writeFileSync(join(root, program), `import { suite } from 'node:test'\n${suites.join('')}`)
    return program
  })
}
