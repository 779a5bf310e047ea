/** Every table: who can make rows in it, what bounds them, and how long they stay. A new table has to say so here. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { expiring } from '../../src/app/by-itself.ts'
import { hours, minutes } from '../../src/platform/clock.ts'
import { clearAway } from '../../src/platform/database/clear-away.ts'
import { siteOf } from '../../src/platform/web/client-address.ts'
import { testService } from '../../src/testing/world.ts'
import { makeParty, makePublicParty } from '../protocol/party.ts'
import { deedsOf, push } from './strangers.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1,::1' })
const grants = ['authorization_code', DEVICE] as const
const ledger = await makeParty(service, 'ledger')
const spa = await makePublicParty(service, 'spa', { grants })
const deeds = deedsOf(service, spa)

/**
 * Who has proved nothing makes rows in these, and what bounds them. `site`: of one site (IPv4 address, IPv6 /48) the newest
 * so many, whatever else; `work`: past a figure of a network or a site each costs a proof of work (core/protection).
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

suite('H7: what everybody can make us keep', () => {
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
      await clearAway(service, expiring(service))
      const now = await countsOf()
      for (const [table, { hours: stays }] of Object.entries(OF_STRANGERS))
        if (stays !== undefined && stays <= time)
          assert.ok((now[table] ?? 0) <= (before[table] ?? 0), `${table} after ${time} h: ${now[table]}`)
    }
  })
})

const openOf = async (model: string): Promise<Record<string, number>> => {
  const { rows } = await sql<{ network: string; n: string }>`select coalesce(network, '') as network, count(*) as n
    from oidc_records where model = ${model} group by network`.execute(service.db)
  return Object.fromEntries(rows.map(({ network, n }) => [network, Number(n)]))
}
/** What so many strangers of a site have left behind, who were there first. */
async function plant(model: string, site: string, count: number): Promise<void> {
  const until = new Date(service.clock.now().getTime() + minutes(0.9).ms)
  await sql`insert into oidc_records (model, id_mark, payload, expires_at, network)
    select ${model}, ${`planted ${site} `} || n, '{}', ${until}::timestamptz - n * interval '1 millisecond', ${site}
    from generate_series(1, ${count}::integer) as n`.execute(service.db)
}

suite('H7: of a site the newest are kept, whatever model, and a product that proves itself is none', () => {
  const site = '2001:db8:7'
  const cases = {
    PushedAuthorizationRequest: (n: number) => push(service, spa, `2001:db8:7:${n}::1`),
    ReplayDetection: (n: number) => push(service, spa, `2001:db8:7:${n}::1`),
    DeviceCode: (n: number) => deeds['the code of a device'](`2001:db8:7:${n}::1`),
    Interaction: (n: number) => deeds['a request of a product'](`2001:db8:7:${n}::1`),
  }
  for (const [model, deed] of Object.entries(cases))
    test(model, async () => {
      assert.equal(siteOf('2001:db8:7:5::/64'), site)
      await service.db.deleteFrom('oidc_records').execute()
      await plant(model, site, 1_100)
      await plant(model, '192.0.2.1', 3)
      for (let n = 1; n <= 3; n++) await deed(n)
      assert.deepEqual(
        await openOf(model),
        { [site]: 1_000, '192.0.2.1': 3 },
        'one site has one bound, and no other pays',
      )
      const { rows } = await sql<{ n: string }>`select count(*) as n from oidc_records
        where model = ${model} and id_mark not like 'planted%'`.execute(service.db)
      assert.equal(Number(rows[0]?.n), 3, 'the newest stay')
    })

  test('a product that proves itself is counted under no site', async () => {
    await service.db.deleteFrom('oidc_records').execute()
    assert.equal((await push(service, ledger, '192.0.2.1', { state: 'x'.repeat(20_000) })).status, 201)
    assert.deepEqual(await openOf('PushedAuthorizationRequest'), { '': 1 })
  })

  test('of what is long fewer are kept, over all', async () => {
    await service.db.deleteFrom('oidc_records').execute()
    const until = new Date(service.clock.now().getTime() + minutes(0.9).ms)
    await sql`insert into oidc_records (model, id_mark, payload, expires_at, network)
      select 'PushedAuthorizationRequest', 'planted ' || n, jsonb_build_object('p', repeat(md5(n::text), 150)), ${until}, '10.0.0.' || n % 100
      from generate_series(1, 1500) as n`.execute(service.db)
    assert.equal((await push(service, spa, '192.0.2.1', { state: 's'.repeat(6_000) })).status, 201)
    const kept = await openOf('PushedAuthorizationRequest')
    assert.equal(kept['192.0.2.1'], 1)
    assert.equal(
      Object.values(kept).reduce((sum, n) => sum + n, 0),
      1_000,
    )
  })
})
