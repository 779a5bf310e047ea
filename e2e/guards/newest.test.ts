/** Of what strangers begin the newest are kept: of a site, over all, and fewer of what is long. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { minutes } from '../../src/platform/clock.ts'
import { MOST, MOST_CODES, MOST_PUSHED, type Most } from '../../src/platform/database/of-strangers.ts'
import { siteOf } from '../../src/platform/web/client-address.ts'
import { testService } from '../../src/testing/world.ts'
import { makeParty, makePublicParty, post, provesItself } from '../protocol/party.ts'
import { deedsOf, push } from './strangers.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1,::1' })
const ledger = await makeParty(service, 'ledger')
const spa = await makePublicParty(service, 'spa', { grants: ['authorization_code', DEVICE] })
const deeds = deedsOf(service, spa)

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

suite('X5: of a site the newest are kept, whatever model, and a product that proves itself is none', () => {
  const site = '2001:db8:7'
  const at = (n: number) => `2001:db8:7:${n}::1`
  const cases: Record<string, [deed: (n: number) => Promise<unknown>, most: Most]> = {
    PushedAuthorizationRequest: [(n) => push(service, spa, at(n)), MOST_PUSHED],
    ReplayDetection: [(n) => push(service, spa, at(n)), MOST_PUSHED],
    DeviceCode: [(n) => deeds['the code of a device'](at(n)), MOST_CODES],
    Interaction: [(n) => deeds['a request of a product'](at(n)), MOST],
  }
  for (const [model, [deed, most]] of Object.entries(cases)) {
    test(`${model}: over all too`, async () => {
      await service.db.deleteFrom('oidc_records').execute()
      for (let n = 0; n * most.site < most.everywhere + 100; n++) await plant(model, `192.0.2.${n}`, most.site)
      await deed(1)
      const all = Object.values(await openOf(model)).reduce((sum, n) => sum + n, 0)
      assert.equal(all, most.everywhere)
    })
    test(model, async () => {
      assert.equal(siteOf('2001:db8:7:5::/64'), site)
      await service.db.deleteFrom('oidc_records').execute()
      await plant(model, site, most.site + 100)
      await plant(model, '192.0.2.1', 3)
      for (let n = 1; n <= 3; n++) await deed(n)
      assert.deepEqual(
        await openOf(model),
        { [site]: most.site, '192.0.2.1': 3 },
        'one site has one bound, and no other pays',
      )
      const { rows } = await sql<{ n: string }>`select count(*) as n from oidc_records
        where model = ${model} and id_mark not like 'planted%'`.execute(service.db)
      assert.equal(Number(rows[0]?.n), 3, 'the newest stay')
    })
  }

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
      MOST_PUSHED.long,
    )
  })

  test('what a device says of itself is not kept, and its request is short', async () => {
    const device = async (more: Record<string, string>) =>
      post(
        service,
        '/oidc/device-authorization',
        { ...provesItself(spa), scope: 'openid', ...more },
        {
          'x-forwarded-for': '192.0.2.9',
          'user-agent': `a device ${'x'.repeat(9_000)}`,
        },
      )
    await service.db.deleteFrom('oidc_records').execute()
    const refused = await device({ nonce: 'n'.repeat(500) })
    assert.deepEqual([refused.status, refused.body.error], [400, 'invalid_request'])
    assert.equal((await device({ nonce: 'n'.repeat(400) })).status, 200)
    const { rows } = await sql<{ text: string }>`select payload::text as text from oidc_records`.execute(service.db)
    assert.equal(rows.length, 1)
    assert.doesNotMatch(rows[0]?.text ?? '', /xxx/)
    assert.ok((rows[0]?.text.length ?? 0) < 1_000)
  })
})

suite('X5: of sign-ups that wait for their code the newest are kept', () => {
  const waiting = async () => {
    const { rows } = await sql<{ network: string; n: string }>`select sign_up_network as network, count(*) as n
      from journeys join sign_ups on id = journey_id where account_id is null group by 1 order by 1`.execute(service.db)
    return Object.fromEntries(rows.map(({ network, n }) => [network, Number(n)]))
  }
  async function plantSignUps(site: string, count: number): Promise<void> {
    const until = new Date(service.clock.now().getTime() + minutes(60).ms)
    await sql`with planted as (insert into journeys (id, browser_mark, destination, proofs, expires_at, sign_up_network)
        select 'jrn_00' || md5(${site} || ' ' || n), 'b', '{}', '{}', ${until}, ${site}
        from generate_series(1, ${count}::integer) as n returning id)
      insert into sign_ups (journey_id, email, email_key, first_name, last_name, language, passkey, expires_at)
      select id, 'm@x.ca', 'm@x.ca', 'M', 'T', 'fr', '{}', ${until} from planted`.execute(service.db)
  }
  test('of a site, and over all', async () => {
    await service.db.deleteFrom('journeys').execute()
    await plantSignUps('192.0.2.1', 400)
    await deeds['a sign-up']('192.0.2.1')
    assert.deepEqual(await waiting(), { '192.0.2.1': 300 })
    for (let n = 2; n < 20; n++) await plantSignUps(`192.0.2.${n}`, 300)
    await deeds['a sign-up']('198.51.100.7')
    const kept = await waiting()
    assert.equal(kept['198.51.100.7'], 1)
    assert.equal(
      Object.values(kept).reduce((sum, n) => sum + n, 0),
      service.figures.signUpsKept,
    )
  })
})

test('X5: who is given many networks tries no more codes of devices than a site may', async () => {
  const most = service.figures.limits.devices
  const until = new Date(service.clock.now().getTime() + minutes(5).ms)
  await sql`insert into tries (key, count, expires_at)
    values ('devices 2001:db8:8', ${most * 20 - 1}, ${until})`.execute(service.db)
  const tried = (n: number) => deeds['a wrong code of a device'](`2001:db8:8:${n}::1`)
  assert.equal((await tried(1)).status, 422)
  assert.equal((await tried(2)).status, 429)
  assert.equal((await deeds['a wrong code of a device']('2001:db8:9::1')).status, 422, 'another site')
})
