/** Sessions that a person ends: one, all others, and a product's part in them. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { system } from '../../../platform/actor.ts'
import { days, hours } from '../../../platform/clock.ts'
import { transact } from '../../../platform/database/db.ts'
import { sha256 } from '../../../platform/secrets/keyring.ts'
import { ROUNDS, race } from '../../../testing/race.ts'
import { type TestWorld, testProduct, testWorld } from '../../../testing/world.ts'
import { type Email, parseEmail } from '../../model/account/email.ts'
import { type AccountId, insertAccount, newAccountId } from '../../model/account/store.ts'
import { putRecord } from '../../model/grant/store.ts'
import type { ProductId } from '../../model/product/product.ts'
import { forgetUse, noteUse } from '../../model/product/store.ts'
import { findSession, startSession } from '../../model/session/session.ts'
import { updateDetails } from '../../model/session/store.ts'
import { disconnectProduct, endOneSession, endOtherSessions, sessionsOf } from './account-sessions.ts'

const LEDGER = 'ledger' as ProductId

const addressOf = (typed: string): Email => {
  const parsed = parseEmail(typed)
  assert.ok(parsed.ok)
  return parsed.email
}

let people = 0
async function makeAccount(world: TestWorld): Promise<AccountId> {
  const { db, random, clock } = world
  const id = newAccountId(random, clock)
  const person = { email: addressOf(`p${++people}@exemple.ca`), firstName: 'M', lastName: 'T', language: 'fr' as const }
  await transact(db, (tx) => insertAccount(tx, id, person, clock.now()))
  return id
}

type SignedIn = { uid: string; cookie: string; grant: string }

/** A session that was used for the ledger, with a token that lives with it and one for offline use. */
async function signIn(world: TestWorld, account: AccountId): Promise<SignedIn> {
  const { db, clock } = world
  const given = { account, methods: ['pwd'], actor: system, former: undefined }
  const { id: cookie, uid } = await transact(db, (tx) => startSession(world, tx, given))
  const grant = `grant of ${uid}`
  const details = { authorizations: { [LEDGER]: { sid: `sid of ${uid}`, grantId: grant } } }
  await updateDetails(db, uid, { details, seen_at: clock.now(), expires_at: new Date(clock.now().getTime() + 9e6) })
  const record = {
    payload: { clientId: LEDGER },
    account_id: account,
    user_code_mark: null,
    mac: null,
    expires_at: new Date(clock.now().getTime() + 9e8),
  }
  const put = (model: string, name: string, grant_id: string | null, session_uid: string | null) =>
    putRecord(db, { ...record, model, id_mark: sha256(name), grant_id, session_uid })
  await put('Grant', grant, null, null)
  await put('RefreshToken', `online ${uid}`, grant, uid)
  await put('RefreshToken', `offline ${uid}`, grant, null)
  await noteUse(db, account, LEDGER, clock.now())
  return { uid, cookie, grant }
}

/** Which records of an account are left, by what they are of a session. */
async function leftOf(world: TestWorld, { uid, grant }: SignedIn): Promise<string[]> {
  const rows = await world.db.selectFrom('oidc_records').select('id_mark').execute()
  const names = { grant, online: `online ${uid}`, offline: `offline ${uid}` }
  return Object.entries(names).flatMap(([kind, name]) => (rows.some((it) => it.id_mark === sha256(name)) ? [kind] : []))
}
const told = async (world: TestWorld): Promise<number> =>
  (await world.db.selectFrom('outbox').select('id').where('topic', '=', 'logout').execute()).length
const isOver = async (world: TestWorld, { cookie }: SignedIn) => (await findSession(world, cookie)) === undefined

const endOne = (world: TestWorld, account: AccountId, uid: string) =>
  transact(world.db, (tx) => endOneSession(world, tx, account, uid))
const endOthers = (world: TestWorld, account: AccountId, keep: string) =>
  transact(world.db, (tx) => endOtherSessions(world, tx, account, keep))

async function two() {
  const world = await testWorld()
  await testProduct(world, LEDGER)
  const account = await makeAccount(world)
  return { world, account, here: await signIn(world, account), there: await signIn(world, account) }
}

