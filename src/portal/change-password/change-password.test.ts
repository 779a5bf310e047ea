import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Email, parseEmail } from '../../core/model/account/email.ts'
import { findAccountByEmail } from '../../core/model/account/store.ts'
import { findSession } from '../../core/model/session/session.ts'
import { changePassword } from '../../core/operations/password/change-password.ts'
import { hours } from '../../platform/clock.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { CALLERS, race } from '../../testing/race.ts'
import { visitor } from '../../testing/visitor.ts'
import { type TestService, testService } from '../../testing/world.ts'

const NEW = 'onze girafes patientes'
const email = 'marie@exemple.ca'

const change = (browser: Browser, current: string, password = NEW, again = password) =>
  browser.send(
    { 'current-password': current, 'new-password': password, 'confirm-password': again },
    { button: 'Change the password' },
  )

async function signedIn(service: TestService, password = PASSWORD): Promise<Browser> {
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email, password }, { button: 'Sign in' })
  return browser
}

suite('C5: a password is changed by knowing it', () => {
  test('D5 C5: the browser in use stays known, every other is forgotten', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const other = await signedIn(service)
    const known = async () => (await service.db.selectFrom('known_browsers').select('browser_mark').execute()).length
    assert.equal(await known(), 2)
    await browser.open('/account/password')
    await change(browser, PASSWORD)
    assert.equal(await known(), 1)
    for (let n = 0; n < 10; n++) {
      await signedIn(service, 'not the password')
      service.clock.advance(hours(n < 9 ? 1 : 0))
    }
    assert.equal((await other.open('/sign-in')).at, '/sign-in')
    await other.send({ email, password: NEW }, { button: 'Sign in' })
    assert.equal(other.page.status, 422, 'it is as any other: the block holds for it')
    browser.cookies.delete(service.cookies.session)
    await browser.open('/sign-in')
    await browser.send({ email, password: NEW }, { button: 'Sign in' })
    assert.equal(browser.page.at, '/account')
  })

  test('this session stays, under a new secret; every other, and a reset link that waits, is dead', async () => {
    const service = await testService()
    const browser = await somebody(service)
    const other = await signedIn(service)
    const request = await productRequest(service)
    await other.open(request)
    const visitor = service.browser()
    await visitor.open('/forgot')
    await visitor.send({ email })
    await service.post()
    const link = service.box.newest(email).link ?? ''

    await browser.open('/account/password')
    const secret = browser.cookies.get(service.cookies.session)
    const page = await change(browser, PASSWORD)
    assert.equal(page.at, '/account/password?done=changed')
    assert.match(page.html, /Your password is changed/)
    assert.notEqual(browser.cookies.get(service.cookies.session), secret)
    assert.equal(await findSession(service, secret), undefined, 'the old secret opens nothing')
    assert.equal((await browser.open('/account')).at, '/account')
    assert.match((await browser.open(request)).at, /^http:\/\/localhost:4000\/ledger\/callback\?code=/)

    assert.match((await other.open('/account')).at, /^\/sign-in/)
    const { pathname, search } = new URL(link)
    assert.equal((await visitor.open(pathname + search)).status, 410)
    await service.post()
    const letter = service.box.newest(email)
    assert.equal(letter.subject, 'Your password was changed')
    assert.match(letter.text, /every other browser/)
    assert.equal((await signedIn(service)).page.status, 422)
    assert.equal((await signedIn(service, NEW)).page.at, '/account')
  })

  test('what is wrong is said under its field, and nothing happens', async () => {
    const service = await testService()
    const browser = await somebody(service)
    await browser.open('/account/password')
    const refusals = [
      [await change(browser, ''), /Enter the password you have now/],
      [await change(browser, 'quatre mots'), /This is not the password you have now/],
      [await change(browser, PASSWORD, 'court'), /At least 8 characters; this has 5/],
      [await change(browser, PASSWORD, 'marie tremblay'), /mostly your name/],
      [await change(browser, PASSWORD, NEW, 'onze girafes'), /The two are not the same/],
      [await change(browser, PASSWORD, PASSWORD), /This is the password you have/],
    ] as const
    for (const [page, sentence] of refusals) {
      assert.equal(page.status, 422)
      assert.match(page.html, sentence)
      assert.ok(!page.html.includes(PASSWORD))
    }
    assert.equal((await signedIn(service)).page.at, '/account')
    await service.post()
    assert.notEqual(service.box.newest(email).subject, 'Your password was changed')
  })

  test('who is not signed in signs in first, and comes back to the very form', async () => {
    const service = await testService()
    await somebody(service)
    const browser = service.browser()
    await browser.open('/account/password')
    assert.match(browser.page.at, /^\/sign-in\?to=/)
    const page = await browser.send({ email, password: PASSWORD }, { button: 'Sign in' })
    assert.equal(page.at, '/account/password')
  })
})

/** Somebody's account, and their live session, to act with at once. */
async function whoever(service: TestService) {
  const browser = await somebody(service)
  const parsed = parseEmail(email)
  const account = parsed.ok ? await findAccountByEmail(service.db, parsed.email) : undefined
  const session = await findSession(service, browser.cookies.get(service.cookies.session))
  assert.ok(account && session)
  const actor = {
    ...visitor,
    browser: sha256(browser.cookies.get(service.cookies.browser) ?? ''),
  }
  return (current: string | undefined, password: string) =>
    changePassword(service, { account, session, current, password, again: password, actor })
}

suite('Z3: races on the current password', () => {
  test('of many guesses at once no more are looked at than one after another', async () => {
    const service = await testService()
    let checked = 0
    const { hashing } = service
    service.hashing = {
      ...hashing,
      check: (...about) => {
        checked++
        return hashing.check(...about)
      },
    }
    await race(async () => {
      const attempt = await whoever(service)
      checked = 0
      return async (caller) => (await attempt(`guess number ${caller}`, NEW)).ok
    }, 1)
    assert.ok(checked >= 1 && checked < 10, `${checked} of ${CALLERS} guesses were compared`)
    const attempt = await whoever(await testService())
    assert.ok((await attempt(PASSWORD, NEW)).ok)
  })

  test('of many changes at once one wins, and its password is the one that holds', async () => {
    const service = await testService()
    const won: string[] = []
    const successes = await race(async (round) => {
      await service.db.deleteFrom('accounts').execute()
      const attempt = await whoever(service)
      // Every connection is open: whoever had to wait for one would come when the first has changed it, and change it again.
      await Promise.all(Array.from({ length: CALLERS }, () => findAccountByEmail(service.db, email as Email)))
      return async (caller) => {
        const password = `girafes patientes ${round} ${caller}`
        const outcome = await attempt(undefined, password)
        if (outcome.ok) won.push(password)
        else assert.equal(outcome.reason, 'changed-meanwhile')
        return outcome.ok
      }
    }, 3)
    assert.deepEqual(successes, [1, 1, 1])
    const last = won.at(-1) ?? ''
    assert.equal((await signedIn(service, last)).page.at, '/account')
  })
})
