/** B2, E2: an account that is made with a passkey in place of a password. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Email } from '../../core/model/account/email.ts'
import { writeSignUpLetter } from '../../core/operations/sign-up-letter.ts'
import { minutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { askedOn, bring, makeAuthenticator } from '../../testing/authenticator.ts'
import type { Browser } from '../../testing/browser.ts'
import {
  asksForPasskey,
  PASSWORD,
  productRequest,
  signInByPasskey,
  somebody,
  somebodyWithoutPassword,
} from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'
const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '100000' })
let drawn = 0
const anAddress = () => `person-${++drawn}@exemple.ca`

/** Makes a passkey where the page asks for one, and goes where that leads. */
async function make(browser: Browser, device = makeAuthenticator(service.origin)) {
  const asked = askedOn(browser)
  const answer = await bring(browser, browser.page.at, asked, device.create(asked))
  if (answer.status === 303) await browser.open(answer.headers.get('location') ?? '')
  return { device, answer }
}
const stateOf = async (address: string) => {
  const { db } = service
  const account = await db
    .selectFrom('accounts')
    .selectAll()
    .where('email', '=', address as never)
    .executeTakeFirst()
  const id = account?.id ?? ('' as never)
  const password = await db.selectFrom('passwords').select('hash').where('account_id', '=', id).executeTakeFirst()
  const passkeys = await db.selectFrom('passkeys').selectAll().where('account_id', '=', id).execute()
  const session = await db.selectFrom('sessions').selectAll().where('account_id', '=', id).executeTakeFirst()
  return { account, password, passkeys, session }
}

suite('signing up with a passkey', () => {
  test('B7: the code makes an account with a passkey and no password, and the product waits for nothing more', async () => {
    const request = await productRequest(service, 'ledger', { prompt: 'create' })
    const browser = service.browser()
    await browser.open(request)
    await browser.send({ email, 'first-name': 'Marie', 'last-name': 'Tremblay', way: 'passkey' })
    assert.match(browser.page.at, /^\/sign-up\/passkey\?journey=/)
    const { options } = askedOn(browser)
    const asked = JSON.parse(JSON.stringify(options))
    assert.deepEqual(asked.authenticatorSelection, { residentKey: 'required', userVerification: 'required' })
    assert.deepEqual([asked.user.name, asked.user.displayName], [email, 'Marie Tremblay'])
    const { device } = await make(browser)
    assert.match(browser.page.at, /^\/verify\?/)
    assert.equal((await stateOf(email)).account, undefined, 'B6: no account before the code')
    await service.post()
    const back = await browser.send({ code: service.box.newest(email).code ?? '' })
    assert.match(back.at, /^http:\/\/localhost:4000\/ledger\/callback\?code=/)
    const { account, password, passkeys, session } = await stateOf(email)
    assert.equal(password, undefined)
    assert.deepEqual(
      passkeys.map((it) => it.credential_id),
      [device.id],
    )
    assert.equal(Buffer.from(asked.user.id, 'base64url').toString(), account?.id, 'the passkey knows its account')
    assert.deepEqual(session?.details.amr, ['pop', 'user', 'mfa'])
    assert.equal((await signInByPasskey(service.browser(), device)).at, '/account')
    assert.equal((await browser.open('/account/factors/passkey')).at, '/account/factors/passkey', 'it is fresh enough')
  })

  test('a code that is typed later than a right password would wait proves no passkey: it is asked for', async () => {
    const address = anAddress()
    const browser = await asksForPasskey(service, address)
    const { device } = await make(browser)
    service.clock.advance(minutes(16))
    await service.post()
    await browser.send({ code: service.box.newest(address).code ?? '' })
    assert.match(browser.page.at, /^\/second-step\?/, 'recovery codes need a fresh proof')
    assert.equal((await browser.open('/account')).at, '/account')
    assert.deepEqual((await stateOf(address)).session?.details.amr, [])
    await browser.open('/account/factors/passkey')
    assert.match(browser.page.at, /^\/second-step\?/)
    const asked = askedOn(browser)
    const unverified = await bring(browser, browser.page.at, asked, device.prove(asked, { flags: 1 }))
    assert.equal(unverified.status, 422, 'with no password before it, it has to verify its person')
    await browser.open('/account/factors/passkey')
    const again = askedOn(browser)
    const proved = await bring(browser, browser.page.at, again, device.prove(again))
    assert.equal((await browser.open(proved.headers.get('location') ?? '')).at, '/account/factors/passkey')
    assert.deepEqual((await stateOf(address)).session?.details.amr, ['pop', 'user', 'mfa'])
  })

  test('Z1, B9: an address with an account is asked for a passkey as any other, at the same cost; the mailbox is told', async () => {
    const [known, unknown] = [anAddress(), anAddress()]
    await somebody(service, known)
    const steps = async (address: string) => {
      const said: string[] = []
      const statements = await service.statementsOf(async () => {
        const browser = await asksForPasskey(service, address)
        said.push(`${browser.page.status} ${browser.page.at.split('?')[0]}`)
        await make(browser)
        said.push(`${browser.page.status} ${browser.page.at.split('?')[0]}`)
      })
      return { said, statements }
    }
    const [one, other] = [await steps(known), await steps(unknown)]
    assert.deepEqual(one, other)
    await service.post()
    assert.equal(service.box.newest(known).subject, 'You have an account already')
    assert.match(service.box.newest(unknown).subject, /is your verification code/)
  })

  test('B5: nothing is sent before the passkey is made, and no code opens anything', async () => {
    const address = anAddress()
    const browser = await asksForPasskey(service, address)
    await service.post()
    assert.throws(() => service.box.newest(address))
    const journey = browser.page.at.split('?')[1]
    assert.match((await browser.open(`/verify?${journey}`)).at, /^\/sign-up\/passkey/)
    await browser.open(`/sign-up/passkey?${journey}`)
    for (const path of ['/verify', '/verify/resend'])
      assert.match(
        (await bring(browser, `${path}?${journey}`, { asked: '' }, '')).headers.get('location') ?? '/',
        /^\//,
      )
    await service.post()
    assert.throws(() => service.box.newest(address))
    const id = new URLSearchParams(journey).get('journey') ?? ''
    const before = { journey: id, product: undefined, email: address as Email, language: 'en' } as const
    await transact(service.db, (tx) => writeSignUpLetter(service, tx, before))
    await service.post()
    assert.throws(() => service.box.newest(address), 'nor where a letter of before waited')
  })

  test('B5: the address is corrected with the passkey kept, or another made in its place; a password ends it', async () => {
    const [wrong, right] = [anAddress(), anAddress()]
    const browser = await asksForPasskey(service, wrong)
    const handle = askedOn(browser).options.user?.id
    const { device } = await make(browser)
    const signUp = browser.page.at.replace('/verify', '/sign-up')
    await browser.open(signUp)
    assert.match(browser.page.html, /keep the passkey you made/)
    await browser.send({ email: right, password: '' })
    assert.match(browser.page.at, /^\/verify/)
    await browser.open(signUp)
    await browser.send({ way: 'passkey' })
    assert.equal(askedOn(browser).options.user?.id, handle, 'a device keeps one passkey of one account')
    await make(browser, device)
    await browser.open(signUp)
    await browser.send({ password: PASSWORD })
    await service.post()
    await browser.send({ code: service.box.newest(right).code ?? '' })
    const { password, passkeys } = await stateOf(right)
    assert.ok(password)
    assert.deepEqual(passkeys, [])
  })

  test('B8: in another browser the link shows the code, and neither it nor the passkey page does anything', async () => {
    const address = anAddress()
    const browser = await asksForPasskey(service, address)
    const { at } = browser.page
    const other = service.browser()
    assert.equal((await other.open(at)).status, 400)
    await make(browser)
    await service.post()
    const { link = '', code = '' } = service.box.newest(address)
    const { pathname, search } = new URL(link ?? '')
    assert.match((await other.open(pathname + search)).html, new RegExp(`${code}`))
    assert.equal((await stateOf(address)).account, undefined)
    await browser.open(pathname + search)
    await browser.send({}, { button: 'Confirm' })
    assert.equal(browser.page.at, '/account/factors/codes/new?done=passkey', 'where nobody waits, codes come next')
    assert.equal((await stateOf(address)).passkeys.length, 1)
  })
})

