import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { AccountId } from '../../core/model/account/store.ts'
import { system } from '../../platform/actor.ts'
import { transact } from '../../platform/database/db.ts'
import type { Browser } from '../../testing/browser.ts'
import { ask, isProblem } from '../../testing/operator.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { record } from '../../testing/record.ts'
import { type TestService, testService } from '../../testing/world.ts'

const BCRYPT = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' // of U*U
const DJANGO = 'pbkdf2_sha256$20000$seasalt2$Flpve/uAcyo6+IFI6YAhjeABGPVbRQjzHDxRhqxewgw=' // of lètmein
const marie = { id: 'u|17', email: 'Marie@exemple.ca', first_name: 'Marie', last_name: 'Tremblay' }
const luc = { email: 'luc@exemple.ca', first_name: 'Luc', last_name: 'Roy', language: 'fr-CA' }

const bring = async (service: TestService, lines: readonly unknown[], more = {}) => {
  const { status, body } = await ask(service, 'POST', '/api/v1/accounts/import', { lines, ...more })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

/** Whether the password is right: one that falls short of today's policy leads to the page that asks for a better one. */
async function signsIn(service: TestService, email: string, password: string): Promise<boolean> {
  const browser: Browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email, password })
  return !browser.page.at.startsWith('/sign-in')
}

const everything = async (service: TestService) => {
  const lines: { id: string; email: string; password: { hash: string } | null }[] = []
  for (let after: string | null = ''; after !== null; ) {
    const query = new URLSearchParams({ limit: '2', ...(after && { after }) })
    const { body } = await ask(service, 'GET', `/api/v1/accounts/export?${query}`)
    lines.push(...body.accounts)
    after = body.next
  }
  return lines
}

const storedHash = async ({ db }: TestService, id: string) => {
  const rows = await db.selectFrom('passwords').select(['account_id', 'hash']).execute()
  return rows.find(({ account_id }) => account_id === id)?.hash ?? ''
}

test('Z6: every page of an export is in the audit log: who left, by their ids, and nothing that is secret', async () => {
  const service = await testService()
  const lines = [marie, { ...luc, password: { hash: BCRYPT } }, { ...luc, email: 'eva@exemple.ca' }]
  await bring(service, lines)
  const ids = (await everything(service)).map(({ id }) => id)
  const acts = await service.db
    .selectFrom('history')
    .select(['facts', 'personal', 'account_id', 'network'])
    .where('kind', '=', 'accounts-exported')
    .orderBy('id')
    .execute()
  assert.deepEqual(
    acts.map(({ facts }) => facts),
    [
      { count: 2, first: ids[0], last: ids[1] },
      { count: 1, first: ids[2], last: ids[2] },
    ],
  )
  assert.ok(acts.every((act) => act.network !== '' && act.account_id === null && JSON.stringify(act.personal) === '{}'))
})

