/** K4: a mailbox that an account had before does not open it alone where there is an older way to sign in. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours } from '../../../platform/clock.ts'
import { setUpApp } from '../../../testing/apps.ts'
import { type Authenticator, setUpPasskey, stepByPasskey } from '../../../testing/authenticator.ts'
import type { Browser } from '../../../testing/browser.ts'
import { PASSWORD, signInByPasskey, somebody } from '../../../testing/people.ts'
import { type TestService, testService } from '../../../testing/world.ts'

const [BEFORE, NOW] = ['before@exemple.ca', 'now@exemple.ca'] as const
const FRESH = 'onze girafes patientes'

async function change(service: TestService, browser: Browser, to: string): Promise<void> {
  await browser.open('/account/email')
  await browser.send({ email: to }, { button: 'Continue' })
  await service.post()
  await browser.send({ code: service.box.newest(to).code ?? '' }, { button: 'Verify email' })
  assert.equal(browser.page.at, '/sign-in?done=email-changed')
  await service.post()
}

async function signIn(service: TestService, email: string, password = FRESH): Promise<Browser> {
  const browser = service.browser()
  await browser.open('/sign-in')
  await browser.send({ email, password })
  return browser
}

/** Somebody left a mailbox; whoever reads it has undone that and chosen a password. */
async function undone(has: 'a passkey' | 'an app' | 'a password alone') {
  const service = await testService({ PASSERELLE_LETTERS_MINUTE: '20' })
  const owner = await somebody(service, BEFORE)
  const device = has === 'a passkey' ? await setUpPasskey(owner, service.origin) : undefined
  const app = has === 'an app' ? (await setUpApp(owner, service.clock)).app : undefined
  service.clock.advance(days(8))
  const leaving = await signIn(service, BEFORE, PASSWORD)
  if (app) await leaving.send({ code: app.code() })
  await change(service, leaving, NOW)
  const undo = service.box.newest(BEFORE).link ?? ''
  const reader = service.browser()
  await reader.open(undo)
  await reader.send({}, { button: 'Undo the change' })
  await service.post()
  await reader.send({ 'new-password': FRESH, 'confirm-password': FRESH })
  assert.match(reader.page.at, /done=reset/)
  return { service, undo, device: device as Authenticator, reader }
}

suite('K4: the mailbox of before', () => {
  test('opens an account that has a password alone', async () => {
    const { service } = await undone('a password alone')
    assert.equal((await signIn(service, BEFORE)).page.at, '/account')
  })

  test('does not open one that has a passkey, by whatever link; its owner signs in with it and leaves again', async () => {
    const { service, reader, device } = await undone('a passkey')
    assert.match((await signIn(service, BEFORE)).page.at, /^\/second-step/)
    await service.post()
    assert.match(service.box.letters.findLast(({ template }) => template === 'account-secured')?.text ?? '', /72 hours/)
    await reader.open(/\S+\/not-me\?\S+/.exec(service.box.newest(BEFORE).text)?.[0] ?? '')
    await reader.send({}, { button: 'It was not me' })
    await reader.send({ 'new-password': `${FRESH} encore`, 'confirm-password': `${FRESH} encore` })
    assert.match((await signIn(service, BEFORE, `${FRESH} encore`)).page.at, /^\/second-step/)
    await reader.open('/forgot')
    await reader.send({ email: BEFORE })
    await service.post()
    await reader.open(service.box.newest(BEFORE).link ?? '')
    await reader.send({ 'new-password': `${FRESH} enfin`, 'confirm-password': `${FRESH} enfin` })
    assert.match((await signIn(service, BEFORE, `${FRESH} enfin`)).page.at, /^\/second-step/)
    const owner = service.browser()
    assert.equal((await signInByPasskey(owner, device)).at, '/account')
    await change(service, owner, NOW)
  })

  test('never opens one that has an app, of which two-step verification is on', async () => {
    const { service } = await undone('an app')
    for (const later of [hours(1), hours(72), days(30)]) {
      service.clock.advance(later)
      await service.post()
      assert.match((await signIn(service, BEFORE)).page.at, /^\/second-step/)
    }
  })

  test('opens it after 72 hours, for whoever has lost the passkey', async () => {
    const { service } = await undone('a passkey')
    service.clock.advance(hours(71))
    await service.post()
    assert.match((await signIn(service, BEFORE)).page.at, /^\/second-step/)
    service.clock.advance(hours(1.1))
    await service.post()
    const browser = await signIn(service, BEFORE)
    if (browser.page.at.startsWith('/confirm')) {
      await service.post()
      await browser.send({ code: service.box.newest(BEFORE).code ?? '' })
    }
    assert.equal(browser.page.at, '/account')
  })

  test('does not, where the owner has turned two-step verification off and on meanwhile', async () => {
    const { service, device } = await undone('a passkey')
    const owner = await signIn(service, BEFORE)
    await stepByPasskey(owner, device)
    assert.equal(owner.page.at, '/account')
    for (const button of ['Turn off', 'Turn on']) {
      await owner.open('/account/factors/two-step')
      assert.match(owner.page.html, new RegExp(`>${button}<`), owner.page.at)
      await owner.send({}, { button })
    }
    service.clock.advance(hours(73))
    await service.post()
    assert.match((await signIn(service, BEFORE)).page.at, /^\/second-step/)
  })
})
