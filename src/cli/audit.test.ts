import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { keeperOf, writeCheckpoint } from '../core/events/audit-log/checkpoints.ts'
import { system } from '../platform/actor.ts'
import { transact } from '../platform/database/db.ts'
import { type Environment, emptyFolder, passerelle } from '../testing/command-line.ts'
import { ask } from '../testing/operator.ts'
import { record } from '../testing/record.ts'
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
  for (let n = 1; n <= rows; n++)
    await transact(service.db, (tx) => record(service, tx, { kind: 'keys-rotated', actor: system, facts: { n } }))
  const sign = () => writeCheckpoint(service, keeperOf(file))
  return { service, file, environment, sign, run: (...args: string[]) => passerelle(args, environment) }
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
  assert.deepEqual(JSON.parse(written.stdout), { events: 4, output })
  const [, read] = readFileSync(output, 'utf8').split(printed.stdout)
  assert.deepEqual([JSON.parse(read ?? '').kind, statSync(output).mode & 0o777], ['audit-log-read', 0o600])
  assert.match((await run('audit', 'export', '--output', output)).stderr.join(), /cannot be written/)
  const unread = await passerelle(['audit', 'export'], environment, emptyFolder(), 'reads nothing')
  assert.deepEqual([unread.code, unread.stderr], [0, []])
})

test('the API refuses what is not of its form', async () => {
  const { service } = await installation(1)
  for (const query of ['seq=-1', 'seq=x', 'count=0', 'count=1e9', `hash=${'x'.repeat(65)}`])
    assert.equal((await ask(service, 'GET', `/api/v1/audit/verification?${query}`)).status, 400, query)
  assert.equal((await ask(service, 'GET', '/api/v1/audit/events?count=1001')).status, 400)
  assert.equal((await ask(service, 'POST', '/api/v1/audit/verification', { checkpoints: [{}] })).status, 400)
})
