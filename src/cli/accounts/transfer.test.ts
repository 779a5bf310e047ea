import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { emptyFolder, passerelle } from '../../testing/command-line.ts'
import { testService } from '../../testing/world.ts'
import { progressBar } from './progress.ts'

const BCRYPT = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'

async function installation() {
  const service = await testService()
  const cwd = emptyFolder()
  const environment = { PASSERELLE_URL: service.base, PASSERELLE_ADMIN_TOKEN: service.adminToken }
  const run = (...args: string[]) => passerelle(['accounts', ...args], environment, cwd)
  return { service, run, at: (name: string) => join(cwd, name) }
}

const lineOf = (n: number): string =>
  JSON.stringify({
    id: `id${n}`,
    email: `p${n}@exemple.ca`,
    first_name: 'Luc',
    last_name: 'Roy',
    password: { hash: BCRYPT },
  })
const many = (count: number): string[] => Array.from({ length: count }, (_, n) => lineOf(n))

test('a file is imported in batches; a second run changes nothing and says so; what went in comes out', async () => {
  const { run, at } = await installation()
  writeFileSync(at('people'), `\ufeff${many(1_201).join('\r\n')}\n\n`)
  const dry = await run('import', 'people', '--dry-run')
  assert.deepEqual(dry, {
    code: 0,
    stdout: '1202 lines: 1201 would be imported, 0 there already, 0 refused.\n',
    stderr: [],
  })
  assert.equal((await run('import', 'people')).stdout, '1202 lines: 1201 imported, 0 there already, 0 refused.\n')
  assert.equal(existsSync(at('people.imported')), false)
  const again = await run('import', 'people')
  assert.equal(again.stdout, '1202 lines: 0 imported, 1201 there already, 0 refused. Nothing was changed.\n')

  const told = await run('export', '--to', 'out')
  assert.match(told.stdout, /^1201 accounts are in out, /)
  assert.equal(statSync(at('out')).mode & 0o777, 0o600)
  assert.equal(existsSync(at('out.part')), false)
  const toOutput = await run('export')
  assert.equal(toOutput.stdout, readFileSync(at('out'), 'utf8'))
  const lines = toOutput.stdout.trim().split('\n')
  assert.equal(lines.length, 1_201)
  assert.deepEqual(new Set(lines.map((line) => JSON.parse(line).password.hash)), new Set([BCRYPT]))
  assert.match((await run('import', 'out')).stdout, /^1201 lines: 0 imported, 1201 there already/)
})

test('refused lines are told by their number and reason, all of them in the report, and no hash', async () => {
  const { run, at } = await installation()
  const wrong = ['{', '[]', lineOf(1), `{"x":"${'x'.repeat(64_000)}"}`, lineOf(3).replace('Luc', '<'), 'secret hash']
  writeFileSync(at('people'), [lineOf(1), ...wrong, ...many(30).map(() => '?'), lineOf(2)].join('\n'))
  const { code, stdout, stderr } = await run('import', 'people', '--report', 'report', '--json')
  const { first_refused: first, ...rest } = JSON.parse(stdout)
  assert.deepEqual([code, stderr], [1, []])
  assert.deepEqual(rest, { dry_run: false, lines: 38, imported: 2, present: 0, refused: 36, report: 'report' })
  const report = readFileSync(at('report'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(statSync(at('report')).mode & 0o777, 0o600)
  assert.deepEqual(report.slice(0, 20), first)
  assert.equal(report.length, 36)
  assert.deepEqual(
    report.slice(0, 6).map(({ line, reason }) => `${line} ${reason}`),
    ['2 not-json', '3 line-malformed', '4 address-twice', '5 line-too-long', '6 name-unusable', '7 not-json'],
  )
  assert.doesNotMatch(JSON.stringify(report), /secret|\$2a/)
  const inWords = await run('import', 'people')
  assert.match(inWords.stdout, /^38 lines: 0 imported, 2 there already, 36 refused\.\nline 2: The line is not JSON\.\n/)
  assert.match(inWords.stdout, /\n… and 16 more: --report FILE writes all of them down\n$/)
})

test('an interrupted import goes on where it was, unless the file is another', async () => {
  const { run, at } = await installation()
  writeFileSync(at('people'), `${many(10).join('\n')}\n`)
  const { size } = statSync(at('people'))
  writeFileSync(at('people.imported'), JSON.stringify({ size, lines: 7 }))
  writeFileSync(at('report'), 'of the first part\n')
  const resumed = await run('import', 'people', '--resume', '--report', 'report')
  assert.equal(resumed.stdout, '10 lines: 3 imported, 0 there already, 0 refused.\n')
  assert.equal(readFileSync(at('report'), 'utf8'), 'of the first part\n')
  assert.match((await run('import', 'people', '--resume')).stdout, /^10 lines: 7 imported, 3 there already/)

  writeFileSync(at('people.imported'), JSON.stringify({ size: size + 1, lines: 7 }))
  const changed = await run('import', 'people', '--resume', '--json')
  assert.deepEqual([changed.code, JSON.parse(changed.stdout).error.reason], [1, 'file-changed'])
  for (const [args, reason] of [
    [['import', 'nowhere'], 'unreadable'],
    [['import', '-', '--resume'], 'cannot-resume'],
    [['import', 'people', '--report', 'no/where'], 'unwritable'],
    [['export', '--to', 'no/where'], 'unwritable'],
  ] as const)
    assert.equal(JSON.parse((await run(...args, '--json')).stdout).error.reason, reason)
})

test('on a terminal a bar says how far it is, elsewhere nothing does', () => {
  const written: string[] = []
  const terminal = { isTTY: true, write: (text: string) => written.push(text) > 0 }
  const bar = progressBar(200, terminal)
  bar.cameTo(100, 500)
  bar.end()
  assert.match(written[0] ?? '', /^\r\[={15} {15}\] {2}50 % {2}500/)
  assert.equal(written.at(-1), '\r\u001b[K')
  progressBar(200, { ...terminal, isTTY: false }).cameTo(1, 1)
  assert.equal(written.length, 2)
})
