/** What the reporter of our tests tells the process that started them. */
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const reporter = fileURLToPath(new URL('./reporter.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'passerelle-reporter-'))
after(() => rmSync(folder, { recursive: true }))
const planted = join(folder, 'planted.test.mjs')
writeFileSync(
  planted,
  `import { suite, test } from 'node:test'
suite('a suite', () => {
  test('one that passes', () => {})
  test('one that fails', () => { throw new Error('as it should') })
  test('one that is skipped', { skip: 'on purpose' }, () => {})
})`,
)

async function testsRun(pattern) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const execArgv = ['--test', `--test-reporter=${reporter}`, `--test-name-pattern=${pattern}`]
  const program = fork(planted, { execArgv, env, silent: true })
  const [{ tests }] = await once(program, 'message')
  return tests
}

suite('how many tests there were', () => {
  for (const [pattern, expected] of [
    ['that', 3],
    ['a suite', 3],
    ['one that passes', 1],
    ['no such name', 0],
  ])
    test(`of the name ${pattern}`, async () => assert.equal(await testsRun(pattern), expected))
})
