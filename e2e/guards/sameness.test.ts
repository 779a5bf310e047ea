/** Z1, D4: no screen, status, header, statement or letter tells the one who asks whether an address has an account. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { expiring } from '../../src/app/expiring.ts'
import { days, hours, minutes } from '../../src/platform/clock.ts'
import { clearAway } from '../../src/platform/database/clear-away.ts'
import { askedOn, bring, makeAuthenticator } from '../../src/testing/authenticator.ts'
import type { Browser, Visit } from '../../src/testing/browser.ts'
import { withoutNonces } from '../../src/testing/nonces.ts'
import { asksForPasskey, PASSWORD, somebody } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'

const service = await testService()
const KNOWN = 'known@exemple.ca'
const UNKNOWN = 'nobody@exemple.ca'
await somebody(service, KNOWN)

/** An answer without what is drawn anew for every request, and without the address that was typed. */
function masked({ status, at, html, headers }: Visit, address: string): string {
  const plain = (text: string) =>
    text
      .replaceAll(address, 'ADDRESS')
      .replaceAll(encodeURIComponent(address), 'ADDRESS')
      .replaceAll(/jrn_[0-9a-f]{32}|req_[0-9a-f]{32}/g, 'ID')
      .replaceAll(/passerelle-(browser|draft)=[^;]+/g, 'COOKIE')
  const told = [...headers]
    .filter(([name]) => !['date', 'content-length'].includes(name))
    .map(([name, value]) => `${name}: ${plain(value)}`)
  return [status, plain(at), ...told, plain(withoutNonces(html))].join('\n')
}

type Way = (browser: Browser, address: string) => Promise<Visit>
const ways: Record<string, Way> = {
  'signing in': async (browser, email) => {
    await browser.open('/sign-in')
    return browser.send({ email, password: 'not the password' }, { follow: false })
  },
  'asking for a new password': async (browser, email) => {
    await browser.open('/forgot')
    return browser.send({ email }, { follow: false })
  },
  'the page after asking': async (browser, email) => {
    await browser.open('/forgot')
    return browser.send({ email })
  },
  'signing up': async (browser, email) => {
    await browser.open('/sign-up')
    return browser.send({ email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD }, { follow: false })
  },
  'signing up with a passkey': async (browser, email) => {
    await browser.open('/sign-up')
    return browser.send({ email, 'first-name': 'A', 'last-name': 'B', way: 'passkey' }, { follow: false })
  },
  'the passkey of a sign-up, and the page of the code': async (browser, email) => {
    await asksForPasskey(service, email, browser)
    const asked = askedOn(browser)
    const made = makeAuthenticator(service.origin).create(asked)
    return browser.open((await bring(browser, browser.page.at, asked, made)).headers.get('location') ?? '')
  },
  'the page of the code, once the letter has left': async (browser, email) => {
    await browser.open('/sign-up')
    await browser.send({ email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD })
    await service.post()
    return browser.open(browser.page.at)
  },
  'a wrong code': async (browser, email) => {
    await browser.open('/sign-up')
    await browser.send({ email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD })
    return browser.send({ code: '000000' })
  },
  'five wrong codes': async (browser, email) => {
    await browser.open('/sign-up')
    await browser.send({ email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD })
    for (let n = 0; n < 5; n++) await browser.send({ code: '000000' })
    return browser.send({ code: '000000' })
  },
  'having the code sent again': async (browser, email) => {
    await browser.open('/sign-up')
    await browser.send({ email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD })
    return browser.send({}, { button: 'Resend code', follow: false })
  },
}

suite('known and unknown addresses', () => {
  for (const [what, way] of Object.entries(ways)) {
    test(`${what}: the same answer, to the byte`, async () => {
      const known = masked(await way(service.browser(), KNOWN), KNOWN)
      assert.equal(masked(await way(service.browser(), UNKNOWN), UNKNOWN), known)
    })
    test(`${what}: the same statements`, async () => {
      const known = await service.statementsOf(() => way(service.browser(), KNOWN))
      assert.deepEqual(await service.statementsOf(() => way(service.browser(), UNKNOWN)), known)
    })
  }
  test('past the limit of tries the answer is still the same, and the right password changes nothing', async () => {
    const tries = async (email: string, password: string) => {
      const browser = service.browser()
      await browser.open('/sign-in')
      return masked(await browser.send({ email, password }, { follow: false }), email)
    }
    const first = await tries(KNOWN, 'wrong')
    for (let n = 0; n < 10; n++) await tries(KNOWN, 'wrong')
    for (let n = 0; n < 10; n++) await tries(UNKNOWN, 'wrong')
    assert.equal(await tries(KNOWN, PASSWORD), first)
    assert.equal(await tries(UNKNOWN, PASSWORD), first)
  })
  test('X13: where the history has enough of refused tries, the statements are the same, try for try', async () => {
    const statements = async (email: string) => {
      const browser = service.browser()
      await browser.open('/sign-in')
      return service.statementsOf(() => browser.send({ email, password: 'wrong' }, { follow: false }))
    }
    const [known, unknown] = ['known-too@exemple.ca', 'nobody-either@exemple.ca']
    await somebody(service, known)
    const inHistory = (all: readonly string[]) => all.filter((it) => /history|tries/.test(it))
    for (let n = 0; n < 22; n++) {
      service.clock.advance(minutes(40))
      await service.db.deleteFrom('sign_in_guards').execute() // as after the waits of many hours
      const at = await statements(known)
      assert.deepEqual(await statements(unknown), at, `try ${n}`)
      assert.deepEqual(inHistory(await statements(`${n}.${unknown}`)), inHistory(at), `a first try after ${n}`)
    }
  })
  test('the page of the code says the same of the letter as long as it can be opened', async () => {
    const address = 'known-as-well@exemple.ca'
    await somebody(service, address)
    const asked = await Promise.all(
      [address, 'nobody-as-well@exemple.ca'].map(async (email) => {
        const browser = service.browser()
        await browser.open('/sign-up')
        const { at } = await browser.send({ email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD })
        return async () => masked(await browser.open(at), email)
      }),
    )
    for (const later of [minutes(0), minutes(29), minutes(2), hours(5), days(3)]) {
      service.clock.advance(later)
      await service.post()
      await clearAway(service, expiring)
      const [known, unknown] = await Promise.all(asked.map((page) => page()))
      assert.equal(unknown, known, `${later.ms}`)
    }
  })
  test('an unknown address gets no letter about a password', async () => {
    service.clock.advance(days(1)) // the letters of this hour are used up
    for (const address of [KNOWN, UNKNOWN]) await ways['asking for a new password']?.(service.browser(), address)
    await service.post()
    const templates = service.box.letters.filter(({ to }) => to === UNKNOWN).map(({ template }) => template)
    assert.ok(!templates.includes('reset-link'))
    assert.ok(service.box.letters.some(({ to, template }) => to === KNOWN && template === 'reset-link'))
  })
})
