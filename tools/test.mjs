/** `npm test`: every test once, on a fresh checkout; with `--full` what CI does. `npm test -- --help` says how to run a part. */
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
import { chosenTests, NothingChosen, patternsOf } from './test/chosen-tests.mjs'
import { databaseTests, inAFewProcesses, onAFewStages } from './test/database-tests.mjs'
import { startPostgres } from './test/postgres.mjs'
import { ensurePrograms } from './test/programs.mjs'
import { wheneverSourcesChange } from './test/watch.mjs'

const USAGE = `npm test -- [FILE…] [--grep NAME] [--full] [--only STEP,…] [--watch]

  FILE         only these tests; a folder, or another file, means the tests in it or beside it
  --grep NAME  only the tests whose name has these words, or matches this regular expression
  --full       what is repeated as often as it should be, and the tests of src on both databases: what CI does
  --only STEP  one or several of the steps below; the build comes first in any case
  --watch      once more whenever a source changes

Without --only, the tests that were asked for run once: those of src on the embedded database.

Steps:
  types      compiles
  lint       biome: format, lint, functions of 50 lines at most
  rules      the rules of the house (tools/rules)
  dead-code  knip: files, exports and packages that nobody uses
  unit       the tests beside the sources that use no database, or are about it; with --full all, on the embedded database
  storage    those that use the database, on a throwaway PostgreSQL
  e2e        black-box and browser tests, on PostgreSQL too: it opens faster`

const BIOME = 'node_modules/@biomejs/biome/bin/biome'
const KNIP = 'node_modules/knip/bin/knip.js'
const AN_HOUR_MS = 3_600_000

/** They need no tests and no database: they run beside those. */
const CHECKS = {
  types: (how) => run(['tools/build.mjs'], how),
  lint: (how) => run([BIOME, 'check', '--error-on-warnings', '--diagnostic-level=warn', '.'], how),
  rules: async (how) => {
    const isKept = isPart || (await run(['tools/rules/check.mjs'], how))
    return (await nodeTests(testsIn('tools'), how)) && isKept
  },
  'dead-code': (how) => run([KNIP, '--no-progress'], how),
}
const TESTS = {
  unit: () => {
    const sharing = sharingTests()
    const others = testsIn('src', 'dev', 'bench').filter((test) => !sharing.includes(test))
    const together = others.filter((test) => !mayStartPrograms(test))
    const alone = others.filter(mayStartPrograms).map(compiled)
    return nodeTests([...inAFewProcesses([...sharing.filter(isOnEmbedded), ...together], shared), ...alone])
  },
  storage: async () => {
    const tests = sharingTests().filter((test) => !isOnEmbedded(test) || dependsOnTheDatabase(test))
    return nodeTests(inAFewProcesses(tests, shared), { env: await postgres() })
  },
  e2e: async () => {
    const [looks, stories, others] = [isOfLooks, isStory, (test) => !isOfLooks(test) && !isStory(test)].map((is) =>
      testsIn('e2e').filter(is),
    )
    const programs = [...inAFewProcesses(others, shared), ...onAFewStages(stories, shared), ...looks.map(compiled)]
    return nodeTests(programs, { env: await postgres() })
  },
}
const STEPS = { ...CHECKS, ...TESTS }

/** The programs that a step needs besides packages. */
function programsOf(step) {
  if (step === 'storage') return ['postgresql']
  if (step !== 'e2e') return []
  return [
    'postgresql',
    'oathtool',
    ...(testsIn('e2e').some((test) => isOfLooks(test) || isStory(test)) ? ['chromium'] : []),
  ]
}

const { values: options, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    grep: { type: 'string' },
    full: { type: 'boolean' },
    watch: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
const isPart = paths.length > 0 || options.grep !== undefined
/** Which tests run on the embedded database, too: without `--full`, those that are about databases. */
const isOnEmbedded = (test) => options.full || isPart || test.startsWith('src/platform/database/')

/** What the processes of this run share: see src/testing/signing-keys.ts. */
const shared = mkdtempSync(join(tmpdir(), 'passerelle-tests-'))
process.once('exit', () => rmSync(shared, { recursive: true }))
const SHARED = {
  PASSERELLE_TEST_SIGNING_KEYS: join(shared, 'signing-keys.json'),
  PASSERELLE_TEST_FULL: options.full ? 'yes' : '', // see src/testing/repeated.ts
}

let files = []
let chosen = []
function readTests() {
  files = readTree(root).files
  chosen = chosenTests(files, { paths, name: options.grep })
}
const testsIn = (...folders) => chosen.filter((path) => folders.includes(path.split('/')[0]))
const sharingTests = () => databaseTests(files).filter((test) => chosen.includes(test))
/** The commands ask the service, whatever its database; those that start one do depend on it. */
const dependsOnTheDatabase = (test) => !/^src\/cli\/(?!serve\/)/.test(test)
/** What starts programs and listens on ports has a process of its own. */
const mayStartPrograms = (test) => /^src\/(cli|platform)\//.test(test)
const isOfLooks = (test) => test.startsWith('e2e/looks/')
const isStory = (test) => test.startsWith('e2e/stories/')
const compiled = (test) => (test.startsWith('tools/') ? test : `dist/${test.replace(/tsx?$/, 'js')}`)

let cluster
const postgres = () => {
  cluster ??= startPostgres()
  return cluster
}

const running = new Set()
let testsRun = 0
/** Runs a Node.js program. `say` is given what it prints, which is shown at once without it. @returns whether it succeeded */
function run(args, { env = {}, say } = {}) {
  const stdio = say ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['inherit', 'inherit', 'inherit', 'ipc']
  const program = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio })
  running.add(program)
  program.on('message', ({ tests }) => {
    testsRun += tests
  })
  for (const output of [program.stdout, program.stderr]) output?.on('data', say)
  return new Promise((resolve) =>
    program.once('close', (code) => {
      running.delete(program)
      resolve(code === 0)
    }),
  )
}

