import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { system } from '../../../platform/actor.ts'
import { minutes } from '../../../platform/clock.ts'
import { type Tx, transact } from '../../../platform/database/db.ts'
import { makeKeyring } from '../../../platform/secrets/keyring.ts'
import { record } from '../../../testing/record.ts'
import { type TestWorld, testWorld } from '../../../testing/world.ts'
import type { AccountId } from '../../model/account/store.ts'
import { beginning, linkOf, textOf } from './chain.ts'
import { type Checkpoint, contradicted, writeCheckpoint } from './checkpoints.ts'
import { forgetPerson } from './history.ts'
import { readById } from './store.ts'
import { type FlawKind, walk } from './verify.ts'

const ROWS = 40
const actor = { ...system, network: '192.0.2.7', userAgent: 'Firefox' }
const [erased, ...others] = ['acc_a' as AccountId, 'acc_b' as AccountId, 'acc_c' as AccountId] as const

/** A log of 40 rows, one of its people erased, signed for in the middle and at the end. */
async function aLog() {
  const world = await testWorld()
  const lines: Checkpoint[] = []
  const keep = async (line: string) => void lines.push(JSON.parse(line))
  for (let n = 1; n <= ROWS; n++) {
    const account = others[(n % 3) - 1] ?? erased
    await transact(world.db, async (tx) => {
      if (n === 30) await forgetPerson(tx, erased)
      if (n === 30) await record(world, tx, { kind: 'account-erased', account: erased, actor: system })
      else if (n > 30 || n % 7 === 0) await record(world, tx, { kind: 'keys-rotated', actor, facts: { n } })
      else await record(world, tx, { kind: 'signed-in', account, actor, facts: { n }, personal: { n } })
    })
    world.clock.advance(minutes(1))
    if (n === 20 || n === ROWS) await writeCheckpoint(world, keep)
  }
  assert.equal(lines.length, 2)
  return { world, lines }
}

async function flawOf(world: TestWorld, db: Tx | TestWorld['db'], lines: readonly Checkpoint[]) {
  const needs = { ...world, db }
  return (await walk(needs, beginning, 1_000)).flaw ?? (await contradicted(needs, lines))
}

type Tampering = { expected: readonly FlawKind[]; with: (tx: Tx, a: number, b: number) => Promise<unknown> }
const run =
  (...statements: RawBuilder<unknown>[]) =>
  async (tx: Tx): Promise<void> => {
    for (const statement of statements) await statement.execute(tx)
  }
const set =
  (assignment: string): Tampering['with'] =>
  (tx, a) =>
    run(sql`update history set ${sql.raw(assignment)} where seq = ${a}`)(tx)
const moved = (from: number, by: number) => [
  sql`update history set seq = -seq where seq >= ${from}`,
  sql`update history set seq = -seq + ${by} where seq <= ${-from}`,
]
const swapped = (a: number, b: number) => [
  sql`update history set seq = -1 where seq = ${a}`,
  sql`update history set seq = ${a} where seq = ${b}`,
  sql`update history set seq = ${b} where seq = -1`,
]
const copied = (seq: number | null, of: number) => sql`insert into history
    (id, at, kind, account_id, actor, facts, network, user_agent, seq, hash, row_mark, commitment, salt, personal)
  select 'evt_copy', at, kind, account_id, actor, facts, network, user_agent, ${seq}::bigint, hash, row_mark, commitment, salt,
    personal
  from history where seq = ${of}`

/** Everything after a place linked anew, and the head moved: what somebody does who knows how it is made. */
async function relinked(tx: Tx): Promise<void> {
  const rows = (await readById(tx, '', 1_000)).toSorted((x, y) => Number(x.seq) - Number(y.seq))
  let hash = ''
  for (const row of rows) {
    hash = linkOf(hash, textOf(row, row.commitment))
    await sql`update history set hash = ${hash} where id = ${row.id}`.execute(tx)
  }
  await sql`update history_heads set seq = ${rows.length}, hash = ${hash}`.execute(tx)
}
const andRelinked =
  (tampering: Tampering['with']): Tampering['with'] =>
  async (tx, a, b) => {
    await tampering(tx, a, b)
    await relinked(tx)
  }
