/** X15: what a new password costs, and tells products, does not grow with the sessions that end by it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { testService } from '../../src/testing/world.ts'
import { browserOf, makeParty, tokensFor } from './party.ts'
import { makePerson, resetPassword } from './person.ts'
import { makeReceiver } from './receiver.ts'

test('X15: 10,000 sessions and a new password: one message and one logout token a product, for all of the person’s', async () => {
  const service = await testService()
  const maya = await makePerson(service, 'maya@example.com')
  const [atLedger, atPayroll] = [await makeReceiver(), await makeReceiver()]
  const ledger = await makeParty(service, 'ledger', { backchannelLogoutUri: atLedger.url })
  const payroll = await makeParty(service, 'payroll', { backchannelLogoutUri: atPayroll.url })
  for (const party of [ledger, payroll]) await tokensFor(browserOf(service), party, maya)
  await sql`insert into sessions (uid, id_mark, account_id, authenticated_at, started_at, seen_at, expires_at, user_agent,
      network, browser_mark, details)
    select uid || n, id_mark || n, account_id, authenticated_at, started_at, seen_at, expires_at, '', '', '', jsonb_set(
      details, '{authorizations}', '{"ledger": {"sid": "a"}, "payroll": {"sid": "b"}}') from generate_series(1, 10000) as n,
    (select * from sessions where account_id = ${maya.id} order by seen_at desc limit 1) as one`.execute(service.db)
  const statements = await service.statementsOf(() => resetPassword(service, maya, 'ten loud lighthouses'))
  assert.ok(statements.length <= 65, `${statements.length} statements`)
  const waiting = await service.db.selectFrom('outbox').select('name').where('topic', '=', 'logout').execute()
  assert.deepEqual(waiting.map(({ name }) => name).sort(), ['ledger', 'payroll'])
  await service.post()
  for (const { tokens } of [atLedger, atPayroll]) {
    assert.equal(tokens.length, 1)
    const { sub, sid, events } = decodeJwt(tokens[0] ?? '')
    assert.deepEqual([sub, sid], [maya.id, undefined])
    assert.deepEqual(events, { 'http://schemas.openid.net/event/backchannel-logout': {} })
  }
})
