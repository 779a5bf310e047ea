/** What strangers can make the database keep: how much, and for how long. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { expiring } from '../../src/app/expiring.ts'
import { hours, minutes } from '../../src/platform/clock.ts'
import { clearAway } from '../../src/platform/database/clear-away.ts'
import { MOST } from '../../src/platform/database/of-strangers.ts'
import { setUpApp } from '../../src/testing/apps.ts'
import { testService } from '../../src/testing/world.ts'
import { arrive, browserOf, makeParty, makePublicParty, post, provesItself } from '../protocol/party.ts'
import { makePerson, signIn } from '../protocol/person.ts'

const service = await testService()
const ledger = await makeParty(service, 'ledger')
const spa = await makePublicParty(service, 'spa')
const third = await makeParty(service, 'third', { thirdParty: true })

const countOf = async (table: string): Promise<number> => {
  const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(service.db)
  return Number(rows[0]?.n)
}
const keptBy = async (...tables: string[]): Promise<number[]> => Promise.all(tables.map(countOf))
const clear = () => clearAway(service, expiring)

suite('X5: what strangers make the database keep', () => {
  test('a request of a product goes after two hours, and is not lost: the browser keeps it for the days of a sign-up', async () => {
    const browser = browserOf(service)
    await browser.open((await ledger.ask()).url.href)
    const page = browser.page.at
    assert.deepEqual(await keptBy('journeys', 'oidc_records'), [1, 1])
    service.clock.advance(hours(2.1))
    await clear()
    assert.deepEqual(await keptBy('journeys', 'oidc_records'), [0, 0])
    assert.equal((await browserOf(service).open(page)).status, 400, 'another browser')
    assert.equal((await browser.open(page)).status, 200)
    assert.match(browser.page.html, /ledger/)
    service.clock.advance(hours(2.1))
    await clear()
  })

  test('a form that was refused begins nothing; one that was admitted waits for days', async () => {
    const browser = browserOf(service)
    await browser.open('/sign-up')
    await browser.send({})
    assert.equal(browser.page.status, 422)
    assert.deepEqual(await keptBy('journeys', 'sign_ups'), [0, 0])
    const typed = { 'first-name': 'Maya', 'last-name': 'Roy', password: 'trois mots ici' }
    await browser.send({ ...typed, email: 'maya@exemple.ca' })
    assert.match(browser.page.at, /^\/verify/)
    service.clock.advance(hours(24 * 6.9))
    await clear()
    assert.deepEqual(await keptBy('journeys', 'sign_ups'), [1, 1])
    service.clock.advance(hours(24 * 0.2))
    await clear()
    assert.deepEqual(await keptBy('journeys', 'sign_ups'), [0, 0])
  })

  test('the page where a device is connected, and signing out without a session, write nothing', async () => {
    const before = await keptBy('sessions', 'journeys', 'oidc_records')
    const browser = browserOf(service)
    await browser.open('/device')
    assert.equal((await browser.send({ user_code: 'BCDF-GHJK' })).status, 422)
    assert.match(browser.page.html, /role="alert"/)
    await browser.open('/oidc/end_session')
    assert.deepEqual(await keptBy('sessions', 'journeys', 'oidc_records'), before)
    service.clock.advance(minutes(61))
    await browser.open('/device')
  })
})

/** What so many strangers have left behind with requests of 2 kB: each a journey and an interaction. */
async function plant(count: number): Promise<void> {
  const { db, clock } = service
  const until = sql`${new Date(clock.now().getTime() + minutes(60).ms)}::timestamptz`
  const filler = sql`jsonb_build_object('params', (select string_agg(md5(n || ' ' || part), '') from generate_series(1, 64) as part))`
  const rows = sql`from generate_series(1, ${count}::integer) as n`
  await sql`insert into journeys (id, browser_mark, destination, interaction_uid, proofs, expires_at, network)
    select 'jrn_00' || n, 'b', ${filler}, 'mark ' || n, '{}', ${until}, '127.0.0.1' ${rows}`.execute(db)
  await sql`insert into oidc_records (model, id_mark, payload, expires_at, network)
    select 'Interaction', 'mark ' || n, ${filler}, ${until}, '127.0.0.1' ${rows}`.execute(db)
}

