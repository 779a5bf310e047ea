/** X15: however many sessions an account has, one request writes few rows; and it has no more than so many. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { system } from '../../../platform/actor.ts'
import { minutes } from '../../../platform/clock.ts'
import { transact } from '../../../platform/database/db.ts'
import { sealedFor } from '../../../platform/outbox/post.ts'
import { sha256 } from '../../../platform/secrets/keyring.ts'
import { CALLERS } from '../../../testing/race.ts'
import { type TestWorld, testProduct, testWorld } from '../../../testing/world.ts'
import { disconnectProduct, endOtherSessions } from '../../operations/session/account-sessions.ts'
import { type Email, parseEmail } from '../account/email.ts'
import { type AccountId, holdAccount, insertAccount, newAccountId } from '../account/store.ts'
import { putRecord } from '../grant/store.ts'
import type { ProductId } from '../product/product.ts'
import { MOST_NAMED, MOST_SESSIONS } from './ending.ts'
import { endAllSessions, startSession } from './session.ts'
import { liveSessionsOf, updateDetails } from './store.ts'

const PRODUCTS = ['ledger', 'payroll'] as ProductId[]
const MANY = 10_000

function emailOf(typed: string): Email {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return parsed.email
}

async function someone() {
  const world = await testWorld()
  for (const product of PRODUCTS) await testProduct(world, product)
  const account = newAccountId(world.random, world.clock)
  const person = { email: emailOf('maya@exemple.ca'), firstName: 'M', lastName: 'T', language: 'fr' as const }
  await transact(world.db, (tx) => insertAccount(tx, account, person, world.clock.now()))
  return { world, account }
}

/** Sessions of long ago, each used for every product. */
async function withSessions(count: number) {
  const { world, account } = await someone()
  const now = world.clock.now()
  await sql`insert into sessions (uid, id_mark, account_id, authenticated_at, started_at, seen_at, expires_at, user_agent,
      network, browser_mark, details)
    select 'ses_' || n, 'mark ' || n, ${account}, ${now}, ${now}, ${now}::timestamptz - n * interval '1 second',
      ${now}::timestamptz + interval '8 hours', '', '', '',
      jsonb_build_object('authorizations', jsonb_build_object('ledger', jsonb_build_object('sid', 'l' || n),
        'payroll', jsonb_build_object('sid', 'p' || n)))
    from generate_series(1, ${count}::int) as n`.execute(world.db)
  return { world, account }
}

const signIn = ({ db, ...world }: TestWorld, account: AccountId) =>
  transact(db, (tx) =>
    startSession({ db, ...world }, tx, { account, methods: ['pwd'], actor: system, former: undefined }),
  )

/** What products are told, the names of sessions in order. */
async function told({ db, keyring }: TestWorld) {
  const rows = await db.selectFrom('outbox').selectAll().where('topic', '=', 'logout').orderBy('name').execute()
  return rows.map(({ id, name, sealed_facts: sealed }) => {
    const { sub: _sub, ...facts } = JSON.parse(keyring.open(sealed ?? '', sealedFor(id)))
    return [name, facts]
  })
}
const live = async ({ db, clock }: TestWorld, account: AccountId) => await liveSessionsOf(db, account, clock.now())