suite('accounts from another service', () => {
  test('keep their ids, sign in with their old passwords, and have a hash of ours from then on', async () => {
    const service = await testService()
    const lines = [
      { ...marie, created_at: '2020-01-02T03:04:05Z', email_verified: true, password: { hash: BCRYPT } },
      { ...luc, password: { hash: DJANGO, changed_at: '2021-01-02T03:04:05+01:00' } },
      { email: 'nobody@exemple.ca', first_name: 'N', last_name: 'O', password: null },
    ]
    assert.deepEqual(await bring(service, lines), { imported: 3, present: 0, refused: [] })

    const shown = (await ask(service, 'GET', '/api/v1/accounts/u%7C17')).body
    assert.deepEqual(
      [shown.id, shown.email, shown.created_at, shown.password.format, shown.password.foreign],
      ['u|17', marie.email, '2020-01-02T03:04:05.000Z', 'bcrypt cost=5', true],
    )
    const sealed = await storedHash(service, 'u|17')
    assert.ok(!sealed.includes(BCRYPT) && !sealed.includes('$2a$'), 'a foreign hash lies in the database in clear')

    assert.equal(await signsIn(service, marie.email, 'U*V'), false)
    assert.equal(await storedHash(service, 'u|17'), sealed)
    assert.equal(await signsIn(service, marie.email, 'U*U'), true)
    assert.match(await storedHash(service, 'u|17'), /^\$argon2id\$/)
    assert.equal(await signsIn(service, marie.email, 'U*U'), true)
    const after = (await ask(service, 'GET', '/api/v1/accounts/u%7C17')).body.password
    assert.deepEqual([after.foreign, after.format], [false, 'argon2id m=64,t=1,p=1'])
    assert.equal(await signsIn(service, luc.email, 'lètmein'), true)
    assert.equal(await signsIn(service, 'nobody@exemple.ca', ''), false)
  })

  test('a second run of the same lines changes nothing, and a dry run changes nothing at all', async () => {
    const service = await testService()
    const lines = [{ ...marie, password: { hash: BCRYPT } }, luc]
    assert.deepEqual(await bring(service, lines, { dry_run: true }), { imported: 2, present: 0, refused: [] })
    assert.deepEqual(await everything(service), [])
    await bring(service, lines)
    const before = await everything(service)
    const changed = lines.map((line) => ({ ...line, first_name: 'Another', password: { hash: DJANGO } }))
    assert.deepEqual(await bring(service, changed), { imported: 0, present: 2, refused: [] })
    assert.deepEqual(await everything(service), before)
    const imports = service.db.selectFrom('history').select('id').where('kind', '=', 'accounts-imported')
    assert.equal((await imports.execute()).length, 1)
  })

  test('each line is refused for its own reason, the others are taken in, and no hash is repeated', async () => {
    const service = await testService()
    await bring(service, [marie])
    const person = (n: number, more: object) => ({ ...luc, email: `p${n}@exemple.ca`, ...more })
    const refusals: [unknown, string, RegExp][] = [
      ['a line', 'line-malformed', /the line: /],
      [null, 'line-malformed', /the line: /],
      [person(1, { shoe_size: 42 }), 'line-malformed', /"shoe_size"/],
      [person(2, { first_name: undefined }), 'line-malformed', /first_name: /],
      [person(3, { language: 'tlh' }), 'line-malformed', /language: /],
      [person(4, { id: 'a b' }), 'line-malformed', /id: has 1 to 255/],
      [person(5, { created_at: 'yesterday' }), 'line-malformed', /created_at: /],
      [person(6, { password: { hash: BCRYPT, plain: 'U*U' } }), 'line-malformed', /password: /],
      [person(7, { email: 'p7' }), 'address-not-one', /none/],
      [person(8, { email: `${'x'.repeat(65)}@exemple.ca` }), 'address-local-too-long', /65 characters; 64/],
      [person(9, { email_verified: false }), 'address-unverified', /not verified/],
      [person(10, { first_name: ' ' }), 'name-missing', /missing/],
      [person(11, { last_name: '<b>' }), 'name-unusable', /</],
      [person(12, { password: { hash: 'md5$secret' } }), 'hash-unknown', /bcrypt/],
      [person(13, { password: { hash: `${BCRYPT}secret` } }), 'hash-damaged', /damaged/],
      [person(14, { password: { hash: BCRYPT.replace('$05$', '$31$') } }), 'hash-too-dear', /cost too much/],
      [person(15, { password: { hash: ourHash, pepper: 'ffffffff' } }), 'pepper-unknown', /master key ffffffff/],
      [person(16, { password: { hash: BCRYPT, pepper: service.keyring.pepper().id } }), 'hash-damaged', /damaged/],
      [{ ...luc, email: 'MARIE@EXEMPLE.CA', id: 'another' }, 'address-taken', /marie@exemple\.ca/],
      [{ ...luc, id: marie.id }, 'id-taken', /u\|17/],
      [person(17, { email: 'first@exemple.ca' }), 'address-twice', /first@exemple\.ca/],
      [person(18, { id: 'first' }), 'id-twice', /first/],
      [person(19, { id: 'erased' }), 'id-erased', /erased/],
    ]
    await transact(service.db, (tx) =>
      record(service, tx, { kind: 'account-erased', account: 'erased' as AccountId, actor: system }),
    )
    const first = { ...luc, id: 'first', email: 'first@exemple.ca' }
    const { imported, present, refused } = await bring(service, [first, ...refusals.map(([line]) => line)])
    assert.deepEqual([imported, present, refused.length], [1, 0, refusals.length])
    for (const [at, [line, reason, detail]] of refusals.entries()) {
      assert.deepEqual([refused[at].line, refused[at].reason], [at + 2, reason], JSON.stringify(line))
      assert.match(refused[at].detail, detail)
      assert.doesNotMatch(refused[at].detail, /secret|\$2a|CCCC|\{|\}/)
    }
  })

  test('of two imports of the same people at once, each of them is taken in once', async () => {
    const service = await testService()
    const lines = Array.from({ length: 50 }, (_, n) => ({ ...luc, id: `id${n}`, email: `p${n}@exemple.ca` }))
    const both = await Promise.all([bring(service, lines), bring(service, [...lines].reverse())])
    assert.equal(both[0].imported + both[1].imported, 50)
    assert.equal((await everything(service)).length, 50)
  })

  test('a batch has a limit of its own, and the operator alone has it', async () => {
    const service = await testService()
    const path = '/api/v1/accounts/import'
    for (const body of [
      {},
      { lines: [] },
      { lines: [luc], more: 1 },
      { lines: Array.from({ length: 1_001 }, () => luc) },
    ])
      isProblem(await ask(service, 'POST', path, body), 400, 'malformed')
    const large = { lines: [{ ...luc, first_name: 'x'.repeat(1_000_000) }] }
    assert.equal((await bring(service, large.lines)).refused[0].reason, 'name-too-long')
    isProblem(await ask(service, 'POST', path, { lines: ['x'.repeat(4 * 1_024 * 1_024)] }), 413, 'too-large')
    for (const [method, where] of [
      ['POST', path],
      ['GET', '/api/v1/accounts/export'],
      ['GET', '/api/v1/accounts'],
    ] as const)
      isProblem(
        await ask(service, method, where, method === 'POST' ? large : undefined, { authorization: '' }),
        401,
        'token-needed',
      )
    isProblem(await ask(service, 'GET', '/api/v1/accounts/export?after=x'), 422, 'cursor-unusable')
  })
})