function nodeTests(tests, { env, say } = {}) {
  const names = options.grep === undefined ? [] : patternsOf(options.grep)
  const flags = [
    '--liftoff-only', // to optimize the WebAssembly of embedded databases costs more than it saves: most live for seconds
    '--enable-source-maps',
    '--import=./tools/test/leave.mjs',
    `--test-concurrency=${availableParallelism()}`, // more of them wait for each other
    `--test-timeout=${AN_HOUR_MS}`,
    '--test-reporter=./tools/test/reporter.mjs',
    ...names.map((name) => `--test-name-pattern=${name}`),
  ]
  return tests.length === 0 || run([...flags, '--test', ...tests], { env: { ...SHARED, ...env }, say })
}

/** Runs the steps, all of them whatever fails, the checks beside the tests. @returns `{ step, passed, seconds }` of each */
async function runSteps(steps) {
  const missing = ensurePrograms([...new Set(steps.flatMap(programsOf))])
  const inTurn = async (steps) => {
    const results = []
    for (const step of steps) {
      const start = performance.now()
      const canRun = !programsOf(step).some((program) => missing.includes(program))
      const passed = canRun && (await runStep(step))
      results.push({ step, passed, seconds: (performance.now() - start) / 1000 })
    }
    return results
  }
  const results = await Promise.all([CHECKS, TESTS].map((all) => inTurn(steps.filter((step) => step in all))))
  return results.flat()
}

/** What a check says is shown when it is over, so that it stands together. */
async function runStep(step) {
  const said = []
  if (step in TESTS) console.log(`\n── ${step}`)
  const passed = await STEPS[step]({ say: (chunk) => said.push(chunk) })
  if (step in CHECKS) process.stdout.write(`\n── ${step}\n${Buffer.concat(said)}`)
  return passed
}

/** A part is compiled without looking at the types, which takes a fifth of the time. */
async function runOnce() {
  readTests()
  testsRun = 0
  const asked = options.only?.split(',') ?? (isPart ? stepsOfPart() : Object.keys(STEPS))
  const isBuilt = await build({ checked: false })
  const results = isBuilt || !isPart ? await runSteps(Object.keys(STEPS).filter((step) => asked.includes(step))) : []
  console.log('')
  if (isPart && results.some(({ step }) => step in TESTS || step === 'rules') && testsRun === 0) return nothingRan()
  for (const { step, passed, seconds } of results) {
    const line = `${passed ? '✓' : '✗'} ${step.padEnd(9)} ${seconds.toFixed(1).padStart(6)} s`
    console.log(passed ? line : `${line}   FAILED`)
  }
  return isBuilt && results.every(({ passed }) => passed)
}

/** The words are in a source, but not in the name of a test; or the step that was asked for has other tests. */
function nothingRan() {
  const where = chosen.length > 3 ? `${chosen.length} files` : chosen.join(', ')
  console.log(`✗ No test ran: in ${where}, there is none for ${process.argv.slice(2).join(' ')}`)
  return false
}

const stepsOfPart = () =>
  Object.entries({
    rules: ['tools'],
    unit: ['src', 'dev', 'bench'],
    storage: options.full ? ['src'] : [],
    e2e: ['e2e'],
  })
    .filter(([, folders]) => testsIn(...folders).length > 0)
    .map(([step]) => step)

function misused(message) {
  console.error(`${message}\n\n${USAGE}`)
  process.exit(2)
}

async function main() {
  if (options.help) return console.log(USAGE)
  const unknown = options.only?.split(',').find((step) => !(step in STEPS))
  if (unknown !== undefined) misused(`--only ${unknown}: there is no such step.`)
  endWithNpm()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      for (const program of running) program.kill()
      process.exit(1)
    })
  }
  if (options.watch) await wheneverSourcesChange(runOnce)
  process.exitCode = (await runOnce()) ? 0 : 1
}

await main().catch((error) => {
  if (!(error instanceof NothingChosen)) throw error
  misused(error.message)
})
