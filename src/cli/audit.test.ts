import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { keeperOf, writeCheckpoint } from '../core/history/checkpoints.ts'
import { record, theServiceItself } from '../core/history/history.ts'
import { minutes } from '../platform/clock.ts'
import { transact } from '../platform/database/db.ts'
import { type Environment, emptyFolder, passerelle } from '../testing/command-line.ts'
import { ask } from '../testing/operator.ts'
import { CALLERS } from '../testing/race.ts'
import { testService } from '../testing/world.ts'

/** A service with `rows` acts in its log, and its command line with the operator's token. */
async function installation(rows: number) {
  const service = await testService()
  const file = join(emptyFolder(), 'checkpoints.jsonl')
  const environment: Environment = {
    PASSERELLE_URL: service.base,
    PASSERELLE_ADMIN_TOKEN: service.adminToken,
    PASSERELLE_AUDIT_CHECKPOINTS: file,
  }
  const act = (facts: object) =>
    transact(service.db, (tx) => record(service, tx, { kind: 'keys-rotated', origin: theServiceItself, facts }))
  for (let n = 1; n <= rows; n++) await act({ n })
  const sign = () => writeCheckpoint(service, keeperOf(file))
  const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n')
  return { service, file, environment, act, sign, lines, run: (...args: string[]) => passerelle(args, environment) }
}

test('Z6: audit verify says that all is right, or which row is the first wrong one and why', async () => {
  const { service, file, run, sign } = await installation(12)
  const bare = await run('audit', 'verify')
  assert.equal(bare.code, 0)
  assert.match(bare.stdout, /^The audit log is right: 12 rows, 0 checkpoints\. Without checkpoints nobody can tell/)
  await sign()
  const right = await run('audit', 'verify', '--json')
  assert.deepEqual([right.code, JSON.parse(right.stdout), right.stderr], [0, { rows: 12, checkpoints: 1 }, []])

  await sql`delete from history where seq > 9`.execute(service.db)
  await sql`update history_heads set seq = 9, hash = (select hash from history where seq = 9)`.execute(service.db)
  const cut = await run('audit', 'verify')
  assert.deepEqual([cut.code, cut.stdout], [1, ''])
  assert.deepEqual(cut.stderr, [
    'passerelle: The log was truncated: row 12 was written, and there is no such row any more.',
  ])

  await sql`update history set facts = '{}' where seq = 5`.execute(service.db)
  const edited = await run('audit', 'verify', '--json', '--checkpoints', file)
  assert.equal(edited.code, 1)
  const { error } = JSON.parse(edited.stdout)
  assert.equal(error.reason, 'audit-edited')
  assert.match(error.detail, /^Row 5 \(evt_[0-9a-f]{32}\) was edited: it is not what the service wrote\.$/)
})

test('checkpoints that cannot be read, or are none, are refused by name', async () => {
  const { file, run } = await installation(1)
  const missing = await run('audit', 'verify', '--checkpoints', `${file}.not`)
  assert.deepEqual([missing.code, missing.stderr.length], [1, 1])
  assert.match(missing.stderr[0] ?? '', /checkpoints\.jsonl\.not cannot be read/)
  writeFileSync(file, '\n{"chain":')
  assert.match((await run('audit', 'verify')).stderr.join(), /line 2, is not a checkpoint/)
  writeFileSync(file, '{"chain":"history"}\n')
  assert.match((await run('audit', 'verify')).stderr.join(), /checkpoints\.0\.seq/)
  assert.equal((await run('audit', 'verify', 'more')).code, 2)
})

test('audit export writes every event once, in order, to the terminal or to a new file', async () => {
  const { service, run, environment } = await installation(3)
  await sql`insert into history_heads (chain, seq, hash) values ('elsewhere', 7, '')`.execute(service.db)
  const printed = await run('audit', 'export')
  const events = printed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    events.map(({ seq, facts }) => [seq, facts]),
    [1, 2, 3].map((n) => [n, { n }]),
  )
  const output = join(emptyFolder(), 'log.jsonl')
  const written = await run('audit', 'export', '--json', '--output', output)
  assert.deepEqual(JSON.parse(written.stdout), { events: 3, output })
  assert.deepEqual([readFileSync(output, 'utf8'), statSync(output).mode & 0o777], [printed.stdout, 0o600])
  assert.match((await run('audit', 'export', '--output', output)).stderr.join(), /cannot be written/)
  const unread = await passerelle(['audit', 'export'], environment, emptyFolder(), 'reads nothing')
  assert.deepEqual([unread.code, unread.stderr], [0, []])
})

test('a checkpoint is written where there is something new, once a minute, by one process of many', async () => {
  const { service, act, lines, file, sign } = await installation(0)
  await sign()
  assert.equal(existsSync(file), false)
  await act({})
  const wrote = await Promise.all(Array.from({ length: CALLERS }, sign))
  assert.equal(wrote.filter(Boolean).length, 1)
  await act({})
  assert.equal(await sign(), false)
  service.clock.advance(minutes(1))
  assert.equal(await sign(), true)
  service.clock.advance(minutes(1))
  assert.equal(await sign(), false)
  await act({})
  assert.equal(await writeCheckpoint(service, keeperOf(file), true), true)
  assert.deepEqual(
    lines().map((line) => JSON.parse(line).seq),
    [1, 2, 3],
  )
  assert.deepEqual(Object.keys(JSON.parse(lines()[0] ?? '')), ['chain', 'seq', 'hash', 'at', 'key', 'signature'])
})

test('a checkpoint that was not taken is written a minute later; nobody puts it off in the database', async () => {
  const { service, act, sign, lines } = await installation(1)
  await assert.rejects(writeCheckpoint(service, keeperOf('/dev/null/nowhere')))
  assert.equal(await sign(), false)
  service.clock.advance(minutes(1))
  assert.equal(await sign(), true)
  await sql`update history_checkpoints set leased_until = now() + interval '1 year'`.execute(service.db)
  await act({})
  assert.equal(await sign(), true)
  assert.equal(lines().length, 2)
})

test('a URL takes each checkpoint as a POST', async () => {
  const { service, act } = await installation(1)
  const taken: string[] = []
  let status = 500
  const server = createServer(async (request, response) => {
    taken.push(`${request.method} ${request.url} ${await text(request)}`)
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  after(() => server.close())
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address && typeof address === 'object')
  const keep = keeperOf(`http://127.0.0.1:${address.port}/audit`)
  await assert.rejects(writeCheckpoint(service, keep), /answered with 500/)
  status = 204
  await act({})
  assert.equal(await writeCheckpoint(service, keep, true), true)
  assert.match(taken[1] ?? '', /^POST \/audit \{"chain":"history","seq":2,/)
})

test('the API refuses what is not of its form', async () => {
  const { service } = await installation(1)
  for (const query of ['seq=-1', 'seq=x', 'count=0', 'count=1e9', `hash=${'x'.repeat(65)}`])
    assert.equal((await ask(service, 'GET', `/api/v1/audit/verification?${query}`)).status, 400, query)
  assert.equal((await ask(service, 'GET', '/api/v1/audit/events?count=1001')).status, 400)
  assert.equal((await ask(service, 'POST', '/api/v1/audit/verification', { checkpoints: [{}] })).status, 400)
})