const cut = (last: number) => sql`delete from history where seq > ${last}`
const headBack = (seq: number) =>
  sql`update history_heads set seq = ${seq}, hash = coalesce((select hash from history where seq = ${seq}), '')`

const tamperings: Record<string, Tampering> = {
  'edits the id': { expected: ['edited'], with: set("id = id || 'x'") },
  'edits the time by a microsecond': { expected: ['edited'], with: set("at = at + interval '1 microsecond'") },
  'edits the kind': { expected: ['edited'], with: set("kind = kind || 'x'") },
  'edits the account': { expected: ['edited'], with: set("account_id = coalesce(account_id, '') || 'x'") },
  'edits the actor': { expected: ['edited'], with: set(`actor = actor || '{"id": "acc_somebody_else"}'`) },
  'edits the facts': { expected: ['edited'], with: set(`facts = facts || '{"n": 0}'`) },
  'edits the network': { expected: ['personal'], with: set("network = '198.51.100.1'") },
  'edits the browser': { expected: ['personal'], with: set("user_agent = 'Chrome'") },
  'edits the personal facts': { expected: ['personal'], with: set(`personal = '{"n": 0}'`) },
  'edits the salt': { expected: ['personal'], with: set("salt = coalesce(salt, '') || 'x'") },
  'edits the commitment': { expected: ['edited'], with: set("commitment = reverse(commitment) || 'x'") },
  'edits the mark': { expected: ['edited'], with: set("row_mark = 'A' || row_mark") },
  'spells the mark in another way': {
    expected: ['edited'],
    with: set("row_mark = left(row_mark, 42) || translate(right(row_mark, 1), 'AEIMQUYcgkosw048', 'BFJNRVZdhlptx159')"),
  },
  'edits the hash': { expected: ['edited'], with: set('hash = reverse(hash)') },
  'edits the facts and links anew': { expected: ['edited'], with: andRelinked(set(`facts = '{"n": -1}'`)) },
  'takes a row out of the chain': { expected: ['reordered', 'truncated'], with: set('seq = null') },
  'puts a row before the first': { expected: ['reordered', 'truncated'], with: set('seq = -seq') },
  'puts a row behind the last': { expected: ['reordered', 'added', 'head'], with: set('seq = seq + 1000') },
  'takes away the personal parts of somebody who was not erased': {
    expected: ['personal'],
    with: async (tx) => forgetPerson(tx, others[0]),
  },
  'deletes a row': {
    expected: ['deleted', 'truncated'],
    with: (tx, a) => run(sql`delete from history where seq = ${a}`)(tx),
  },
  'deletes rows in between': {
    expected: ['deleted', 'truncated'],
    with: (tx, a, b) => run(sql`delete from history where seq between ${Math.min(a, b)} and ${Math.max(a, b)}`)(tx),
  },
  'deletes a row and closes the gap': {
    expected: ['deleted', 'truncated'],
    with: (tx, a) => run(sql`delete from history where seq = ${a}`, ...moved(a + 1, -1))(tx),
  },
  'deletes a row and links anew': {
    expected: ['rewritten', 'truncated'],
    with: andRelinked((tx, a) => run(sql`delete from history where seq = ${a}`, ...moved(a + 1, -1))(tx)),
  },
  'inserts a row outside of the chain': { expected: ['added'], with: (tx, a) => run(copied(null, a))(tx) },
  'inserts a row at the end': { expected: ['added'], with: (tx, a) => run(copied(ROWS + 1, a))(tx) },
  'inserts a row at the end and links anew': {
    expected: ['added', 'edited'],
    with: andRelinked((tx, a) => run(copied(ROWS + 1, a))(tx)),
  },
  'inserts a row in between': {
    expected: ['added'],
    with: (tx, a, b) => run(...moved(a, 1), copied(a, b >= a ? b + 1 : b))(tx),
  },
  'inserts a row in between and links anew': {
    expected: ['added', 'edited'],
    with: andRelinked((tx, a, b) => run(...moved(a, 1), copied(a, b >= a ? b + 1 : b))(tx)),
  },
  'changes the order of two rows': { expected: ['reordered'], with: (tx, a, b) => run(...swapped(a, b))(tx) },
  'changes the order of two rows, not of their hashes': {
    expected: ['reordered'],
    with: async (tx, a, b) => {
      const hashes = await readById(tx, '', 1_000)
      await run(...swapped(a, b))(tx)
      for (const seq of [a, b]) {
        const hash = hashes.find((row) => row.seq === seq)?.hash ?? ''
        await sql`update history set hash = ${hash} where seq = ${seq}`.execute(tx)
      }
    },
  },
  'changes the order and links anew': {
    expected: ['rewritten'],
    with: andRelinked((tx, a, b) => run(...swapped(a, b))(tx)),
  },
  'cuts off the end': { expected: ['truncated'], with: (tx, a) => run(cut(a - 1))(tx) },
  'cuts off the end and sets the head back': {
    expected: ['truncated'],
    with: (tx, a) => run(cut(a - 1), headBack(a - 1))(tx),
  },
  'deletes everything': {
    expected: ['truncated'],
    with: run(sql`delete from history`, sql`delete from history_heads`),
  },
  'deletes the head': { expected: ['head'], with: run(sql`delete from history_heads`) },
  'sets the head back': { expected: ['head'], with: (tx, a) => run(headBack(a - 1))(tx) },
  'sets the head forward': { expected: ['truncated'], with: run(sql`update history_heads set seq = seq + 1`) },
  'edits the head': { expected: ['head'], with: run(sql`update history_heads set hash = reverse(hash)`) },
}

