/** What the service clears away: however much has expired, in one round, and beside its other work. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { after, days, minutes } from '../platform/clock.ts'
import { type Clear, clearAway } from '../platform/database/clear-away.ts'
import { type TestWorld, testWorld } from '../testing/world.ts'
import { expiring } from './expiring.ts'

const ROWS = 200_000

const account = sql`insert into accounts (id, email, email_key, first_name, last_name, language, created_at)
  values ('acc_m', 'm@x.ca', 'm@x.ca', 'M', 'T', 'fr', now())`

/** For each table that grows with what people and strangers do: how `count` rows come to it that expired at `at`. */
const filled = (count: number, at: Date) => {
  const rows = sql`from generate_series(1, ${count}::integer) as n`
  const end = sql`${at}::timestamptz`
  return {
    oidc_records: sql`insert into oidc_records (model, id_mark, payload, expires_at)
      select 'Interaction', 'mark ' || n, '{}', ${end} ${rows}`,
    journeys: sql`insert into journeys (id, browser_mark, destination, proofs, expires_at)
      select 'jrn_' || n, 'b', '{}', '{}', ${end} ${rows}`,
    sign_ups: sql`insert into sign_ups (journey_id, email, email_key, first_name, last_name, language, passkey, expires_at)
      select 'jrn_' || n, 'm@x.ca', 'm@x.ca', 'M', 'T', 'fr', '{}', ${end} ${rows}`,
    sessions: sql`insert into sessions (uid, id_mark, started_at, seen_at, expires_at, user_agent, network, details)
      select 'ses_' || n, 'mark ' || n, ${end}, ${end}, ${end}, '', '', '{}' ${rows}`,
    tries: sql`insert into tries (key, count, expires_at) select 'key ' || n, 1, ${end} ${rows}`,
    one_time_secrets: sql`insert into one_time_secrets (purpose, subject, tries_left, expires_at)
      select 'sign-up', 'jrn_' || n, 5, ${end} ${rows}`,
    known_browsers: sql`insert into known_browsers
      (account_id, browser_mark, user_agent, network, first_seen_at, last_seen_at, expires_at)
      select 'acc_m', 'b' || n, '', '', ${end}, ${end}, ${end} ${rows}`,
    sign_in_guards: sql`insert into sign_in_guards
      (address_mark, browser_mark, failures, failures_ever, blocks, expires_at)
      select 'mark ' || n, '', 1, 1, 0, ${end} ${rows}`,
    letter_counts: sql`insert into letter_counts (address_mark, sent_at, expires_at)
      select 'mark ' || n, '{}', ${end} ${rows}`,
    suspicions: sql`insert into suspicions (subject, rule, inputs, expires_at)
      select '10.0.0.' || n, 'network-asks-often', '{}', ${end} ${rows}`,
    outbox: sql`insert into outbox (id, topic, name, state, attempts, due_at, made_at, settled_at)
      select 'out_' || n, 'job', 'x', 'done', 1, ${end}, ${end}, ${end} - interval '30 days' ${rows}`,
  }
}

async function fill(world: TestWorld, count: number): Promise<string[]> {
  await account.execute(world.db)
  const tables = filled(Math.ceil(count / 11), world.clock.now())
  for (const statement of Object.values(tables)) await statement.execute(world.db)
  world.clock.advance(minutes(1))
  return Object.keys(tables)
}

const left = async ({ db }: TestWorld, tables: readonly string[]): Promise<number> => {
  const counts = tables.map((table) => sql`(select count(*) from ${sql.table(table)})`)
  const { rows } = await sql<{ count: string }>`select ${sql.join(counts, sql` + `)} as count`.execute(db)
  return Number(rows[0]?.count)
}

test('X5: 200,000 rows that expired, in every table that grows, are gone after one round', async () => {
  const world = await testWorld()
  const tables = await fill(world, ROWS)
  assert.ok((await left(world, tables)) >= ROWS)
  const now = world.clock.now()
  assert.ok((await clearAway({ ...world, clock: { ...world.clock, now: () => now } }, expiring)) >= ROWS)
  assert.equal(await left(world, tables), 0)
})

test('X5: two processes that clear at once share the work; what has not expired stays', async () => {
  const world = await testWorld()
  const tables = await fill(world, 11_000)
  await sql`update tries set expires_at = ${after(world.clock.now(), days(1))} where key < 'key 2'`.execute(world.db)
  const before = await left(world, tables)
  const both = await Promise.all([clearAway(world, expiring), clearAway(world, expiring)])
  const gone = [...both, await clearAway(world, expiring)].reduce((sum, count) => sum + count)
  const kept = await left(world, tables)
  assert.equal(kept, await left(world, ['tries']))
  assert.ok(kept > 0 && kept < 1_000)
  assert.equal(gone, before - kept, 'each was cleared by one of them')
})

/** A table with so many rows left; says in `order` whose turn it was. */
const tableOf = (name: string, batches: number, order: string[]): Clear => {
  let more = batches
  return async (_needs, _now, count) => {
    order.push(name)
    return more-- > 0 ? count : 0
  }
}

test('X5: each table has its turn; one that cannot be cleared does not keep the others', async () => {
  const world = await testWorld()
  const order: string[] = []
  const broken: Clear = async () => {
    throw new Error('no such table')
  }
  const tables = [tableOf('large', 3, order), broken, tableOf('small', 1, order)]
  await assert.rejects(clearAway(world, tables), /could not be deleted/)
  assert.deepEqual(order, ['large', 'small', 'large', 'small', 'large', 'large'])
})

test('X5: a round ends within the minute however much there is, and the next goes on', async () => {
  const world = await testWorld()
  let batches = 0
  const endless: Clear = async (_needs, _now, count) => {
    batches++
    world.clock.advance(minutes(0.25))
    return count
  }
  await clearAway(world, [endless])
  assert.equal(batches, 4)
})
