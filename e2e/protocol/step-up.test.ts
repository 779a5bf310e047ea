/** How well a person has proved who they are, asked and answered: acr, amr, auth_time. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { seconds } from '../../src/platform/clock.ts'
import { setUpApp } from '../../src/testing/apps.ts'
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

suite('acr, amr and auth_time say what was proved (C11)', () => {
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
    const before = service.clock.now()
    const back = await browser.send({ code: freshCode() })
    const tokens = await payroll.redeem(asked, back.at)
    assert.deepEqual(said(tokens), { acr: 'mfa', amr: ['pwd', 'otp', 'mfa'] })
    assert.ok(Number(tokens.claims()?.auth_time) >= before.getTime() / 1_000, 'auth_time is of the step-up')

    const { asked: again, visit } = await arrive(browser, ledger, nadia, { acr_values: 'mfa', prompt: 'none' })
    assert.equal(said(await ledger.redeem(again, visit.at)).acr, 'mfa', 'it holds for every product, silently')
  })

  test('a level that we do not know asks for nothing', async () => {
    const tokens = await tokensFor(browserOf(service), ledger, maya, { acr_values: 'urn:example:gold' })
    assert.equal(said(tokens).acr, 'pwd')
  })

  test('the levels are published', async () => {
    const { acr_values_supported: levels } = ledger.config.serverMetadata()
    assert.deepEqual(levels, ['pwd', 'mfa'])
  })
})
