import assert from 'node:assert/strict'
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { seconds } from '../../platform/clock.ts'
import { closeServer, listen } from '../../platform/web/server.ts'
import { type Environment, emptyFolder, passerelle, serving } from '../../testing/command-line.ts'
import { freePort } from '../../testing/free-port.ts'

/** A start that is refused: 1, and one line. */
async function refusal(environment: Environment, cwd = emptyFolder(), command = 'serve'): Promise<string> {
  const { code, stderr } = await passerelle([command], environment, cwd)
  assert.deepEqual([code, stderr.length], [1, 1], stderr.join('\n'))
  return stderr.join()
}

const CHECKPOINTS = '.data/audit-checkpoints.jsonl'

test('a wrong setting', async () => {
  assert.equal(await refusal({ PORT: 'x' }), 'passerelle: PORT must be a whole number from 0 to 65535')
  assert.match(await refusal({ PASSERELLE_COLOUR: 'red' }), /^passerelle: PASSERELLE_COLOUR is not a setting/)
  assert.match(await refusal({ SMTP_URL: 'smtp://' }), /^passerelle: SMTP_URL must be smtp\(s\):/)
  assert.match(
    await refusal({ PASSERELLE_URL: 'https://a.example' }, undefined, 'demo'),
    /^passerelle: SMTP_URL is needed/,
  )
  const wrong = await refusal({ SMS_URL: 'twilio://AC1:secret@texts.example' })
  assert.match(wrong, /^passerelle: SMS_URL must be twilio:[^\n]+$/)
  assert.doesNotMatch(wrong, /secret/)
  assert.match(await refusal({ PASSERELLE_PHONE_COUNTRIES: 'UK' }), /^passerelle: PASSERELLE_PHONE_COUNTRIES must be/)
  const production = { PASSERELLE_URL: 'https://a.example', SMTP_URL: 'smtp://localhost' }
  assert.match(await refusal(production, undefined, 'demo'), /^passerelle: .* the demo is for development$/)
})

test('a folder that cannot be written', async () => {
  const cwd = emptyFolder()
  writeFileSync(join(cwd, 'file'), '')
  for (const more of [
    {},
    { PASSERELLE_MODE: 'production', PASSERELLE_URL: 'https://a.example', SMTP_URL: 'smtp://localhost' },
  ]) {
    const line = await refusal({ PASSERELLE_DATA: 'file/data', ...more }, cwd)
    assert.match(line, /^passerelle: The data folder file\/data cannot be written to: ENOTDIR/)
  }
  assert.match(await refusal({ PASSERELLE_DATA: '/proc/nope/data' }), /^passerelle: The data folder .* ENOENT/)
})

test('PostgreSQL is away', async () => {
  const DATABASE_URL = `postgres://someone:secret@127.0.0.1:${await freePort()}/accounts`
  const PASSERELLE_SECRET = 'a master key, long enough to be one'
  for (const command of ['serve', 'migrate']) {
    const line = await refusal({ DATABASE_URL, PASSERELLE_SECRET }, undefined, command)
    assert.match(line, /^passerelle: PostgreSQL at 127\.0\.0\.1:\d+, database accounts cannot be used: .*ECONNREFUSED/)
    assert.doesNotMatch(line, /secret/)
  }
  assert.equal(await refusal({ DATABASE_URL }), 'passerelle: PASSERELLE_SECRET is needed with DATABASE_URL')
})

test('a port that is taken, by the service or by a product of the demo', async () => {
  const taken = createServer()
  after(() => closeServer(taken, seconds(0)))
  const PORT = String(await listen(taken, 0, '127.0.0.1'))
  assert.equal(
    await refusal({ PORT, PASSERELLE_URL: `http://localhost:${PORT}` }),
    `passerelle: port ${PORT} on 127.0.0.1 is taken by another program; set PORT to another`,
  )
  const beside = await passerelle(['demo', '--json'], { PORT: String(Number(PORT) - 1) })
  const line = `port ${PORT} for Grand Livre of the demo is taken by another program; set PORT to another: the demo takes it and the next two`
  assert.deepEqual([beside.code, beside.stderr], [1, [`passerelle: ${line}`]])
  assert.doesNotMatch(beside.stdout, /ready/)
})

