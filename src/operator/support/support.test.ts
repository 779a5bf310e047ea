/** I5, from the operator's side: requests are listed, read, closed; what was read and closed is in the audit log. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { requestsOf } from '../../core/model/support-request/store.ts'
import { askSupport } from '../../core/operations/ask-support.ts'
import { days, minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { passerelle } from '../../testing/command-line.ts'
import { ask, isProblem } from '../../testing/operator.ts'
import { somebody } from '../../testing/people.ts'
import { visitor } from '../../testing/visitor.ts'
import { testService } from '../../testing/world.ts'

const actor = { ...visitor, network: '192.0.2.1', userAgent: 'a browser', browser: '' }
const PATH = '/api/v1/support-requests'

type ReadEvent = { kind: string; actor: { kind: string }; facts: object }

async function desk() {
  const service = await testService()
  for (const name of ['anne', 'bruno', 'chloe']) await somebody(service, `${name}@exemple.ca`)
  const accounts = await service.db.selectFrom('accounts').select(['id', 'email']).orderBy('email').execute()
  const references: string[] = []
  for (const { id: account, email } of accounts) {
    service.clock.advance(minutes(1))
    const said = { reach: '+16135550123', words: `It is me, ${email}.` }
    await transact(service.db, (tx) => askSupport(service, tx, { account, said, actor }))
    references.push((await requestsOf(service.db, account, service.clock.now()))[0]?.reference ?? '')
  }
  const acts = async () => {
    const { body } = await ask(service, 'GET', '/api/v1/audit/events')
    return body.events
      .filter(({ kind }: ReadEvent) => /^support-(?!listed)/.test(kind))
      .map(({ kind, actor, facts }: ReadEvent) => ({ kind, by: actor.kind, ...facts }))
  }
  return { service, accounts, references, acts }
}

suite('requests to support', () => {
  test('the oldest come first, a page at a time, without what was said', async () => {
    const { service, references } = await desk()
    const first = await ask(service, 'GET', `${PATH}?limit=2`)
    assert.equal(first.status, 200)
    assert.ok(!JSON.stringify(first.body).includes('It is me'))
    const second = await ask(service, 'GET', `${PATH}?limit=2&after=${first.body.next}`)
    const found = [...first.body.requests, ...second.body.requests]
    assert.deepEqual(
      found.map(({ reference }) => reference),
      references,
    )
    assert.deepEqual([found[0].email, found[0].state, second.body.next], ['anne@exemple.ca', 'open', null])
  })

  test('one is read by its reference, however it was read aloud; it says so in the audit log', async () => {
    const { service, references, acts } = await desk()
    const [reference = ''] = references
    const before = await acts()
    const read = await ask(service, 'POST', `${PATH}/${reference.toLowerCase().replace('-', '')}/read`)
    assert.deepEqual([read.body.reach, read.body.words], ['+16135550123', 'It is me, anne@exemple.ca.'])
    assert.deepEqual((await acts()).slice(before.length), [{ kind: 'support-read', by: 'api-token', reference }])
    isProblem(await ask(service, 'POST', `${PATH}/KFM-000/read`), 404, 'unknown-reference')
    assert.equal(
      (await ask(service, 'POST', `${PATH}/${reference}/read`, undefined, { authorization: '' })).status,
      401,
    )
  })

  test('one is closed once, and then listed among all alone', async () => {
    const { service, references, acts, accounts } = await desk()
    const [reference = ''] = references
    const before = await acts()
    const shown = async () => (await ask(service, 'GET', `/api/v1/accounts/${accounts[0]?.id}`)).body.support_request
    const gauge = async () => {
      const headers = { authorization: `Bearer ${service.adminToken}` }
      const text = await (await fetch(`${service.base}/metrics`, { headers })).text()
      return /^passerelle_support_requests_open (\d+)$/m.exec(text)?.[1]
    }
    assert.deepEqual([await shown(), await gauge()], [reference, '3'])
    for (let n = 0; n < 2; n++) {
      const { body } = await ask(service, 'POST', `${PATH}/${reference}/close`)
      assert.equal(body.state, 'closed')
    }
    assert.deepEqual((await acts()).slice(before.length), [{ kind: 'support-closed', by: 'api-token', reference }])
    assert.deepEqual([await shown(), await gauge()], [null, '2'])
    assert.equal((await ask(service, 'GET', PATH)).body.requests.length, 2)
    assert.equal((await ask(service, 'GET', `${PATH}?state=all`)).body.requests.length, 3)
    service.clock.advance(days(90))
    assert.deepEqual((await ask(service, 'GET', `${PATH}?state=all`)).body.requests, [])
    isProblem(await ask(service, 'POST', `${PATH}/${reference}/close`), 404, 'unknown-reference')
  })

  test('by the command line: list, show, close', async () => {
    const { service, references } = await desk()
    const environment = { PASSERELLE_URL: service.base, PASSERELLE_ADMIN_TOKEN: service.adminToken }
    const [reference = ''] = references
    const run = async (...args: string[]) => (await passerelle(args, environment)).stdout
    assert.match(await run('support', 'list'), new RegExp(`^REFERENCE .*\n${reference} +open .*anne@exemple\\.ca`))
    const shown = await run('support', 'show', reference)
    assert.match(shown, /to be reached at +\+16135550123, which nobody has proved\n\n> It is me, anne@exemple\.ca\.\n$/)
    const { account } = JSON.parse(await run('support', 'show', reference, '--json'))
    await service.db.deleteFrom('support_requests').where('account_id', '=', account).execute()
    const said = {
      reach: `${'a'.repeat(64)}@${'b'.repeat(56)}.example`,
      words: `${'several words '.repeat(60)}\n${'q'.repeat(250)}`,
    }
    await transact(service.db, (tx) => askSupport(service, tx, { account, said, actor }))
    const [{ reference: long = '' } = {}] = await requestsOf(service.db, account, service.clock.now())
    const wide = await run('support', 'show', long)
    for (const line of wide.split('\n')) assert.ok(line.length <= 100, line)
    assert.equal(wide.replaceAll(/[^q]/g, '').length, 250, 'nothing is lost')
    assert.ok(
      wide
        .trimEnd()
        .split('\n')
        .slice(8)
        .every((line) => line.startsWith('> ')),
      wide,
    )
    assert.equal(JSON.parse(await run('support', 'show', long, '--json')).words, said.words)
    assert.match(await run('accounts', 'show', 'anne@exemple.ca'), new RegExp(`asks support for help +${long}\n`))
    assert.equal(await run('support', 'close', long), `The request ${long} is closed.\n`)
    assert.equal(JSON.parse(await run('support', 'list', '--all', '--json')).requests.length, 3)
  })
})
