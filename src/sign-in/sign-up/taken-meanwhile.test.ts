/** What somebody else has by the time of the code ends in a page that says what comes next, however many come at once. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { putSignUp } from '../../core/model/sign-up/store.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { type Authenticator, askedOn, bring, makeAuthenticator } from '../../testing/authenticator.ts'
import type { Browser, Visit } from '../../testing/browser.ts'
import { asksForPasskey, signInByPasskey, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '100000', PASSERELLE_CHALLENGE_NETWORK: '100000' })
let drawn = 0
const anAddress = () => `person-${++drawn}@exemple.ca`
const codeFor = (address: string) => service.box.newest(address).code ?? ''
const pathOfLink = (address: string) => {
  const { pathname, search } = new URL(service.box.newest(address).link ?? '')
  return pathname + search
}

/** Makes that passkey where the page asks for one, and goes where that leads. */
async function make(browser: Browser, device: Authenticator) {
  const asked = askedOn(browser)
  const answer = await bring(browser, browser.page.at, asked, device.create(asked))
  await browser.open(answer.headers.get('location') ?? '')
}
/** A sign-up whose passkey is made, and whose code is in the mailbox. */
async function waitsForCode(device: Authenticator) {
  const address = anAddress()
  const browser = await asksForPasskey(service, address)
  await make(browser, device)
  await service.post()
  return { address, browser }
}
const accountAt = (address: string) =>
  service.db
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', address as Email)
    .executeTakeFirst()
suite('a passkey that is somebody’s by the time of the code', () => {
  const confirmations: Record<string, (browser: Browser, address: string) => Promise<unknown>> = {
    code: (browser, address) => browser.send({ code: codeFor(address) }),
    link: async (browser, address) => {
      await browser.open(pathOfLink(address))
      await browser.send({}, { button: 'Confirm' })
    },
  }
  for (const [by, confirm] of Object.entries(confirmations))
    test(`another is made in its place, and a new code follows it: by the ${by}`, async () => {
      const device = makeAuthenticator(service.origin)
      const [late, first] = [await waitsForCode(device), await waitsForCode(device)]
      await first.browser.send({ code: codeFor(first.address) })
      assert.ok(await accountAt(first.address))
      const former = codeFor(late.address)

      await confirm(late.browser, late.address)
      assert.equal(late.browser.page.status, 422)
      assert.match(late.browser.page.html, /role="alert"[\s\S]*Try again/)
      assert.equal(await accountAt(late.address), undefined)
      const own = makeAuthenticator(service.origin)
      const page = late.browser.page.at.replace('/verify', '/sign-up/passkey')
      const asked = askedOn(late.browser)
      const answer = await bring(late.browser, page, asked, own.create(asked))
      await late.browser.open(answer.headers.get('location') ?? '')
      assert.match((await late.browser.send({ code: former })).html, /role="alert"/, 'the code of before is over')
      service.clock.advance(minutes(2)) // so many letters go to an address in a minute
      await service.post()
      await late.browser.send({ code: codeFor(late.address) })
      assert.ok(await accountAt(late.address))
      assert.equal((await signInByPasskey(service.browser(), own)).at, '/account')
      assert.equal((await signInByPasskey(service.browser(), device)).at, '/account', 'who was first keeps theirs')
    })

  test('or that an account had lately, which may yet get it back', async () => {
    const device = makeAuthenticator(service.origin)
    const late = await waitsForCode(device)
    const owner = await somebody(service, anAddress())
    await owner.open('/account/factors/passkey')
    await make(owner, device)
    await owner.open('/account/factors')
    await owner.send({}, { button: 'Remove' })
    assert.deepEqual(await service.db.selectFrom('former_ways').select('kind').execute(), [{ kind: 'factor' }])
    assert.equal((await late.browser.send({ code: codeFor(late.address) })).status, 422)
    assert.equal(await accountAt(late.address), undefined)
  })

  test('of many who bring it at once, to sign up and to their accounts, one has it and each is told', async () => {
    for (let round = 0; round < 3; round++) {
      const device = makeAuthenticator(service.origin)
      const callers: (() => Promise<Visit>)[] = []
      for (let n = 0; n < 4; n++) {
        const { browser, address } = await waitsForCode(device)
        callers.push(() => browser.send({ code: codeFor(address) }, { follow: false }))
        const owner = await somebody(service, anAddress())
        await owner.open('/account/factors/passkey')
        const asked = askedOn(owner)
        callers.push(() => bring(owner, '/account/factors/passkey', asked, device.create(asked)))
      }
      const answers = await Promise.all(callers.map((caller) => caller()))
      const statuses = answers.map(({ status }) => status).sort()
      assert.deepEqual(statuses, [303, ...Array(7).fill(422)])
      const kept = await service.db
        .selectFrom('passkeys')
        .select('factor_id')
        .where('credential_id', '=', device.id)
        .execute()
      const ways = await service.db.selectFrom('factors').select('id').where('kind', '=', 'passkey').execute()
      assert.equal(kept.length, 1)
      const all = await service.db.selectFrom('passkeys').select('factor_id').execute()
      assert.equal(ways.length, all.length, 'no way is left without its passkey')
    }
  })
})

test('an account that was made already from the same page leads to signing in', async () => {
  const device = makeAuthenticator(service.origin)
  const { address, browser } = await waitsForCode(device)
  await browser.send({ code: codeFor(address) })
  const account = await accountAt(address)
  assert.ok(account)
  // As a form of the other tab writes it that was read before the account was made, and kept after it.
  const later = await waitsForCode(makeAuthenticator(service.origin))
  const [waiting] = await service.db
    .selectFrom('sign_ups')
    .selectAll()
    .where('email', '=', later.address as Email)
    .execute()
  assert.ok(waiting?.passkey?.made)
  const person = { email: later.address as Email, firstName: 'M', lastName: 'T', language: 'en' as const }
  const passkey = { account: account.id, made: waiting.passkey.made }
  await transact(service.db, (tx) => putSignUp(tx, waiting.journey_id, { ...person, passkey }, waiting.expires_at))
  const said = await later.browser.send({ code: codeFor(later.address) })
  assert.equal(said.status, 200)
  assert.match(said.at, /^\/sign-in\?.*done=has-account/)
})
