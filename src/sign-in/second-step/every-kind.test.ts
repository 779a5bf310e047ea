/** Every kind of factor proves the second step: a kind that no test sets up does not compile. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { everyFactorKind, type FactorKind, factorKinds, turnsTwoStepOn } from '../../core/model/factor/kinds.ts'
import { acrOf, acrWith } from '../../core/model/session/acr.ts'
import { minutes } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import { askedOn, bring, setUpPasskey } from '../../testing/authenticator.ts'
import type { Browser } from '../../testing/browser.ts'
import { BACK_UP, LANDLINE, MOBILE, setUpContact } from '../../testing/contacts.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

/** Proves the factor on the page of a browser, and does the same once more on that of another one. */
type Prove = (browser: Browser) => Promise<(other: Browser) => Promise<unknown>>

const byCode = async (browser: Browser, code: string) => {
  await browser.send({ code }, { button: 'Continue' })
  return async (other: Browser) => {
    await askToSend(other)
    await other.send({ code }, { button: 'Continue' })
  }
}
/** Where a code is sent when the person asks for it. */
const askToSend = async (browser: Browser) => {
  if (/Send the code/.test(browser.page.html)) await browser.send({}, { button: 'Send the code' })
}
const byPhone =
  (kind: 'text' | 'voice', number: string) =>
  async (service: TestService, owner: Browser): Promise<Prove> => {
    await setUpContact(service, owner, kind, number)
    return async (browser) => {
      await askToSend(browser)
      await service.post()
      return byCode(browser, service.box.newestText(number).code ?? '')
    }
  }

const setUp: Record<FactorKind, (service: TestService, owner: Browser) => Promise<Prove>> = {
  passkey: async ({ origin }, owner) => {
    const device = await setUpPasskey(owner, origin)
    return async (browser) => {
      const answer = device.prove(askedOn(browser))
      const { headers } = await bring(browser, browser.page.at, askedOn(browser), answer)
      await browser.open(headers.get('location') ?? '')
      return (other) => bring(other, other.page.at, askedOn(other), answer)
    }
  },
  app: async ({ clock }, owner) => {
    const { app } = await setUpApp(owner, clock)
    return (browser) => byCode(browser, app.code())
  },
  text: byPhone('text', MOBILE),
  voice: byPhone('voice', LANDLINE),
  email: async (service, owner) => {
    await setUpContact(service, owner, 'back-up', BACK_UP)
    return async (browser) => {
      await askToSend(browser)
      await service.post()
      return byCode(browser, service.box.newest(BACK_UP).code ?? '')
    }
  },
}

suite('every kind of factor', () => {
  for (const kind of everyFactorKind)
    test(`E2: ${kind} lets its owner in once, and the session says by which methods`, async () => {
      const service = await testService()
      const owner = await somebody(service)
      if (!turnsTwoStepOn(kind)) await setUpApp(owner, service.clock)
      const prove = await setUp[kind](service, owner)
      service.clock.advance(minutes(1))
      const factors = service.db.selectFrom('factors').select('id').where('kind', '=', kind)
      const { id } = await factors.executeTakeFirstOrThrow()
      const atSecondStep = async () => {
        const browser = service.browser()
        await browser.open('/sign-in')
        await browser.send({ email: 'marie@exemple.ca', password: PASSWORD })
        assert.match(browser.page.at, /^\/second-step/)
        await browser.open(`${browser.page.at}&way=${id}`)
        return browser
      }
      const browser = await atSecondStep()
      const again = await prove(browser)
      assert.equal(browser.page.at, '/account')
      const sessions = service.db.selectFrom('sessions').select('details').orderBy('started_at', 'desc')
      const { amr = [] } = (await sessions.executeTakeFirstOrThrow()).details
      assert.deepEqual(
        amr.filter((method) => method !== 'user'),
        ['pwd', ...factorKinds[kind].amr],
      )
      assert.equal(acrOf(amr), acrWith(kind))
      const other = await atSecondStep()
      await again(other)
      assert.notEqual((await other.open('/account')).at, '/account')
    })
})
