import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { type AccountId, findAccountByEmail } from '../../core/model/account/store.ts'
import { askToClose, cancelClosing } from '../../core/operations/close-account.ts'
import { system } from '../../platform/actor.ts'
import { days, minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { setUpApp } from '../../testing/apps.ts'
import type { Browser } from '../../testing/browser.ts'
import { withoutNonces } from '../../testing/nonces.ts'
import { ask } from '../../testing/operator.ts'
import { PASSWORD, productRequest, somebody, VERIFIER } from '../../testing/people.ts'
import { CALLERS } from '../../testing/race.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'

const idOf = async ({ db }: TestService, address = email): Promise<AccountId> => {
  const account = await findAccountByEmail(db, address as Email)
  assert.ok(account)
  return account.id
}

async function tries(service: TestService, password = PASSWORD): Promise<Browser> {
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email, password })
  return browser
}
const isIn = (browser: Browser): boolean => browser.page.at.startsWith('/account')

suite('D4: the operator’s block', () => {
  test('ends every session at once and refuses the right password in the words of a wrong one', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const path = `/api/v1/accounts/${await idOf(service)}`
    const blocked = await ask(service, 'POST', `${path}/block`)
    assert.deepEqual([blocked.status, blocked.body.state], [200, 'blocked'])
    assert.ok((await browser.open('/account')).at.startsWith('/sign-in'))
    const wrong = await tries(service, 'not the password')
    const right = await tries(service)
    assert.equal(isIn(right), false)
    const masked = ({ page }: Browser) => withoutNonces(page.html)
    assert.equal(masked(right), masked(wrong))

    const again = await ask(service, 'POST', `${path}/block`)
    assert.deepEqual(again.body, blocked.body)
    const kinds = await kindsOf(service)
    assert.equal(kinds.filter((kind) => kind === 'account-blocked').length, 1)

    const unblocked = await ask(service, 'POST', `${path}/unblock`)
    assert.deepEqual([unblocked.body.state, unblocked.body.blocked_at], ['active', null])
    assert.ok(isIn(await tries(service)))
    assert.deepEqual((await ask(service, 'POST', `${path}/unblock`)).body, unblocked.body)
    assert.equal((await kindsOf(service)).filter((kind) => kind === 'account-unblocked').length, 1)
  })

  test('E8: lifting it forgives the second step too, which a stranger with the password may have blocked', async () => {
    const service = await testService()
    const { app } = await setUpApp(await somebody(service), service.clock)
    service.clock.advance(minutes(1))
    const stranger = await tries(service)
    for (let wrong = 0; wrong < 5; wrong++) await stranger.send({ code: '000000' })
    const owner = await tries(service)
    await owner.send({ code: app.code() })
    assert.match(owner.page.html, /too many wrong codes/)
    await ask(service, 'POST', `/api/v1/accounts/${await idOf(service)}/unblock`)
    await owner.send({ code: app.code() })
    assert.ok(isIn(owner), owner.page.at)
  })

  test('costs a sign-in as much as a wrong password does', async () => {
    const service = await testService()
    await somebody(service)
    await ask(service, 'POST', `/api/v1/accounts/${email}/block`)
    await tries(service, 'not the password') // the first to fail for an address is counted as one more address
    const shapes = async (password: string) => (await service.statementsOf(() => tries(service, password))).sort()
    assert.deepEqual(await shapes(PASSWORD), await shapes('not the password'))
  })

  test('is told to the mailbox, and so is its end; what changes nothing tells nothing', async () => {
    const service = await testService({ PASSERELLE_SUPPORT: 'https://exemple.ca/aide' })
    await somebody(service)
    const before = service.box.letters.length
    for (const act of ['block', 'block', 'unblock', 'unblock'])
      await ask(service, 'POST', `/api/v1/accounts/${email}/${act}`)
    await service.post()
    const told = service.box.letters.slice(before)
    assert.deepEqual(
      told.map(({ template }) => template),
      ['account-held', 'account-released'],
    )
    for (const letter of told) assert.match(letter.text, /https:\/\/exemple\.ca\/aide/)
  })

  test('is not lifted by a reset', async () => {
    const service = await testService()
    await somebody(service)
    await ask(service, 'POST', `/api/v1/accounts/${email}/block`)
    const browser = service.browser()
    await browser.open('/forgot')
    await browser.send({ email })
    await service.post()
    await browser.open(service.box.newest(email).link ?? '')
    await browser.send({ 'new-password': 'onze girafes patientes', 'confirm-password': 'onze girafes patientes' })
    assert.ok(browser.page.at.startsWith('/sign-in'))
    assert.equal(isIn(await tries(service, 'onze girafes patientes')), false)
    await ask(service, 'POST', `/api/v1/accounts/${email}/unblock`)
    assert.ok(isIn(await tries(service, 'onze girafes patientes')))
  })

  test('unblocking forgets the failed tries', async () => {
    const service = await testService()
    await somebody(service)
    for (let n = 0; n < service.figures.limits['sign-in-waits']; n++) await tries(service, 'not the password')
    assert.equal(isIn(await tries(service)), false)
    await ask(service, 'POST', `/api/v1/accounts/${email}/unblock`)
    assert.ok(isIn(await tries(service)))
  })

  test('leaves no session to those who sign in at the very moment', async () => {
    const service = await testService({ PASSERELLE_SIGN_IN_TRIES: '100', PASSERELLE_NETWORK_TRIES: '1000' })
    await somebody(service)
    const signIns = Array.from({ length: CALLERS / 4 }, () => tries(service))
    await Promise.all([...signIns, ask(service, 'POST', `/api/v1/accounts/${email}/block`)])
    assert.deepEqual(
      await service.db.selectFrom('sessions').select('uid').where('account_id', 'is not', null).execute(),
      [],
    )
  })
})