const ourHash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'

test('exported, then imported into an empty database, everybody signs in as before and is who they were', async () => {
  const old = await testService()
  await somebody(old, 'anne@exemple.ca')
  await somebody(old, 'blocked@exemple.ca')
  await bring(old, [
    { ...marie, password: { hash: BCRYPT } },
    { ...luc, email_fixed: true, staff_since: '2020-01-02T03:04:05.000Z', password: { hash: DJANGO } },
  ])
  await ask(old, 'POST', '/api/v1/accounts/blocked@exemple.ca/block')
  await ask(old, 'POST', '/api/v1/accounts/luc@exemple.ca/close')
  const lines = await everything(old)
  assert.equal(lines.length, 4)
  assert.equal(lines.find(({ email }) => email === marie.email)?.password?.hash, BCRYPT)

  const empty = await testService()
  assert.deepEqual(await everything(empty), [])
  assert.deepEqual(await bring(empty, lines), { imported: 4, present: 0, refused: [] })
  assert.deepEqual(await everything(empty), lines)
  assert.equal(await signsIn(empty, 'anne@exemple.ca', PASSWORD), true)
  assert.equal(await signsIn(empty, 'blocked@exemple.ca', PASSWORD), false)
  await ask(empty, 'POST', '/api/v1/accounts/blocked@exemple.ca/unblock')
  assert.equal(await signsIn(empty, 'blocked@exemple.ca', PASSWORD), true)
  assert.equal(await signsIn(empty, marie.email, 'U*U'), true)
  assert.equal(await signsIn(empty, luc.email, 'lètmein'), true)
})
