/** How well a person has proved who they are, asked and answered: acr, amr, auth_time. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../src/platform/clock.ts'
import { setUpApp } from '../../src/testing/apps.ts'
import { askedOn, bring, makeAuthenticator } from '../../src/testing/authenticator.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { signInByPasskey } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'
import { arrive, browserOf, makeParty, type Tokens, tokensFor } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const ledger = await makeParty(service, 'ledger')
const payroll = await makeParty(service, 'payroll')
const maya = await makePerson(service, 'maya@example.com')
const nadia = await makePerson(service, 'nadia@example.com')

const setUp = browserOf(service)
await setUp.open('/sign-in')
await signIn(setUp, nadia)
const { app, recoveryCodes } = await setUpApp(setUp, service.clock)

const said = (tokens: Tokens) => ({ acr: tokens.claims()?.acr, amr: tokens.claims()?.amr })
/** A code that was not used yet. */
const freshCode = (): string => {
  service.clock.advance(seconds(30))
  return app.code()
}

suite('acr, amr and auth_time say what was proved (L1)', () => {
  test('a password is one proof; a product that asks for more of somebody who has no more gets that', async () => {
    const tokens = await tokensFor(browserOf(service), ledger, maya, { acr_values: 'mfa' })
    assert.deepEqual(said(tokens), { acr: 'pwd', amr: ['pwd'] })
    assert.ok(Math.abs(Number(tokens.claims()?.auth_time) - service.clock.now().getTime() / 1_000) < 5)
  })

  test('a password and a code of the app are two', async () => {
    const browser = browserOf(service)
    const asked = await ledger.ask()
    await browser.open(asked.url.href)
    await signIn(browser, nadia)
    const back = await browser.send({ code: freshCode() })
    assert.deepEqual(said(await ledger.redeem(asked, back.at)), { acr: 'mfa', amr: ['pwd', 'otp', 'mfa'] })
  })

  test('so are a password and a recovery code', async () => {
    const browser = browserOf(service)
    const asked = await ledger.ask()
    await browser.open(asked.url.href)
    await signIn(browser, nadia)
    const back = await browser.send({ code: recoveryCodes[0] ?? '' })
    assert.equal(said(await ledger.redeem(asked, back.at)).acr, 'mfa')
  })

  test('a remembered browser proves a password alone; who asks for more has the second step shown, and gets it', async () => {
    const browser = browserOf(service)
    await browser.open('/sign-in')
    await signIn(browser, nadia)
    await browser.send({ code: freshCode(), remember: 'yes' })
    browser.cookies.delete(service.cookies.session)
    assert.deepEqual(said(await tokensFor(browser, ledger, nadia)), { acr: 'pwd', amr: ['pwd'] })

    const silent = await payroll.ask({ acr_values: 'mfa', prompt: 'none' })
    const refused = await browser.request(silent.url.href)
    assert.match(refused.headers.get('location') ?? '', /error=unmet_authentication_requirements/)

    const asked = await payroll.ask({ acr_values: 'mfa' })
    await browser.open(asked.url.href)
    assert.match(browser.page.at, /^\/second-step\?journey=/)
    const stepUp = service.clock.now().getTime() / 1_000
    const back = await browser.send({ code: freshCode() })
    const tokens = await payroll.redeem(asked, back.at)
    assert.deepEqual(said(tokens), { acr: 'mfa', amr: ['pwd', 'otp', 'mfa'] })
    assert.ok(Number(tokens.claims()?.auth_time) <= stepUp, 'auth_time is of the sign-in, password and all')

    const { asked: again, visit } = await arrive(browser, ledger, nadia, { acr_values: 'mfa', prompt: 'none' })
    assert.equal(said(await ledger.redeem(again, visit.at)).acr, 'mfa', 'it holds for every product, silently')
  })

  suite('phr: what nobody can be talked out of', () => {
    const olga = makePerson(service, 'olga@example.com')
    /** Somebody with an app and a passkey, the app used last. */
    const both = olga.then(async (who) => {
      const browser = browserOf(service)
      await browser.open('/sign-in')
      await signIn(browser, who)
      const device = makeAuthenticator(service.origin)
      await browser.open('/account/factors/passkey')
      await bring(browser, browser.page.at, askedOn(browser), device.create(askedOn(browser)))
      const { app: hers } = await setUpApp(browser, service.clock)
      return { who, device, app: hers }
    })
    const byApp = async (browser: Browser, { who, app: hers }: Awaited<typeof both>) => {
      await signIn(browser, who)
      const mine = service.db.selectFrom('factors').select('id').where('account_id', '=', who.id)
      const { id } = await mine.where('kind', '=', 'app').executeTakeFirstOrThrow()
      await browser.open(`${browser.page.at}&way=${id}`)
      service.clock.advance(seconds(30))
      await browser.send({ code: hers.code() })
    }
    const useIt = async (browser: Browser, { device }: Awaited<typeof both>) => {
      const asked = askedOn(browser)
      const answer = await bring(browser, browser.page.at, asked, device.prove(asked))
      return browser.open(answer.headers.get('location') ?? '')
    }

    test('a passkey alone is phr', async () => {
      const her = await both
      const browser = browserOf(service)
      const asked = await ledger.ask({ acr_values: 'phr' })
      await browser.open(asked.url.href)
      const back = await signInByPasskey(browser, her.device, browser.page.at)
      assert.deepEqual(said(await ledger.redeem(asked, back.at)), { acr: 'phr', amr: ['pop', 'user', 'mfa'] })
    })

    test('after a password only ways that lead there are offered, and a passkey is one', async () => {
      const her = await both
      const browser = browserOf(service)
      const asked = await ledger.ask({ acr_values: 'phr' })
      await browser.open(asked.url.href)
      await signIn(browser, her.who)
      assert.match(browser.page.html, /Use a passkey/)
      const here = browser.page.at
      const ways = await browser.open(here.replace('/second-step', '/second-step/ways'))
      assert.doesNotMatch(ways.html, /app|recovery code/i)
      await browser.open(`${here}&way=recovery`)
      assert.match(browser.page.html, /Use a passkey/)
      const tokens = await ledger.redeem(asked, (await useIt(browser, her)).at)
      assert.deepEqual(said(tokens), { acr: 'phr', amr: ['pwd', 'pop', 'user', 'mfa'] })
    })

    test('whoever came by an app is asked for more, unless mfa would do', async () => {
      const her = await both
      const browser = browserOf(service)
      const asked = await ledger.ask({ acr_values: 'phr mfa' })
      await browser.open(asked.url.href)
      await byApp(browser, her)
      assert.equal(said(await ledger.redeem(asked, browser.page.at)).acr, 'mfa')
      const silent = await payroll.ask({ acr_values: 'phr', prompt: 'none' })
      const refused = await browser.request(silent.url.href)
      assert.match(refused.headers.get('location') ?? '', /error=unmet_authentication_requirements/)
      const more = await payroll.ask({ acr_values: 'phr' })
      await browser.open(more.url.href)
      assert.match(browser.page.at, /^\/second-step/)
      assert.equal(said(await payroll.redeem(more, (await useIt(browser, her)).at)).acr, 'phr')
      const { asked: again, visit } = await arrive(browser, ledger, her.who, { acr_values: 'phr', prompt: 'none' })
      assert.equal(said(await ledger.redeem(again, visit.at)).acr, 'phr')
    })

    test('a passkey made at sign-up counts while it is fresh; after that the mailbox alone is no method', async () => {
      for (const [email, late, acr, amr] of [
        ['new@example.com', 0, 'phr', ['pop', 'user', 'mfa']],
        ['late@example.com', 16, 'pwd', []],
      ] as const) {
        const asked = await ledger.ask({ prompt: 'create' })
        const browser = browserOf(service)
        await browser.open(asked.url.href)
        await browser.send({ email, 'first-name': 'New', 'last-name': 'Comer', way: 'passkey' })
        const made = makeAuthenticator(service.origin).create(askedOn(browser))
        await bring(browser, browser.page.at, askedOn(browser), made)
        service.clock.advance(minutes(late))
        await service.post()
        await browser.open(browser.page.at.replace('/sign-up/passkey', '/verify'))
        const back = await browser.send({ code: service.box.newest(email).code ?? '' })
        assert.deepEqual(said(await ledger.redeem(asked, back.at)), { acr, amr })
      }
    })

    test('it is a wish: who has no passkey comes back with the most there is', async () => {
      const mayas = browserOf(service)
      assert.equal(said(await tokensFor(mayas, ledger, maya, { acr_values: 'phr' })).acr, 'pwd')
      const silent = await mayas.open((await ledger.ask({ acr_values: 'phr', prompt: 'none' })).url.href)
      assert.match(silent.at, /error=unmet_authentication_requirements/, 'in silence it is refused, reachable or not')
      assert.equal(said(await tokensFor(mayas, ledger, maya, { acr_values: 'phr' })).acr, 'pwd')
      const browser = browserOf(service)
      const asked = await ledger.ask({ acr_values: 'phr' })
      await browser.open(asked.url.href)
      await signIn(browser, nadia)
      assert.equal(said(await ledger.redeem(asked, (await browser.send({ code: freshCode() })).at)).acr, 'mfa')
    })
  })

  test('a level that we do not know asks for nothing', async () => {
    const tokens = await tokensFor(browserOf(service), ledger, maya, { acr_values: 'urn:example:gold' })
    assert.equal(said(tokens).acr, 'pwd')
  })

  test('the levels are published', async () => {
    const { acr_values_supported: levels } = ledger.config.serverMetadata()
    assert.deepEqual(levels, ['pwd', 'mfa', 'phr'])
  })
})