test('the products of the demo follow PORT, and what is registered follows them', async () => {
  const cwd = emptyFolder()
  for (let n = 0; n < 2; n++) {
    const port = await freePort(3)
    const environment = { PORT: String(port) }
    const demo = await serving(environment, cwd, 'demo')
    for (const [at, id] of ['ledger', 'payroll'].entries()) {
      const url = `http://localhost:${port + 1 + at}`
      const { stdout } = await passerelle(['products', 'show', id, '--json'], environment, cwd)
      const { redirect_uris, backchannel_logout_uri } = JSON.parse(stdout)
      assert.deepEqual([redirect_uris, backchannel_logout_uri], [[`${url}/callback`], `${url}/backchannel-logout`])
      const authorize = (await fetch(`${url}/sign-in`, { redirect: 'manual' })).headers.get('location') ?? ''
      assert.equal((await fetch(authorize, { redirect: 'manual' })).status, 303)
    }
    assert.equal(await demo.stop(), 0)
  }
})

test('an installation: its address, its secrets, a second process, another master key, the schema, the audit log', async () => {
  const cwd = emptyFolder()
  const PORT = String(await freePort())
  const environment: Environment = { PORT }
  const run = (...args: string[]) => passerelle(args, environment, cwd)
  assert.match((await run('migrate', '--status')).stdout, /^0001-initial-schema +outstanding$/m)
  assert.deepEqual(readdirSync(cwd), [])

  const service = await serving(environment, cwd)
  assert.deepEqual([service.url, service.warnings], [`http://localhost:${PORT}`, []])
  for (const name of ['master-key', 'admin-token']) {
    const file = join(cwd, '.data', name)
    assert.match(readFileSync(file, 'utf8'), /^[\w-]{43}\n$/)
    assert.equal(statSync(file).mode & 0o777, 0o600)
  }
  assert.equal((await run('policy', 'set', '--min-length', '9')).code, 0)
  await whileItRuns(environment, cwd, service.url)

  assert.equal(await service.stop(), 0)
  assert.equal((await run('products', 'list')).code, 1)
  const [line, ...more] = readFileSync(join(cwd, CHECKPOINTS), 'utf8').trimEnd().split('\n')
  assert.deepEqual([JSON.parse(line ?? '').seq, more], [1, []])
  assert.equal(statSync(join(cwd, CHECKPOINTS)).mode & 0o777, 0o600)
  const status = await run('migrate', '--status', '--json')
  const [first] = JSON.parse(status.stdout).migrations
  assert.deepEqual([first.version, first.name, typeof first.applied_at], [1, 'initial-schema', 'string'])
  assert.deepEqual(JSON.parse((await run('migrate', '--json')).stdout), { applied: [] })

  const PASSERELLE_SECRET = 'another master key, long enough to be one'
  const other = await refusal({ ...environment, PASSERELLE_SECRET }, cwd)
  assert.equal(other, 'passerelle: PASSERELLE_SECRET is not the master key this database was made with')
  const former = { ...environment, PASSERELLE_SECRET, PASSERELLE_SECRET_FORMER_FILE: join(cwd, '.data/master-key') }
  const PASSERELLE_URL = `http://localhost:${await freePort()}`
  const renewed = await serving({ ...former, PASSERELLE_URL }, cwd)
  assert.deepEqual(renewed.warnings, [`PASSERELLE_URL is ${PASSERELLE_URL}, but it listens on port ${PORT}`])
  const verified = await passerelle(['audit', 'verify'], former, cwd)
  assert.deepEqual([verified.code, verified.stdout], [0, 'The audit log is right: 1 row, 1 checkpoint.\n'])
  assert.equal(await renewed.stop(), 0)

  renameSync(join(cwd, '.data/master-key'), join(cwd, 'kept'))
  assert.match(await refusal(environment, cwd), /^passerelle: \.data\/master-key is not the master key/)
  renameSync(join(cwd, 'kept'), join(cwd, '.data/master-key'))
  writeFileSync(join(cwd, '.data/admin-token'), 'short')
  assert.match(await refusal(environment, cwd), /^passerelle: \.data\/admin-token is damaged/)
})

