/** Two-step verification of who has a passkey, where a second factor is required. */

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setPolicy } from '../../operator/policy/rules.ts'
import { requireSecondStep } from '../../operator/products/rules.ts'
import { system } from '../../platform/actor.ts'
import { setUpApp } from '../../testing/apps.ts'
import { setUpPasskey, stepByPasskey } from '../../testing/authenticator.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { urls } from '../../urls.ts'
import { turnTwoStep } from './rules.ts'

const CALLBACK = /^http:\/\/localhost:4000\/ledger\/callback\?code=/
const asked = /^\/second-step/

const signIn = async (browser: Browser, page: string = urls.signIn) => {
  await browser.open(page)
  await browser.send({ email: 'marie@exemple.ca', password: PASSWORD }, { button: 'Sign in' })
  return browser
}
const isOn = async ({ db }: TestService): Promise<boolean> =>
  (await db.selectFrom('accounts').select('two_step_since').executeTakeFirstOrThrow()).two_step_since !== null
const turn = async (browser: Browser, to: 'Turn on' | 'Turn off') => {
  await browser.open(urls.twoStep)
  return browser.send({}, { button: to })
}

suite('E1, E9: where a second way is required, two-step verification counts as on', () => {
  test('by the policy: a passkey is asked for after the password, and nobody turns it off', async () => {
    const strict = await testService()
    const browser = await somebody(strict)
    const device = await setUpPasskey(browser, strict.origin)
    const before = await signIn(strict.browser())
    assert.equal(before.page.at, urls.account)
    assert.ok((await setPolicy(strict, { secondStep: 'everyone', secondStepGraceDays: 9 }, system)).ok)
    const after = await signIn(strict.browser())
    assert.match(after.page.at, asked)
    await stepByPasskey(after, device)
    await after.open(urls.factors)
    assert.match(after.page.html, /On, and required for your account/)
    assert.doesNotMatch(after.page.html, /Turn (on|off)/)
    assert.equal((await after.open(urls.twoStep)).at, urls.factors)
    await setUpApp(after, strict.clock)
    const { id } = await strict.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
    assert.deepEqual(
      { ...(await turnTwoStep(strict, { id } as never, false, system)), figures: {} },
      { ok: false, reason: 'required', figures: {} },
    )
    assert.equal(await isOn(strict), true)
  })

  test('by a product: on the way there, in a session too, and nowhere else; who uses it cannot turn it off', async () => {
    const strict = await testService()
    const request = await productRequest(strict)
    const owner = await somebody(strict)
    const device = await setUpPasskey(owner, strict.origin)
    assert.ok((await requireSecondStep(strict, 'ledger', { required: true }, system)).ok)
    const browser = strict.browser()
    await signIn(browser)
    assert.equal(browser.page.at, urls.account)
    assert.match((await browser.open(`${request}&prompt=none`)).at, /error=interaction_required/)
    assert.match((await browser.open(request)).at, asked)
    assert.match((await stepByPasskey(browser, device)).at, CALLBACK)
    assert.match((await browser.open(`${request}&prompt=none`)).at, CALLBACK, 'it was proved in this session')
    const fresh = await signIn(strict.browser(), request)
    assert.match(fresh.page.at, asked)
    await turn(browser, 'Turn on')
    await turn(browser, 'Turn off')
    assert.equal(browser.page.status, 422)
    assert.match(browser.page.html, /required for your account, so it stays on/)
    assert.equal(await isOn(strict), true)
  })
})
