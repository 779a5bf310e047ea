/** `npm test`: everything CI checks, on a fresh checkout. `npm test -- --help` says how to run a part. */
import './node-version.mjs'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { endWithNpm } from './end-with-npm.mjs'
import { root } from './install.mjs'
import { readTree } from './rules/tree.mjs'
import { databaseTests, inAFewProcesses } from './test/database-tests.mjs'
import { startPostgres } from './test/postgres.mjs'
import { ensurePrograms } from './test/programs.mjs'

const USAGE = `npm test -- [--only STEP,…] [--grep NAME]

  --only STEP  one or several of the steps below; the build comes first in any case
  --grep NAME  only the tests whose name matches this regular expression (unit, storage, e2e)

Steps:
  types      installs, compiles
  lint       biome: format, lint, functions of 50 lines at most
  rules      the rules of the house (tools/rules)
  dead-code  knip: files, exports and packages that nobody uses
  unit       the tests beside the sources, on the embedded database
  storage    those of them that use the database once more, on a throwaway PostgreSQL
  e2e        black-box and browser tests, on PostgreSQL too: it opens faster`

const BIOME = 'node_modules/@biomejs/biome/bin/biome'
const KNIP = 'node_modules/knip/bin/knip.js'
const TWENTY_MINUTES_MS = 1_200_000

const STEPS = {
  types: () => build(),
  lint: () => run([BIOME, 'check', '--error-on-warnings', '--diagnostic-level=warn', '.']),
  rules: async () => {
    const isKept = await run(['tools/rules/check.mjs'])
    return (await nodeTests(testsIn('tools'))) && isKept
  },
  'dead-code': () => run([KNIP, '--no-progress']),
  unit: () => {
    const tests = testsIn('src', 'dev', 'bench')
    const sharing = sharingTests()
    const alone = tests.filter((test) => mayStartPrograms(test) && !sharing.includes(test))
    return nodeTests([...inAFewProcesses(tests.filter((test) => !alone.includes(test))), ...alone.map(compiled)])
  },
  storage: async () => nodeTests(inAFewProcesses(sharingTests().filter(dependsOnTheDatabase)), await postgres()),
  e2e: async () => {
    const tests = testsIn('e2e')
    const browsing = tests.filter((test) => /^e2e\/(looks|stories)\//.test(test))
    const others = tests.filter((test) => !browsing.includes(test))
    return nodeTests([...inAFewProcesses(others), ...browsing.map(compiled)], await postgres())
  },
}

/** What the processes of this run share: see src/testing/signing-keys.ts. */
const shared = mkdtempSync(join(tmpdir(), 'passerelle-tests-'))
process.once('exit', () => rmSync(shared, { recursive: true }))
const SHARED = { PASSERELLE_TEST_SIGNING_KEYS: join(shared, 'signing-keys.json') }

/** The programs that a step needs besides packages. */
const PROGRAMS = { storage: ['postgresql'], e2e: ['postgresql', 'chromium', 'oathtool'] }
const programsOf = (step) => PROGRAMS[step] ?? []

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, grep: { type: 'string' }, help: { type: 'boolean' } },
})

const { files } = readTree(root)
const sharingTests = () => databaseTests(files)
/** The commands ask the service, whatever its database; those that start one do depend on it. */
const dependsOnTheDatabase = (test) => !/^src\/cli\/(?!serve\/)/.test(test)
/** What starts programs and listens on ports has a process of its own. */
const mayStartPrograms = (test) => /^src\/(cli|platform)\//.test(test)
const testsIn = (...folders) =>
  files.map(({ path }) => path).filter((path) => /\.test\.\w+$/.test(path) && folders.includes(path.split('/')[0]))
const compiled = (test) => `dist/${test.replace(/tsx?$/, 'js')}`

let cluster
const postgres = () => {
  cluster ??= startPostgres()
  return cluster
}

let running
/** Runs a Node.js program. @returns whether it succeeded */
function run(args, env = {}) {
  running = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' })
  return new Promise((resolve) => running.once('close', (code) => resolve(code === 0)))
}

function nodeTests(tests, env) {
  const filter = options.grep ? [`--test-name-pattern=${options.grep}`] : []
  const flags = [
    '--liftoff-only', // to optimize the WebAssembly of embedded databases costs more than it saves: most live for seconds
    '--enable-source-maps',
    '--import=./tools/test/leave.mjs',
    `--test-concurrency=${availableParallelism()}`, // more of them wait for each other
    `--test-timeout=${TWENTY_MINUTES_MS}`,
    '--test-reporter=./tools/test/reporter.mjs',
  ]
  return tests.length === 0 || run([...flags, ...filter, '--test', ...tests], { ...SHARED, ...env })
}

/** Runs the steps, all of them whatever fails. @returns `{ step, passed, seconds }` of each */
async function runSteps(steps) {
  const missing = ensurePrograms([...new Set(steps.flatMap(programsOf))])
  const results = []
  for (const step of steps) {
    console.log(`\n── ${step}`)
    const start = performance.now()
    const canRun = !programsOf(step).some((program) => missing.includes(program))
    const passed = canRun && (await STEPS[step]())
    results.push({ step, passed, seconds: (performance.now() - start) / 1000 })
  }
  return results
}

async function main() {
  if (options.help) return console.log(USAGE)
  const asked = options.only?.split(',') ?? Object.keys(STEPS)
  const unknown = asked.find((step) => !(step in STEPS))
  if (unknown !== undefined) {
    console.error(`--only ${unknown}: there is no such step.\n\n${USAGE}`)
    process.exit(2)
  }
  endWithNpm()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      running?.kill()
      process.exit(1)
    })
  }
  const results = await runSteps(Object.keys(STEPS).filter((step) => step === 'types' || asked.includes(step)))
  console.log('')
  for (const { step, passed, seconds } of results) {
    console.log(
      `${passed ? '✓' : '✗'} ${step.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s ${passed ? '' : '  FAILED'}`,
    )
  }
  process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
}

await main()