test('Z6: 200 tamperings by SQL are all found, and called what they are', async () => {
  const { world, lines } = await aLog()
  const untouched = () => flawOf(world, world.db, lines)
  assert.equal(await untouched(), null)
  const place = fc.integer({ min: 1, max: ROWS })
  const names = Object.keys(tamperings)
  const atTheEdges = names.flatMap((name): [string, number, number][] => [
    [name, 1, ROWS],
    [name, ROWS, 1],
  ])
  const tampering = fc.asyncProperty(fc.constantFrom(...names), place, place, async (name, a, other) => {
    const b = other === a ? (a % ROWS) + 1 : other
    const chosen = tamperings[name]
    assert.ok(chosen)
    let flaw: Awaited<ReturnType<typeof flawOf>> = null
    const rolledBack = transact(world.db, async (tx) => {
      await chosen.with(tx, a, b)
      flaw = await flawOf(world, tx, lines)
      throw new Error('undone')
    })
    await assert.rejects(rolledBack, /^Error: undone$/)
    assert.ok(flaw, `${name} at ${a}, ${b}: not found`)
    const { kind } = flaw
    // What says that an account was erased may be what is gone.
    assert.ok(kind === 'personal' || chosen.expected.includes(kind), `${name} at ${a}, ${b}: ${JSON.stringify(flaw)}`)
  })
  await fc.assert(tampering, { numRuns: 200 + atTheEdges.length, examples: atTheEdges })
  assert.equal(await untouched(), null)
})

test('a checkpoint that was changed, or that another installation signed, is refused', async () => {
  const { world, lines } = await aLog()
  const [line] = lines
  assert.ok(line)
  const check = async (more: Partial<Checkpoint>) => (await contradicted(world, [{ ...line, ...more }]))?.kind
  assert.equal(await check({}), undefined)
  assert.equal(await check({ seq: line.seq + 1 }), 'forged')
  assert.equal(await check({ hash: line.hash.replace(/^./, 'x') }), 'forged')
  assert.equal(await check({ at: world.clock.now().toISOString() }), 'forged')
  assert.equal(await check({ chain: 'another' }), 'forged')
  assert.equal(await check({ signature: '' }), 'forged')
  const stranger = makeKeyring(['the master key of somebody else altogether'], world.random)
  const foreign = {
    ...line,
    ...stranger.sign(JSON.stringify(['history', line.seq, line.hash, line.at]), 'audit checkpoint'),
  }
  assert.equal((await contradicted(world, [foreign]))?.kind, 'forged')
  assert.equal((await contradicted(world, [{ ...foreign, key: line.key }]))?.kind, 'forged')

  const masters = ['a new master key, long enough to be one', 'the master key of the tests, long enough'] as const
  const renewed = { ...world, keyring: makeKeyring(masters, world.random) }
  assert.equal(await contradicted(renewed, lines), null)
  assert.equal((await walk(renewed, beginning, 1_000)).flaw, null)
})