suite('what is no new passkey makes no account', () => {
  test('forged, unverified, brought twice or late, of another sign-up, or somebody’s already', async () => {
    const { device: taken } = await somebodyWithoutPassword(service, anAddress())
    const other = await asksForPasskey(service, anAddress())
    const refusals: Record<string, (browser: Browser) => string> = {
      'another challenge': (it) => makeAuthenticator(service.origin).create(askedOn(it), { challenge: 'x'.repeat(43) }),
      'another origin': (it) => makeAuthenticator('https://evil.example').create(askedOn(it)),
      'nobody verified': (it) => makeAuthenticator(service.origin).create(askedOn(it), { flags: 1 }),
      'somebody’s credential': (it) => makeAuthenticator(service.origin).create(askedOn(it), { id: taken.id }),
      'nothing at all': () => '',
    }
    const address = anAddress()
    const browser = await asksForPasskey(service, address)
    for (const [name, forge] of Object.entries(refusals)) {
      await browser.open(browser.page.at)
      assert.equal((await bring(browser, browser.page.at, askedOn(browser), forge(browser))).status, 422, name)
    }
    const { at } = browser.page
    const theirs = askedOn(other)
    const stolen = makeAuthenticator(service.origin).create(theirs)
    assert.equal((await bring(browser, at, theirs, stolen)).status, 422)
    await browser.open(at)
    const late = askedOn(browser)
    service.clock.advance(minutes(5))
    assert.equal((await bring(browser, at, late, makeAuthenticator(service.origin).create(late))).status, 422)
    await service.post()
    assert.throws(() => service.box.newest(address))
    await browser.open(at)
    const asked = askedOn(browser)
    const answer = makeAuthenticator(service.origin).create(asked)
    const answers = await Promise.all(Array.from({ length: 16 }, () => bring(browser, at, asked, answer)))
    assert.ok(answers.every(({ status }) => status === 303))
    await service.post()
    assert.equal(service.box.letters.filter(({ to }) => to === address).length, 1)
  })
})
