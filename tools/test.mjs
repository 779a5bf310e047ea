/** `npm test`: everything CI checks, on a fresh checkout. `npm test -- --help` says how to run a part. */
import './node-version.mjs'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { root } from './install.mjs'
import { startPostgres } from './test/postgres.mjs'
import { ensurePrograms } from './test/programs.mjs'

const USAGE = `npm test -- [--only STEP,…] [--grep NAME]

  --only STEP  one or several of: types lint rules dead-code unit storage e2e
  --grep NAME  only the tests whose name matches (unit, storage and e2e; a regular expression)

Steps: types (and build), lint (biome), rules (of the house), dead-code (knip), unit (all tests beside the
sources, on the embedded database), storage (the same on a throwaway PostgreSQL), e2e (browser and black box).`

const BIOME = 'node_modules/@biomejs/biome/bin/biome'
const KNIP = 'node_modules/knip/bin/knip.js'

const TEN_MINUTES_MS = 600_000

const STEPS = {
  types: () => build(),
  lint: () => run([BIOME, 'check', '--error-on-warnings', '--max-diagnostics=200', '.']),
  rules: async () =>
    (await run(['tools/rules/check.mjs'])) &&
    (await nodeTests(['tools/rules/check.test.mjs', 'tools/rules/biome.test.mjs'])),
  'dead-code': () => run([KNIP, '--no-progress']),
  unit: () => nodeTests(inTwoProcesses(['src', 'dev', 'bench'].flatMap(testsIn))),
  storage: async () => nodeTests(inTwoProcesses(testsIn('src')), await postgres()),
  e2e: async () => nodeTests(testsIn('e2e'), await postgres()),
}
const PROGRAMS = { storage: ['postgresql'], e2e: ['postgresql', 'chromium'] }

const programsFor = (step) => PROGRAMS[step] ?? []

let started
const postgres = () => (started ??= startPostgres())

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, grep: { type: 'string' }, help: { type: 'boolean' } },
})

let running
/** Runs a Node.js program. @returns whether it succeeded */
function run(args, env = {}) {
  running = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' })
  return new Promise((resolve) => running.once('close', (code) => resolve(code === 0)))
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    running?.kill()
    process.exit(1)
  })
}

/** The compiled tests of a folder: `dist/src/core/account/email.test.js`, … */
function testsIn(folder) {
  const dist = `dist/${folder}`
  const files = existsSync(join(root, dist)) ? readdirSync(join(root, dist), { recursive: true }) : []
  const tests = files.filter((file) => file.endsWith('.test.js'))
  return tests.map((file) => `${dist}/${file}`).sort()
}

/** Most tests open a database: sharing two processes, they open two in all instead of one each. */
function inTwoProcesses(files) {
  mkdirSync(join(root, 'dist/tests'), { recursive: true })
  return [0, 1].map((remainder) => {
    const half = files.filter((_, index) => index % 2 === remainder)
    const entry = `dist/tests/half-${remainder + 1}.js`
    writeFileSync(join(root, entry), half.map((file) => `await import('${file.replace('dist', '..')}')\n`).join(''))
    return entry
  })
}

function nodeTests(files, env = {}) {
  if (!files.length) return true
  const filter = options.grep ? [`--test-name-pattern=${options.grep}`] : []
  const flags = [
    '--enable-source-maps',
    '--import=./tools/test/leave.mjs',
    '--test-concurrency=2',
    `--test-timeout=${TEN_MINUTES_MS}`,
    '--test-reporter=./tools/test/reporter.mjs',
  ]
  return run([...flags, ...filter, '--test', ...files], env)
}

function chosenSteps() {
  const names = options.only?.split(',') ?? Object.keys(STEPS)
  const unknown = names.find((name) => !(name in STEPS))
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there is no such step`)
  return Object.keys(STEPS).filter((name) => name === 'types' || names.includes(name))
}

async function main() {
  if (options.help) return console.log(USAGE)
  const steps = chosenSteps()
  const missing = ensurePrograms([...new Set(steps.flatMap(programsFor))])
  const results = []
  for (const name of steps) {
    console.log(`\n── ${name}`)
    const start = performance.now()
    const passed = !programsFor(name).some((program) => missing.includes(program)) && (await STEPS[name]())
    results.push({ name, passed, time: (performance.now() - start) / 1000 })
  }
  console.log('')
  for (const { name, passed, time } of results) {
    console.log(`${passed ? '✓' : '✗'} ${name.padEnd(10)} ${time.toFixed(1).padStart(6)} s${passed ? '' : '   FAILED'}`)
  }
  process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
}

await main()