suite('X15: an account of many sessions', () => {
  test(`X15: ${MANY} sessions end in four statements and two messages, each for all of the person's`, async () => {
    const { world, account } = await withSessions(MANY)
    const statements = await world.statementsOf(() => transact(world.db, (tx) => endAllSessions(world, tx, account)))
    assert.ok(statements.length <= 2 + 2 + PRODUCTS.length, statements.join('\n'))
    assert.deepEqual(await told(world), [
      ['ledger', {}],
      ['payroll', {}],
    ])
    assert.deepEqual(await live(world, account), [])
  })

  test('X15: all others, and one product in all of them, likewise', async () => {
    const { world, account } = await withSessions(MANY)
    const others = () => transact(world.db, (tx) => endOtherSessions(world, tx, account, 'ses_7'))
    const use = () => transact(world.db, (tx) => disconnectProduct(world, tx, account, 'ledger' as ProductId))
    assert.ok((await world.statementsOf(use)).length <= 5)
    assert.deepEqual(await told(world), [['ledger', {}]])
    assert.ok((await world.statementsOf(others)).length <= 7)
    assert.deepEqual(await told(world), [
      ['ledger', {}],
      ['payroll', {}],
    ])
    assert.deepEqual(
      (await live(world, account)).map(({ uid }) => uid),
      ['ses_7'],
    )
  })

  test(`X15: up to ${MOST_NAMED} sessions are named, in one message a product`, async () => {
    const { world, account } = await withSessions(MOST_NAMED + 1)
    await transact(world.db, (tx) => endOtherSessions(world, tx, account, 'ses_1'))
    const names = Array.from({ length: MOST_NAMED }, (_, n) => n + 2)
    const facts = (await told(world)).map(([name, { sids }]) => [name, [...sids].sort()])
    assert.deepEqual(facts, [
      ['ledger', names.map((n) => `l${n}`).sort()],
      ['payroll', names.map((n) => `p${n}`).sort()],
    ])
  })

  test(`X15: with one session more than ${MOST_SESSIONS} the one seen longest ago ends, its tokens with it, and products know`, async () => {
    const { world, account } = await someone()
    const first = await signIn(world, account)
    const notes = { details: { authorizations: { ledger: { sid: 'the first' } } }, seen_at: world.clock.now() }
    const expires_at = new Date(world.clock.now().getTime() + 9e6)
    await updateDetails(world.db, first.uid, { ...notes, expires_at })
    const token = { payload: {}, account_id: account, user_code_mark: null, mac: null, expires_at, grant_id: null }
    await putRecord(world.db, { ...token, model: 'AccessToken', id_mark: sha256('t'), session_uid: first.uid })
    for (let n = 1; n < MOST_SESSIONS; n++) {
      world.clock.advance(minutes(0.1))
      await signIn(world, account)
    }
    assert.equal((await live(world, account)).length, MOST_SESSIONS)
    const last = await signIn(world, account)
    const left = (await live(world, account)).map(({ uid }) => uid)
    assert.equal(left.length, MOST_SESSIONS)
    assert.ok(left.includes(last.uid) && !left.includes(first.uid))
    assert.deepEqual(await told(world), [['ledger', { sid: 'the first' }]])
    assert.deepEqual(await world.db.selectFrom('oidc_records').select('model').execute(), [])
  })

  test(`X15: ${CALLERS} sign-ins at once, each of which holds the account: no more than ${MOST_SESSIONS} sessions are live`, async () => {
    const { world, account } = await withSessions(MOST_SESSIONS)
    const actor = system
    const oneMore = () =>
      transact(world.db, async (tx) => {
        await holdAccount(tx, account)
        return startSession(world, tx, { account, methods: ['pwd'], actor, former: undefined })
      })
    const begun = await Promise.all(Array.from({ length: CALLERS }, oneMore))
    const left = (await live(world, account)).map(({ uid }) => uid)
    assert.equal(left.length, MOST_SESSIONS)
    assert.ok(
      begun.every(({ uid }) => left.includes(uid)),
      'the newest stay',
    )
  })

  test(`X15: an account that had ${MANY} has ${MOST_SESSIONS} after the next sign-in, which is one statement`, async () => {
    const { world, account } = await withSessions(MANY)
    const statements = await world.statementsOf(() => signIn(world, account))
    assert.ok(statements.length <= 2 + 1 + PRODUCTS.length, statements.join('\n'))
    assert.equal((await live(world, account)).length, MOST_SESSIONS)
    assert.equal((await told(world)).length, PRODUCTS.length)
    assert.equal((await world.statementsOf(() => signIn(world, account))).length, 3 + PRODUCTS.length)
  })
})
