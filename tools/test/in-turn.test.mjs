/** Processes that share test files: each is taken by one, and one that has come too late for any ends. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { root } from '../install.mjs'

const own = mkdtempSync(join(tmpdir(), 'in-turn-'))
after(() => rmSync(own, { recursive: true }))
const write = (name, text) => writeFileSync(join(own, name), text)
write(
  'first.js',
  "import { createServer } from 'node:net'\nimport { after } from 'node:test'\nconst server = createServer().listen(0, '127.0.0.1')\nafter(() => server.close())",
)
write('a.js', "import { test } from 'node:test'\ntest('one', () => {})")

/** As it is seen from dist/. */
const source = (name) => relative(join(root, 'dist'), join(own, name)).replaceAll('\\', '/')

function run(taken) {
  const call = `await inTurn(${JSON.stringify([source('a.js')])}, ${JSON.stringify(taken)}, ${JSON.stringify([source('first.js')])})`
  write('program.mjs', `import { inTurn } from ${JSON.stringify(join(root, 'tools/test/in-turn.mjs'))}\n${call}`)
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return spawnSync(process.execPath, ['--test', '--test-reporter=tap', join(own, 'program.mjs')], {
    env,
    timeout: 60_000,
    encoding: 'utf8',
  })
}

test('a file is run by the process that takes it, and what was opened before it is closed', () => {
  const taken = join(own, 'taken')
  mkdirSync(taken)
  const { stdout, status } = run(taken)
  assert.match(stdout, /ok 1 - one/)
  assert.equal(status, 0)
  assert.deepEqual(readdirSync(taken), ['0'])
})

test('a process for which no file is left opens nothing, and ends', () => {
  const taken = join(own, 'all-taken')
  mkdirSync(taken)
  writeFileSync(join(taken, '0'), '')
  const { stdout, status, signal } = run(taken)
  assert.doesNotMatch(stdout, /- one/)
  assert.deepEqual([status, signal], [0, null])
})
