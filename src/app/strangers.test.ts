/** How many bytes strangers make the database keep, whatever they do and from however many networks. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { deedsOf } from '../../e2e/guards/strangers.ts'
import { makePublicParty } from '../../e2e/protocol/party.ts'
import { MOST, MOST_CODES, MOST_PUSHED, type Most } from '../platform/database/of-strangers.ts'
import { testService } from '../testing/world.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1,::1' })
const spa = await makePublicParty(service, 'spa', { grants: ['authorization_code', DEVICE] })
const usual = deedsOf(service, spa)
type Kind = keyof typeof usual
/** As long as what counts as short may be, and as long as anything may be. */
const short = deedsOf(service, spa, { request: 1_700, device: 230, name: 59 })
const long = deedsOf(service, spa, { request: 9_700, device: 400, name: 59 })

/** The tables that they make rows in, and what is another text in each row. */
const DISTINCT = {
  journeys: ['id', 'interaction_uid'],
  sign_ups: ['journey_id'],
  oidc_records: ['id_mark', 'user_code_mark'],
  one_time_secrets: ['subject', 'link_mark'],
  outbox: ['id', 'reference'],
  letter_counts: ['address_mark'],
  tries: ['key'],
  sign_in_guards: ['address_mark'],
}
const TIMES = 1_000

async function bytes(): Promise<number> {
  const sizes = Object.keys(DISTINCT).map((table) => sql`pg_total_relation_size(${table})`)
  const { rows } = await sql<{ bytes: string }>`select ${sql.join(sizes, sql` + `)} as bytes`.execute(service.db)
  return Number(rows[0]?.bytes)
}

/** What one of those leaves on the disk, indexes included: it is done once, and its rows are written so many times more. */
async function leftBy(deed: (address: string) => Promise<unknown>): Promise<number> {
  const { db } = service
  await sql`truncate ${sql.join(Object.keys(DISTINCT).map((table) => sql.table(table)))}`.execute(db)
  const before = await bytes()
  await deed('203.0.113.7')
  await service.post()
  // What is counted over all is one row, whoever comes.
  await sql`delete from tries where key !~ '203[.]0[.]113[.]7$|[A-Za-z0-9_-]{43}$'`.execute(db)
  for (const [table, columns] of Object.entries(DISTINCT)) {
    const another = columns.map((column) => {
      const text = sql`it.${sql.ref(column)}`
      return sql`${column}::text, left(${text}, -12) || left(md5(n || ${text}), 12)`
    })
    await sql`insert into ${sql.table(table)} select made.* from ${sql.table(table)} as it,
      generate_series(1, ${TIMES}::integer) as n,
      jsonb_populate_record(it, jsonb_build_object(${sql.join(another)})) as made`.execute(db)
  }
  return ((await bytes()) - before) / TIMES
}

const REQUESTS = 100_000
/** So many sites fail to sign in from so many networks each before all have to prove work (core/limits/risk/risk-rules.ts). */
const [SITES, NETWORKS] = [9, 20]

suite('X5: what 100,000 requests of strangers leave, in bytes', () => {
  test('of each kind, as long as they may be, the most that are kept; and nobody has to do any work for more', async () => {
    const { limits, signUpsKept } = service.figures
    const bounded = async (kind: Kind, { everywhere, long: most }: Most) => ({
      requests: everywhere,
      bytes: (everywhere - most) * (await leftBy(short[kind])) + most * (await leftBy(long[kind])),
    })
    const free = async (kind: Kind, requests: number) => ({ requests, bytes: requests * (await leftBy(long[kind])) })
    assert.ok(limits['work-service'] <= signUpsKept)
    const kept = {
      'requests of products': await bounded('a request of a product', MOST),
      'pushed requests': await bounded('a pushed request', MOST_PUSHED),
      'codes of devices': await bounded('the code of a device', MOST_CODES),
      'sign-ups': await free('a sign-up', limits['work-service']),
      resets: await free('a reset', limits['work-service']),
      'sign-ins': await free('a sign-in', limits['work-network'] * SITES * NETWORKS),
    }
    const sum = (what: 'requests' | 'bytes') => Object.values(kept).reduce((total, one) => total + one[what], 0)
    const rest = await free('a wrong code of a device', REQUESTS - sum('requests'))
    const all = sum('bytes') + rest.bytes
    assert.ok(all < 50e6, JSON.stringify({ all, ...kept, rest }))
    for (const nothing of ['a token for a wrong code', 'a link that is none', 'signing out'] as const)
      assert.equal(await leftBy(long[nothing]), 0, nothing)
  })

  test('2,000 of every kind in turn, as products and people make them, leave less than 1,000 bytes each', async () => {
    let all = 0
    const kinds = Object.values(usual)
    for (const deed of kinds) all += await leftBy(deed)
    assert.ok(all / kinds.length < 1_000, `${all / kinds.length}`)
  })
})
