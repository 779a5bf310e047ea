/** Whatever an operator is given of a person is in the audit log, whichever way it was asked for. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findAccount } from '../core/model/account/store.ts'
import { requestsOf } from '../core/model/support-request/store.ts'
import { askSupport } from '../core/operations/ask-support.ts'
import { system } from '../platform/actor.ts'
import { transact } from '../platform/database/db.ts'
import { dataOf } from '../portal/privacy/rules.ts'
import { ask } from '../testing/operator.ts'
import { somebody } from '../testing/people.ts'
import { testService } from '../testing/world.ts'

const email = 'marie@exemple.ca'

/** Somebody with a request to support, and who they are. */
async function somebodyKnown() {
  const service = await testService()
  await somebody(service, email)
  const { id } = await service.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
  const said = { reach: email, words: 'It is me.' }
  await transact(service.db, (tx) => askSupport(service, tx, { account: id, said, actor: system }))
  const [request] = await requestsOf(service.db, id, service.clock.now())
  return { service, id, reference: request?.reference ?? '' }
}
type Known = Awaited<ReturnType<typeof somebodyKnown>>

type Read = { kind: string; ofNobody?: true; facts?: (known: Known) => object; body?: object }
const page = (kind: string, who: (known: Known) => string): Read => ({
  kind,
  ofNobody: true,
  facts: (known) => ({ count: 1, first: who(known), last: who(known) }),
})
const listed = page('accounts-listed', ({ id }) => id)
const referred = ({ reference }: Known) => ({ reference })

/** Every operation whose answer says something of people, with the event that it leaves: of an act, where it is so already too. */
const READS: Readonly<Record<string, Read>> = {
  listAccounts: listed,
  searchAccounts: { ...listed, body: { search: email } },
  lookUpAccount: { kind: 'account-read', body: { account: email } },
  showAccount: { kind: 'account-read' },
  exportAccounts: page('accounts-exported', ({ id }) => id),
  listSupportRequests: page('support-listed', ({ reference }) => reference),
  readSupportRequest: { kind: 'support-read', facts: referred },
  closeSupportRequest: { kind: 'support-closed', facts: referred },
  unblockAccount: { kind: 'account-read' },
  blockAccount: { kind: 'account-blocked' },
  freeAccountEmail: { kind: 'account-read' },
  fixAccountEmail: { kind: 'email-fixed' },
  unmarkStaff: { kind: 'account-read' },
  markStaff: { kind: 'staff-marked' },
  closeAccount: { kind: 'account-closing' },
  listAuditEvents: { kind: 'audit-log-read', ofNobody: true },
}
/** The others: keys, products, the policy, whether the log is whole; an import is an event of its own. */
const OF_NOBODY = /Keys?$|Product(s|Secret)?$|Policy$|^verifyAudit|^importAccounts$/

suite('an operator who is given something of people', () => {
  test('leaves one event, by the token, whatever operation of the API it was', async () => {
    const known = await somebodyKnown()
    const { service, id, reference } = known
    const { body: document } = await ask(service, 'GET', '/api/openapi.json')
    const operations = Object.entries<Record<string, { operationId: string }>>(document.paths).flatMap(
      ([path, methods]) => Object.entries(methods).map(([method, { operationId }]) => ({ path, method, operationId })),
    )
    const served = operations.map(({ operationId }) => operationId).filter((name) => !OF_NOBODY.test(name))
    assert.deepEqual(served.sort(), Object.keys(READS).sort())

    const events = () =>
      service.db.selectFrom('history').select(['id', 'kind', 'account_id', 'actor', 'facts']).execute()
    for (const [name, { kind, ofNobody, facts, body }] of Object.entries(READS)) {
      const { path = '', method = '' } = operations.find(({ operationId }) => operationId === name) ?? {}
      const before = new Set((await events()).map((event) => event.id))
      const at = `${path.replace('{id}', id).replace('{reference}', reference)}`
      assert.equal((await ask(service, method.toUpperCase(), at, body)).status, 200, name)
      const left = (await events()).filter((event) => !before.has(event.id))
      assert.deepEqual(
        left.map((event) => [event.kind, event.account_id, event.actor.kind, event.actor.id]),
        [[kind, ofNobody ? null : id, 'api-token', 'admin']],
        name,
      )
      if (facts) assert.deepEqual(left[0]?.facts, facts(known), name)
    }
  })

  test('is in what the person takes along: what was done or read, and that it was the operator', async () => {
    const { service, id } = await somebodyKnown()
    const account = await findAccount(service.db, id)
    assert.ok(account)
    for (const act of ['block', 'unblock']) await ask(service, 'POST', `/api/v1/accounts/${id}/${act}`)
    const { activity } = await dataOf(service, account)
    assert.deepEqual(
      activity.map(({ what, facts }) => ({ what, ...facts })).slice(0, 2),
      ['account-unblocked', 'account-blocked'].map((what) => ({ what, by: 'operator' })),
    )
    assert.ok(!('by' in (activity.at(-1)?.facts ?? {})))
  })

  test('comes to the end of the audit log, though reading it is an event', async () => {
    const { service } = await somebodyKnown()
    let pages = 0
    for (let after = 0; pages < 10; pages++) {
      const { body } = await ask(service, 'GET', `/api/v1/audit/events?after=${after}`)
      if (body.events.length === 0) break
      after = body.events.at(-1).seq
    }
    assert.equal(pages, 2, 'all there was, the reading of it, and nothing')
  })
})