suite('closing', () => {
  test('ends sessions, gives products nothing, and is taken back as it was asked for', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const request = await productRequest(service, 'ledger')
    const before = service.clock.now()
    const closed = await ask(service, 'POST', `/api/v1/accounts/${email}/close`)
    assert.deepEqual([closed.status, closed.body.state], [200, 'closing'])
    const ends = new Date(closed.body.closing_at).getTime() - before.getTime()
    assert.ok(ends >= days(30).ms && ends < days(31).ms)
    assert.ok((await browser.open('/account')).at.startsWith('/sign-in'))
    assert.deepEqual((await ask(service, 'POST', `/api/v1/accounts/${email}/close`)).body, closed.body)

    const back = await tries(service)
    assert.ok(isIn(back))
    assert.match((await back.open(request)).at, /^\/keep-account/, 'it is kept before a product opens')

    const asked = { account: await idOf(service), actor: system }
    assert.equal(await transact(service.db, (tx) => cancelClosing(service, tx, asked)), true)
    assert.equal(await transact(service.db, (tx) => cancelClosing(service, tx, asked)), false)
    assert.equal((await tokensFor(service, back, request)).status, 200)
    assert.equal(await transact(service.db, (tx) => askToClose(service, tx, asked)), true)
    assert.deepEqual(
      (await kindsOf(service)).filter((kind) => /closing|kept/.test(kind)),
      ['account-closing', 'account-kept', 'account-closing'],
    )
  })
})

suite('E1: who counts as staff', () => {
  test('is marked once, unmarked once, and every change is in the audit log', async () => {
    const service = await testService()
    await somebody(service)
    const act = async (name: string) =>
      (await ask(service, 'POST', `/api/v1/accounts/${email}/${name}`)).body.staff_since
    const since = await act('staff')
    assert.match(since, /^2\S+Z$/)
    service.clock.advance(days(1))
    assert.equal(await act('staff'), since)
    assert.deepEqual([await act('not-staff'), await act('not-staff')], [null, null])
    assert.deepEqual(
      (await kindsOf(service)).filter((kind) => kind.startsWith('staff')),
      ['staff-marked', 'staff-unmarked'],
    )
  })
})

/** What the product is answered for the code that it gets from a person who is signed in. */
async function tokensFor(service: TestService, browser: Browser, request: string) {
  const { at } = await browser.open(request)
  const code = new URL(at, service.origin).searchParams.get('code') ?? ''
  const secret = (await ask(service, 'POST', '/api/v1/products/ledger/secret')).body.client_secret
  const answer = await fetch(`${service.base}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`ledger:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'http://localhost:4000/ledger/callback',
      code_verifier: VERIFIER,
    }),
  })
  const { error } = await answer.json()
  return { status: answer.status, error }
}

const kindsOf = async ({ db }: TestService): Promise<string[]> =>
  (await db.selectFrom('history').select('kind').orderBy('id').execute()).map(({ kind }) => kind)
