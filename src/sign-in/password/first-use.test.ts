/** D1: who was seen nowhere is let in once at most without a word from the mailbox, and only where it was shown before. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import { preparePassword } from '../../core/model/password/policy.ts'
import { setPassword } from '../../core/model/password/store.ts'
import { setUpPasskey } from '../../testing/authenticator.ts'
import { type Browser, makeBrowser } from '../../testing/browser.ts'
import { ask } from '../../testing/operator.ts'
import { PASSWORD, signInByPasskey, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const BCRYPT = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' // of U*U
const NEW = 'onze girafes patientes'
const email = 'marie@exemple.ca'
const CONFIRMED_FIRST = '/confirm'
/** Of the account, or a better password, which the policy asks for. */
const LET_IN = /^\/(account|better-password)$/

const withProxy = () => testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
const from = ({ origin, base }: TestService, address: string) =>
  makeBrowser(origin, base, { 'x-forwarded-for': address })

async function signIn(service: TestService, browser: Browser, password: string, address = email): Promise<string> {
  browser.cookies.delete(service.cookies.session)
  await browser.open('/sign-in')
  return (await browser.send({ email: address, password })).at.replace(/\?.*/, '')
}
async function confirm(service: TestService, browser: Browser, address = email): Promise<string> {
  await service.post()
  return (await browser.send({ code: service.box.newest(address).code ?? '' })).at.replace(/\?.*/, '')
}

/** A service that has taken in somebody with a password, and what else their line says. */
async function imported(more: object, hash = BCRYPT): Promise<TestService> {
  const service = await withProxy()
  const line = { email, first_name: 'Marie', last_name: 'Tremblay', password: { hash }, ...more }
  const { body } = await ask(service, 'POST', '/api/v1/accounts/import', { lines: [line] })
  assert.equal(body.imported, 1, JSON.stringify(body))
  return service
}
const exported = async (service: TestService) =>
  (await ask(service, 'GET', '/api/v1/accounts/export')).body.accounts.map(
    (line: { email_verified?: boolean }) => line.email_verified,
  )

/** A new password by the mailed link. */
async function reset(service: TestService, password = NEW): Promise<void> {
  const browser = from(service, '192.0.2.1')
  await browser.open('/forgot')
  await browser.send({ email })
  await service.post()
  await browser.open(service.box.newest(email).link ?? '')
  assert.match((await browser.send({ 'new-password': password, 'confirm-password': password })).at, /done=reset/)
}

suite('D1: accounts that come from another service', () => {
  test('with a verified address sign in anywhere once; from the second sign-in on they are doubted as others', async () => {
    const service = await imported({ email_verified: true })
    assert.match(await signIn(service, from(service, '192.0.2.1'), 'U*U'), LET_IN)
    assert.match(await signIn(service, from(service, '192.0.7.7'), 'U*U'), LET_IN)
    assert.equal(await signIn(service, from(service, '198.51.100.7'), 'U*U'), CONFIRMED_FIRST)
    await sql`delete from known_browsers`.execute(service.db)
    assert.equal(await signIn(service, from(service, '192.0.2.1'), 'U*U'), CONFIRMED_FIRST)
  })

  for (const said of [{}, { email_fixed: true }])
    test(`whose line does not say that the address is verified (${JSON.stringify(said)}) confirm it first`, async () => {
      const service = await imported(said)
      assert.deepEqual(await exported(service), [undefined])
      for (let n = 0; n < 3; n++)
        assert.equal(await signIn(service, from(service, '192.0.2.1'), 'U*U'), CONFIRMED_FIRST)
      const browser = from(service, '198.51.100.7')
      await signIn(service, browser, 'U*U')
      assert.match(await confirm(service, browser), LET_IN)
      assert.deepEqual(await exported(service), [true])
      assert.match(await signIn(service, from(service, '198.51.9.9'), 'U*U'), LET_IN)
    })

  test('and are written out as verified only where that is known, so that it holds at the next place', async () => {
    const service = await imported({ email_verified: true })
    const lines = [{ email: 'luc@exemple.ca', first_name: 'Luc', last_name: 'Roy', password: { hash: BCRYPT } }]
    await ask(service, 'POST', '/api/v1/accounts/import', { lines })
    await somebody(service, 'anne@exemple.ca')
    const { body } = await ask(service, 'GET', '/api/v1/accounts/export')
    const next = await withProxy()
    const taken = await ask(next, 'POST', '/api/v1/accounts/import', { lines: body.accounts })
    assert.deepEqual(taken.body, { imported: 3, present: 0, refused: [] })
    assert.deepEqual((await ask(next, 'GET', '/api/v1/accounts/export')).body.accounts, body.accounts)
    const first = (address: string, password: string) => signIn(next, from(next, '192.0.2.1'), password, address)
    assert.match(await first(email, 'U*U'), LET_IN)
    assert.equal(await first('luc@exemple.ca', 'U*U'), CONFIRMED_FIRST)
    assert.match(await first('anne@exemple.ca', PASSWORD), LET_IN)
  })
})