const bytesOf = async (...tables: string[]): Promise<number> => {
  const sizes = tables.map((table) => sql`pg_total_relation_size(${table})`)
  const { rows } = await sql<{ bytes: string }>`select ${sql.join(sizes, sql` + `)} as bytes`.execute(service.db)
  return Number(rows[0]?.bytes)
}

suite('X5: however many requests come from a network', () => {
  test('the latest are kept, none is refused, and whose was let go begins it again', async () => {
    await service.db.deleteFrom('journeys').execute()
    await service.db.deleteFrom('oidc_records').execute()
    const early = browserOf(service)
    await early.open((await ledger.ask()).url.href)
    await plant(1_500)
    const kept = (await bytesOf('journeys', 'oidc_records')) / 1.5
    assert.ok(kept < 20e6, `a network makes us keep ${kept} bytes`)
    for (let n = 0; n < 3; n++) await browserOf(service).open((await ledger.ask()).url.href)
    assert.deepEqual(await keptBy('journeys', 'oidc_records'), [MOST.site, MOST.site])
    await service.db.deleteFrom('journeys').where('interaction_uid', 'not like', 'mark %').execute()
    await early.open(early.page.at)
    assert.match(early.page.html, /ledger/)
    service.clock.advance(hours(2.1))
    await clear()
    assert.deepEqual(await keptBy('journeys', 'oidc_records'), [0, 0])
  })

  test('one longer than 10 kB is refused as OAuth says, one that a public product pushes too, before anything is kept', async () => {
    const { url } = await ledger.ask({ state: 'x'.repeat(9_990) })
    const answer = await fetch(service.base + url.pathname + url.search, { redirect: 'manual' })
    const back = new URL(answer.headers.get('location') ?? '')
    assert.ok(back.href.startsWith(ledger.redirectUri))
    assert.equal(back.searchParams.get('error'), 'invalid_request')
    const pushed = await post(service, '/oidc/par', {
      ...provesItself(spa),
      ...Object.fromEntries((await spa.ask({ state: 'x'.repeat(9_990) })).url.searchParams),
    })
    assert.deepEqual([pushed.status, pushed.body.error], [400, 'invalid_request'])
    assert.deepEqual(await keptBy('journeys', 'oidc_records'), [0, 0])
  })

  test('whose password was right is let go no more, and arrives however many come between two pages', async () => {
    const person = await makePerson(service, 'maya@exemple.ca')
    const own = browserOf(service)
    await arrive(own, ledger, person)
    await own.open('/account')
    const { app } = await setUpApp(own, service.clock)
    service.clock.advance(minutes(1))
    const flood = async () => {
      await sql`delete from journeys where network is not null and account_id is null`.execute(service.db)
      await sql`delete from oidc_records where network is not null`.execute(service.db)
    }
    for (const more of [{}, { prompt: 'login' }, { prompt: 'consent', scope: 'openid offline_access' }]) {
      const browser = browserOf(service)
      const asked = await third.ask(more)
      await browser.open(asked.url.href)
      await flood()
      await signIn(browser, person)
      assert.match(browser.page.at, /^\/second-step/)
      await flood()
      await browser.send({ code: app.code() })
      await flood()
      for (let asks = 0; asks < 2 && browser.page.at.startsWith('/consent'); asks++) {
        await browser.send({}, { button: 'Share and continue' })
        await flood()
      }
      assert.ok(browser.page.at.startsWith(third.redirectUri), browser.page.at)
      service.clock.advance(minutes(1))
    }
  })
})