suite('A4: a session that its person ends', () => {
  test('is over, with the tokens that live with it; what was granted for offline use goes on', async () => {
    const { world, account, here, there } = await two()
    assert.deepEqual((await sessionsOf(world.db, account, world.clock.now())).length, 2)
    assert.equal((await endOne(world, account, there.uid))?.uid, there.uid)
    assert.ok(await isOver(world, there))
    assert.deepEqual(await leftOf(world, there), ['grant', 'offline'])
    assert.equal(await told(world), 1)
    assert.ok(!(await isOver(world, here)))
    assert.deepEqual(await leftOf(world, here), ['grant', 'online', 'offline'])
  })

  test('is nobody else’s to end, and one that is over is not ended again', async () => {
    const { world, account, here, there } = await two()
    const stranger = await makeAccount(world)
    assert.equal(await endOne(world, stranger, here.uid), undefined)
    assert.equal(await endOne(world, account, 'ses_none'), undefined)
    world.clock.advance(hours(13))
    assert.equal(await endOne(world, account, there.uid), undefined)
    assert.deepEqual(await sessionsOf(world.db, account, world.clock.now()), [])
    assert.equal(await told(world), 0)
  })

  test('is ended by one of 64 who end it at once, and products are told once', async () => {
    const world = await testWorld()
    const account = await makeAccount(world)
    const won = await race(async () => {
      const { uid } = await signInWithoutProduct(world, account)
      return async () => (await endOne(world, account, uid)) !== undefined
    })
    assert.deepEqual([...new Set(won)], [1])
    assert.equal(await told(world), won.length)
  })
})

/** The races need no rows of the protocol but the notes. */
async function signInWithoutProduct(world: TestWorld, account: AccountId) {
  const given = { account, methods: ['pwd'], actor: system, former: undefined }
  const { uid, id: cookie } = await transact(world.db, (tx) => startSession(world, tx, given))
  const notes = { details: { authorizations: { [LEDGER]: { sid: uid } } }, seen_at: world.clock.now() }
  await updateDetails(world.db, uid, { ...notes, expires_at: new Date(world.clock.now().getTime() + 9e6) })
  return { uid, cookie }
}

suite('A4: all sessions but one', () => {
  test('what belongs to the one stays; all else dies, tokens for offline use of long ago included', async () => {
    const { world, account, here, there } = await two()
    const before = await signIn(world, account)
    await endOne(world, account, before.uid)
    assert.deepEqual(await leftOf(world, before), ['grant', 'offline'])
    assert.deepEqual(await endOthers(world, account, here.uid), { sessions: 1 })
    for (const gone of [before, there]) assert.deepEqual(await leftOf(world, gone), [])
    assert.deepEqual(await leftOf(world, here), ['grant', 'online', 'offline'])
    assert.ok((await isOver(world, there)) && !(await isOver(world, here)))
    assert.equal(await endOthers(world, account, here.uid), undefined, 'nothing is left to end')
  })

  test('somebody else keeps all of theirs', async () => {
    const { world, account, here } = await two()
    const other = await makeAccount(world)
    const theirs = await signIn(world, other)
    await endOthers(world, account, here.uid)
    assert.deepEqual(await leftOf(world, theirs), ['grant', 'online', 'offline'])
    assert.equal(await endOthers(world, other, here.uid), undefined, 'nor does a session of another keep anything')
    assert.ok(!(await isOver(world, theirs)))
    world.clock.advance(days(1))
    assert.equal(await endOthers(world, account, here.uid), undefined, 'nor one that is over')
  })

  test('of two that end each other, by 32 callers each, one stays', async () => {
    const world = await testWorld()
    const account = await makeAccount(world)
    const stayed: number[] = []
    const won = await race(
      async () => {
        for (const { uid } of await sessionsOf(world.db, account, world.clock.now())) await endOne(world, account, uid)
        const pair = [await signInWithoutProduct(world, account), await signInWithoutProduct(world, account)]
        return async (caller) => {
          const ended = await endOthers(world, account, pair[caller % 2]?.uid ?? '')
          if (ended) stayed.push((await sessionsOf(world.db, account, world.clock.now())).length)
          return ended !== undefined
        }
      },
      Math.min(ROUNDS, 60),
    ) // a round takes two sign-ins
    assert.deepEqual([...new Set(won)], [1])
    assert.deepEqual([...new Set(stayed)], [1])
  })
})

suite('K1: a product loses its part in an account', () => {
  test('in every session and for offline use; it is told of both in one message, and of nobody else’s', async () => {
    const { world, account, here, there } = await two()
    const other = await makeAccount(world)
    const theirs = await signIn(world, other)
    await transact(world.db, (tx) => disconnectProduct(world, tx, account, LEDGER))
    for (const one of [here, there]) {
      assert.deepEqual(await leftOf(world, one), [])
      assert.ok(!(await isOver(world, one)), 'the person stays signed in')
    }
    assert.equal(await told(world), 1)
    const sessions = await sessionsOf(world.db, account, world.clock.now())
    assert.deepEqual(
      sessions.map(({ products }) => products),
      [[], []],
    )
    assert.deepEqual(await leftOf(world, theirs), ['grant', 'online', 'offline'])
  })

  test('a use is forgotten by one of 64', async () => {
    const world = await testWorld()
    await testProduct(world, LEDGER)
    const account = await makeAccount(world)
    const won = await race(async () => {
      await noteUse(world.db, account, LEDGER, world.clock.now())
      return () => transact(world.db, (tx) => forgetUse(tx, account, LEDGER))
    })
    assert.deepEqual([...new Set(won)], [1])
  })
})