suite('D1: an account that is known in no browser', () => {
  test('is doubted after its person has forgotten every browser, and after all have ended', async () => {
    const service = await withProxy()
    await somebody(service)
    await sql`update known_browsers set expires_at = ${service.clock.now()}`.execute(service.db)
    assert.equal(await signIn(service, from(service, '127.0.0.1'), PASSWORD), CONFIRMED_FIRST)
    await sql`delete from known_browsers`.execute(service.db)
    const browser = from(service, '127.0.0.1')
    assert.equal(await signIn(service, browser, PASSWORD), CONFIRMED_FIRST)
    assert.equal(await confirm(service, browser), '/account')
  })

  test('is let in once after a reset; whatever the way of a sign-in, it was the first', async () => {
    const service = await withProxy()
    const device = await setUpPasskey(await somebody(service), service.origin)
    await reset(service)
    assert.equal(await signIn(service, from(service, '198.51.100.7'), NEW), '/account')
    assert.equal(await signIn(service, from(service, '203.0.113.9'), NEW), CONFIRMED_FIRST)
    await reset(service, 'douze girafes patientes')
    await signInByPasskey(from(service, '192.0.2.1'), device)
    await sql`delete from known_browsers`.execute(service.db)
    assert.equal(await signIn(service, from(service, '192.0.2.1'), 'douze girafes patientes'), CONFIRMED_FIRST)
  })

  test('of several first uses at once one is let in; somebody who presses twice is let in twice', async () => {
    const service = await withProxy()
    await somebody(service)
    await reset(service)
    const browsers = Array.from({ length: 3 }, (_, n) => from(service, `${60 + n}.0.113.9`)) // more at once would wait
    const came = await Promise.all(browsers.map((browser) => signIn(service, browser, NEW)))
    assert.deepEqual([...came].sort(), ['/account', CONFIRMED_FIRST, CONFIRMED_FIRST])

    await reset(service)
    const twice = from(service, '198.51.100.7')
    await twice.open('/sign-in')
    const tab = from(service, '198.51.100.7')
    for (const [name, value] of twice.cookies) tab.cookies.set(name, value)
    tab.page = twice.page
    const both = await Promise.all([twice, tab].map((one) => one.send({ email, password: NEW })))
    assert.deepEqual(
      both.map(({ at }) => at),
      ['/account', '/account'],
    )
  })

  test('is doubted too where somebody without the master key writes the mark of another password into its row', async () => {
    const service = await imported({ email_verified: true })
    const prepared = preparePassword(PASSWORD)
    assert.ok(prepared)
    const hashed = await service.hashing.make(prepared)
    await somebody(service, 'mallory@exemple.ca')
    const { id } = await service.db
      .selectFrom('accounts')
      .select('id')
      .where('email', '=', sql<never>`'mallory@exemple.ca'`)
      .executeTakeFirstOrThrow()
    await setPassword(service, service.db, id, hashed, service.clock.now())
    await sql`delete from known_browsers`.execute(service.db)
    const marks = await sql<{ first_use: string }>`select first_use from passwords where first_use is not null`.execute(
      service.db,
    )
    assert.equal(marks.rows.length, 1)
    for (const mark of [marks.rows[0]?.first_use, '', 'x']) {
      await sql`update passwords set first_use = ${mark} where account_id = ${id}`.execute(service.db)
      assert.equal(await signIn(service, from(service, '192.0.2.1'), PASSWORD, 'mallory@exemple.ca'), CONFIRMED_FIRST)
    }
  })
})
