/** Every table: who can make rows in it, what bounds them, and how long they stay. A new table has to say so here. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { expiring } from '../../src/app/expiring.ts'
import { hours, minutes } from '../../src/platform/clock.ts'
import { clearAway } from '../../src/platform/database/clear-away.ts'
import { testService } from '../../src/testing/world.ts'
import { makePublicParty } from '../protocol/party.ts'
import { deedsOf } from './strangers.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1,::1' })
const spa = await makePublicParty(service, 'spa', { grants: ['authorization_code', DEVICE] })
const deeds = deedsOf(service, spa)

/**
 * Who has proved nothing makes rows in these, and what bounds them. `site`: of one site (IPv4 address, IPv6 /48) the newest
 * so many, whatever else; `work`: past a figure of a network or a site each costs a proof of work (core/limits).
 * `hours`: how long a row stays at most.
 */
const OF_STRANGERS = {
  journeys: {
    bound: 'site',
    hours: 168,
    why: 'a sign-up waits on it; any other goes after two hours (growth.test.ts)',
  },
  oidc_records: { bound: 'site', hours: 2 },
  tries: { bound: 'work', hours: 24, why: 'what is counted by the day is forgotten after a day' },
  letter_counts: { bound: 'work', hours: 24, why: 'letters are counted by the day' },
  one_time_secrets: { bound: 'work', hours: 2 },
  suspicions: { bound: 'work', hours: 2 },
  outbox: {
    bound: 'work',
    hours: 2,
    why: 'what is about no account; the rest is bounded by letters an address and day',
  },
  sign_ups: { bound: 'work', hours: 168, why: 'whoever creates an account may go on with it for seven days' },
  sign_in_guards: {
    bound: 'work',
    hours: 24 * 365,
    why: 'at most 100 guesses in a row, ever (NIST SP 800-63B-4, 3.2.2)',
  },
  history: { bound: 'kind', hours: undefined, why: 'a refused sign-in is written for so many an hour and no more' },
} as const

/** Rows in these are made by who has signed in, has read a mailbox, or is the operator or the service itself. */
const OF_OTHERS = [
  'accounts',
  'email_changes',
  'erased_accounts',
  'factors',
  'former_addresses',
  'former_ways',
  'history_checkpoints',
  'history_heads',
  'installation',
  'known_browsers',
  'migrations',
  'passkeys',
  'password_policies',
  'passwords',
  'product_events',
  'product_uses',
  'products',
  'recoveries',
  'recovery_codes',
  'sessions',
  'signing_keys',
  'support_requests',
]

const tables = async (): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r'`.execute(service.db)
  return rows.map(({ name }) => name)
}
const countsOf = async (): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const table of await tables()) {
    const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(service.db)
    counts[table] = Number(rows[0]?.n)
  }
  return counts
}

suite('X5: what everybody can make us keep', () => {
  test('every table is listed', async () => {
    const listed = [...Object.keys(OF_STRANGERS), ...OF_OTHERS]
    assert.deepEqual((await tables()).sort(), listed.sort())
  })

  test('whatever a stranger does makes rows in the listed tables only, and they go in their time', async () => {
    const before = await countsOf()
    for (const [what, deed] of Object.entries(deeds)) {
      const then = await countsOf()
      await deed('203.0.113.7')
      await service.post()
      for (const [table, count] of Object.entries(await countsOf()))
        if (!(table in OF_STRANGERS) && table !== 'history_heads')
          assert.ok(count <= (then[table] ?? 0), `${what} made a row in ${table}`)
    }
    const { rows } = await sql<{ model: string; n: string }>`select model, count(*) as n from oidc_records
      where model <> 'Client' group by model order by model`.execute(service.db)
    assert.deepEqual(
      rows.map(({ model, n }) => [model, Number(n)]),
      [
        ['DeviceCode', 1],
        ['Interaction', 1],
        ['PushedAuthorizationRequest', 1],
        ['ReplayDetection', 1],
      ],
      'and a proof of DPoP is remembered where a request was pushed, and not where a code was wrong',
    )
    const times = [...new Set(Object.values(OF_STRANGERS).map((it) => it.hours))].filter((it) => it !== undefined)
    let passed = 0
    for (const time of times.sort((a, b) => a - b)) {
      service.clock.advance({ ms: hours(time - passed).ms + minutes(1).ms })
      passed = time
      await clearAway(service, expiring)
      const now = await countsOf()
      for (const [table, { hours: stays }] of Object.entries(OF_STRANGERS))
        if (stays !== undefined && stays <= time)
          assert.ok((now[table] ?? 0) <= (before[table] ?? 0), `${table} after ${time} h: ${now[table]}`)
    }
  })
})
