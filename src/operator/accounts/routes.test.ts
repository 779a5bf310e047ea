import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Email, parseEmail } from '../../core/model/account/email.ts'
import { type AccountId, findAccountByEmail, insertAccount, newAccountId } from '../../core/model/account/store.ts'
import { seconds } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { ask, isProblem } from '../../testing/operator.ts'
import { productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'

const idOf = async ({ db }: TestService, address = email): Promise<AccountId> => {
  const account = await findAccountByEmail(db, address as Email)
  assert.ok(account)
  return account.id
}

/** Puts people there, by address, first and last name, one after another: who comes first has the lower id. */
async function people({ db, random, clock }: TestService, ...them: readonly [string, string, string][]) {
  for (const [address, firstName, lastName] of them) {
    const parsed = parseEmail(address)
    assert.ok(parsed.ok)
    const person = { email: parsed.email, firstName, lastName, language: 'fr' as const }
    await transact(db, (tx) => insertAccount(tx, newAccountId(random, clock), person, clock.now()))
    clock.advance(seconds(1))
  }
}

async function found(service: TestService, search: string, limit = 2): Promise<string[]> {
  const emails: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const query = new URLSearchParams({ search, limit: String(limit), ...(next && { after: next }) })
    const { status, body } = await ask(service, 'GET', `/api/v1/accounts?${query}`)
    assert.equal(status, 200, JSON.stringify(body))
    assert.ok(body.accounts.length <= limit)
    emails.push(...body.accounts.map((account: { email: string }) => account.email))
    next = body.next
  }
  return emails
}

suite('finding people', () => {
  test('by the beginning of an address or of either name, in any case, with or without accents, each once', async () => {
    const service = await testService()
    await people(
      service,
      ['marie@exemple.ca', 'Marie', 'Tremblay'],
      ['zoe.b@exemple.ca', 'Zoé', 'Bélanger-Roy'],
      ['info@exemple.ca', 'Émile', 'Marier'],
      ['b_b%b@exemple.ca', 'Anna', 'Ångström'],
      ['tremblay@exemple.ca', 'Jean Guy', 'O’Neil'],
    )
    assert.deepEqual(await found(service, ''), [
      'marie@exemple.ca',
      'zoe.b@exemple.ca',
      'info@exemple.ca',
      'b_b%b@exemple.ca',
      'tremblay@exemple.ca',
    ])
    assert.deepEqual((await found(service, 'mar')).sort(), ['info@exemple.ca', 'marie@exemple.ca'])
    assert.deepEqual(await found(service, 'MARIE@'), ['marie@exemple.ca'])
    assert.deepEqual(await found(service, 'Marie@EXEMPLE.ca'), ['marie@exemple.ca'])
    assert.deepEqual(await found(service, 'belanger'), ['zoe.b@exemple.ca'])
    assert.deepEqual(await found(service, 'ZOÉ BÉL'), ['zoe.b@exemple.ca'])
    assert.deepEqual(await found(service, 'emile'), ['info@exemple.ca'])
    assert.deepEqual(await found(service, 'angstrom anna'), ['b_b%b@exemple.ca'])
    assert.deepEqual((await found(service, 'tremblay')).sort(), ['marie@exemple.ca', 'tremblay@exemple.ca'])
    assert.deepEqual(await found(service, '%'), [])
    assert.deepEqual(await found(service, 'b_b%'), ['b_b%b@exemple.ca'])
    assert.deepEqual(await found(service, 'b_b_'), [])
    assert.deepEqual(await found(service, 'nobody'), [])
    assert.deepEqual(await found(service, await idOf(service)), ['marie@exemple.ca'])
  })

  test('page after page shows everybody once, whatever is searched and however large a page', async () => {
    const service = await testService()
    const some = Array.from({ length: 23 }, (_, n): [string, string, string] => [
      n % 2 ? `anne${n % 7}.${n}@exemple.ca` : `x${n}@exemple.ca`,
      n % 3 ? 'Anne' : 'Louis',
      n % 5 ? 'Annette' : 'Roy',
    ])
    await people(service, ...some)
    const matching = some.filter((them) => them.some((it) => it.toLowerCase().startsWith('ann'))).map(([it]) => it)
    for (const limit of [1, 2, 7, 22, 200]) {
      assert.deepEqual((await found(service, 'ann', limit)).sort(), matching.sort())
      assert.equal(new Set(await found(service, '', limit)).size, some.length)
    }
  })

  test('a page that there is not, a limit that is none, and what cannot be searched are refused', async () => {
    const service = await testService()
    await people(service, ['a@exemple.ca', 'Anne', 'A'], ['b@exemple.ca', 'Anne', 'B'])
    const { body } = await ask(service, 'GET', '/api/v1/accounts?search=anne&limit=1')
    const after = encodeURIComponent(body.next)
    assert.doesNotMatch(body.next, /anne/)
    for (const query of [
      `after=${after}`,
      `search=ann&after=${after}`,
      'search=anne&after=x',
      `search=anne&after=x${after}`,
    ])
      isProblem(await ask(service, 'GET', `/api/v1/accounts?${query}`), 422, 'cursor-unusable')
    for (const limit of ['0', '201', '-1', '1.5', 'x', ''])
      isProblem(await ask(service, 'GET', `/api/v1/accounts?limit=${limit}`), 400, 'malformed')
    for (const named of ['acc_0', 'nobody@exemple.ca', '@'])
      isProblem(await ask(service, 'GET', `/api/v1/accounts/${named}`), 404, 'unknown-account')
  })
})

test('an account is shown with what its person sees and more, and no secret', async () => {
  const service = await testService()
  const browser = await somebody(service)
  await browser.open(await productRequest(service, 'ledger'))
  const stranger = service.browser()
  await stranger.open('/sign-in')
  await stranger.send({ email, password: 'not the password' })
  const { body } = await ask(service, 'GET', `/api/v1/accounts/${encodeURIComponent('Marie@Exemple.ca')}`)
  assert.deepEqual((await ask(service, 'GET', `/api/v1/accounts/${body.id}`)).body, body)
  const { sessions, products, created_at, password, ...rest } = body
  assert.deepEqual(rest, {
    id: await idOf(service),
    email,
    email_fixed: false,
    staff_since: null,
    first_name: 'Marie',
    last_name: 'Tremblay',
    language: rest.language,
    state: 'active',
    blocked_at: null,
    closing_at: null,
    two_step_since: null,
    ways: [],
    recovery_codes: 0,
    support_request: null,
    sign_ins: { done: 0, refused: 1 },
  })
  assert.match(created_at, /^2\S+Z$/)
  assert.deepEqual([password.format, password.foreign], ['argon2id m=64,t=1,p=1', false])
  assert.deepEqual(
    [sessions.length, Object.keys(sessions[0])],
    [1, ['network', 'user_agent', 'started_at', 'seen_at', 'expires_at']],
  )
  assert.deepEqual(
    products.map(({ client_id }: { client_id: string }) => client_id),
    ['ledger'],
  )
  const hashes = await service.db.selectFrom('passwords').select('hash').execute()
  const marks = await service.db.selectFrom('sessions').select('id_mark').execute()
  for (const secret of [...hashes.map(({ hash }) => hash), ...marks.map(({ id_mark }) => id_mark)])
    assert.ok(!JSON.stringify(body).includes(secret))
})