/** What a second process is told, and what the commands say, beside a service that runs. */
async function whileItRuns(environment: Environment, cwd: string, url: string): Promise<void> {
  const run = (args: string[], more: Environment = {}) => passerelle(args, { ...environment, ...more }, cwd)
  const locked = /^passerelle: Process \d+ already uses the database in .*\.data: stop it/
  for (const command of ['serve', 'migrate'])
    assert.match(await refusal({ ...environment, PORT: '0' }, cwd, command), locked)

  const stdout = `The service at ${url} has the database: it applied all its migrations when it started.\n`
  assert.deepEqual(await run(['migrate', '--status']), { code: 0, stdout, stderr: [] })
  const asJson = await run(['migrate', '--status', '--json'])
  assert.deepEqual(JSON.parse(asJson.stdout), { all_applied: true, service: url })
  const elsewhere = { PASSERELLE_URL: `http://localhost:${await freePort()}` }
  const unanswered = await run(['migrate', '--status'], elsewhere)
  assert.deepEqual([unanswered.code, unanswered.stderr.length], [1, 1])
  assert.match(unanswered.stderr[0] ?? '', /already uses the database/)

  const examined = await run(['doctor', '--json'])
  const { ok, findings, settings } = JSON.parse(examined.stdout)
  assert.deepEqual([examined.code, ok, examined.stderr], [0, true, []])
  const says = Object.fromEntries(findings.map((it: { about: string; says: string }) => [it.about, it.says]))
  assert.equal(says.database, `the service at ${url} has it, and says that it is ready`)
  assert.deepEqual(Object.keys(says).slice(-3), ['database', 'signing keys', 'clock'])
  const { name, value, from } = settings.find((it: { name: string }) => it.name === 'PORT')
  assert.deepEqual([name, value, from], ['PORT', environment.PORT, 'environment'])
}

test('migrate makes a new database; the doctor changes nothing', async () => {
  const cwd = emptyFolder()
  const environment = { PORT: String(await freePort()) }
  const doctor = async () => (await passerelle(['doctor'], environment, cwd)).stdout
  assert.match(await doctor(), /^ok +database +there is none in \.data yet/m)
  assert.equal(existsSync(join(cwd, '.data')), false)
  const { code, stdout } = await passerelle(['migrate'], environment, cwd)
  assert.equal(code, 0)
  assert.match(stdout, /^0001-initial-schema is applied\.\n/)
  const before = await doctor()
  assert.match(before, /^ok +migrations +all \d+ are applied$/m)
  assert.match(before, /^ok +master key +none was used with this database yet$/m)
  assert.deepEqual([existsSync(join(cwd, '.data/master-key')), await doctor()], [false, before])

  await (await serving(environment, cwd)).stop()
  assert.match(await doctor(), /^ok +signing keys +4, all of them open$/m)
  rmSync(join(cwd, '.data/master-key'))
  chmodSync(join(cwd, '.data/admin-token'), 0o644)
  const wrong = await passerelle(['doctor'], environment, cwd)
  assert.equal(wrong.code, 1)
  assert.match(wrong.stdout, /^look at this +master key +\.data\/master-key is not the master key/m)
  assert.match(wrong.stdout, /^look at this +data folder +others can read \.data\/admin-token/m)
})
