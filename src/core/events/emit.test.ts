import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Actor, system } from '../../platform/actor.ts'
import { days } from '../../platform/clock.ts'
import { beforeCommit, transact } from '../../platform/database/db.ts'
import { ask } from '../../testing/operator.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testService, testWorld } from '../../testing/world.ts'
import type { Email } from '../model/account/email.ts'
import { type AccountId, findAccountByEmail } from '../model/account/store.ts'
import { eraseEnded } from '../operations/erase-account.ts'
import type { Event, EventKind } from './catalogue.ts'
import { emit } from './emit.ts'
import { changesOf } from './product-events.ts'

const EMAIL = 'marie@exemple.ca'

const actorsOf = async ({ db }: TestService, kind: EventKind) =>
  (await db.selectFrom('history').select('actor').where('kind', '=', kind).orderBy('id').execute()).map(
    ({ actor }) => actor,
  )
const idOf = async ({ db }: TestService): Promise<AccountId> => {
  const account = await findAccountByEmail(db, EMAIL as Email)
  assert.ok(account)
  return account.id
}

suite('the actor of an event', () => {
  test('is the person of the account, by the request that the answer names', async () => {
    const service = await testService()
    const browser = await somebody(service)
    await browser.open('/account/profile')
    const answer = await browser.send({ 'first-name': 'Marie-Ève' }, { follow: false })
    const [actor] = await actorsOf(service, 'profile-changed')
    const request = answer.headers.get('x-request-id')
    assert.ok(request)
    assert.deepEqual(actor, { kind: 'person', id: await idOf(service), onBehalfOf: null, request })
  })

  test('is nobody known where nothing was proved, and a person where something was', async () => {
    const service = await testService()
    await somebody(service)
    const stranger = service.browser()
    for (const password of ['not the password', PASSWORD]) {
      await stranger.open('/sign-in')
      await stranger.send({ email: EMAIL, password })
    }
    const id = await idOf(service)
    assert.deepEqual(
      (await actorsOf(service, 'sign-in-refused')).map((actor) => [actor.kind, actor.id]),
      [['person', null]],
    )
    assert.deepEqual((await actorsOf(service, 'signed-in')).at(-1)?.id, id)
    const counted = (await service.metrics.text()).match(/^passerelle_events_total\{kind="sign(ed-in|-in-.*)"\}.*$/gm)
    assert.deepEqual(counted?.sort(), [
      'passerelle_events_total{kind="sign-in-refused"} 1',
      'passerelle_events_total{kind="signed-in"} 1',
    ])
  })

  test('is the token of the operator: of what is done to an account, and of reading it', async () => {
    const service = await testService()
    await somebody(service)
    const path = `/api/v1/accounts/${await idOf(service)}`
    assert.equal((await ask(service, 'GET', path)).status, 200)
    assert.equal((await ask(service, 'POST', `${path}/block`)).status, 200)
    for (const kind of ['account-read', 'account-blocked'] as const) {
      const [actor] = await actorsOf(service, kind)
      assert.deepEqual([actor?.kind, actor?.id], ['api-token', 'admin'], kind)
      assert.match(actor?.request ?? '', /./)
    }
  })

  test('is the service, where nobody asked', async () => {
    const service = await testService()
    const browser = await somebody(service)
    await browser.open('/account/privacy')
    await ask(service, 'POST', `/api/v1/accounts/${await idOf(service)}/close`)
    service.clock.advance(days(31))
    assert.equal(await eraseEnded(service, service.clock.now(), 10), 1)
    assert.deepEqual(await actorsOf(service, 'account-erased'), [
      { kind: 'system', id: null, onBehalfOf: null, request: '' },
    ])
  })
})

test('an event of a transaction that is rolled back has no row, no product is told, and no letter is posted', async () => {
  const world = await testWorld()
  const account = 'acc_1' as AccountId
  const failed = transact(world.db, async (tx) => {
    await emit(world, tx, { kind: 'email-changed', account, notice: {} }, system)
    throw new Error('something else')
  })
  await assert.rejects(failed, /something else/)
  assert.deepEqual(await world.db.selectFrom('history').selectAll().execute(), [])
  assert.deepEqual(await changesOf(world.db, account), [])
  assert.deepEqual(await world.db.selectFrom('outbox').selectAll().execute(), [])
  const failedLast = transact(world.db, async (tx) => {
    await emit(world, tx, { kind: 'email-changed', account, notice: {} }, system)
    beforeCommit(tx, async () => {
      throw new Error('the last write')
    })
  })
  await assert.rejects(failedLast, /the last write/)
  assert.doesNotMatch(await world.metrics.text(), /passerelle_events_total/)
})

test('of a block by an operator products are told, of one that a stranger can cause they are not', async () => {
  const service = await testService()
  const browser = await somebody(service)
  await browser.open(await productRequest(service, 'ledger'))
  const account = await idOf(service)
  const block = { kind: 'account-blocked', account, facts: {}, mail: null } as const
  const lift = { kind: 'account-unblocked', account, mail: null } as const
  const told = async (kind: Actor['kind']) => {
    for (const event of [block, lift]) await transact(service.db, (tx) => emit(service, tx, event, { ...system, kind }))
    return (await changesOf(service.db, account)).map((change) => change.kind)
  }
  assert.deepEqual(await told('person'), [])
  assert.deepEqual(await told('api-token'), ['account-blocked', 'account-unblocked'])
})

test('a kind nobody declared, and other facts than its own, do not compile', () => {
  const account = 'acc_1' as AccountId
  const facts = { brand: { name: 'Passerelle' }, support: '' }
  const wrong: Event[] = [
    // @ts-expect-error there is no event of that kind
    { kind: 'email-chnaged', account, notice: {} },
    // @ts-expect-error who is told, or that nobody is, has to be said
    { kind: 'email-changed', account },
    // @ts-expect-error another fact than its own
    { kind: 'consent-given', account, facts: { produkt: 'ledger', scopes: [] } },
    // @ts-expect-error the notice says how many are left
    { kind: 'recovery-code-used', account, notice: { remaining: 3 } },
    // @ts-expect-error what the letter says, or that there is none, has to be said
    { kind: 'account-unblocked', account },
    // @ts-expect-error the letter of another event
    { kind: 'account-unblocked', account, mail: { name: 'account-held', to: EMAIL as Email, language: 'en', facts } },
    // @ts-expect-error who did it is said by the actor
    { kind: 'support-read', account, facts: { reference: '', by: 'operator' } },
    // @ts-expect-error a policy has all its values
    { kind: 'policy-changed', account: null, facts: { version: 1 } },
    // @ts-expect-error it says nothing of its own
    { kind: 'signed-in', account, facts: { method: 'pwd' } },
  ]
  assert.equal(wrong.length, 9)
})
