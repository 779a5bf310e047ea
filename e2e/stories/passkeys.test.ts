/** E1, E2: a passkey is made, signs in alone, and is a second step. Chromium's own virtual authenticator holds it. */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { days } from '../../src/platform/clock.ts'
import { account, secretsOf } from './stage/account.ts'
import {
  alertOf,
  arrived,
  button,
  follow,
  heading,
  leads,
  press,
  seen,
  signIn,
  type,
  verify,
  whoIs,
} from './stage/person.ts'
import { ledger, payroll, service, story } from './stage/stage.ts'
import { WIDE } from './stage/ways.ts'
import { words } from './stage/words.ts'

const way = { ...WIDE, language: 'en' } as const
const w = words.en

/** A device with a lock that its owner opens at once. */
async function device(page: Page, verifies = true) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: verifies,
    isUserVerified: verifies,
    automaticPresenceSimulation: true,
  } as const
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options })
  return {
    remove: () => devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
    /** Whether it answers by itself: else it waits for its owner. */
    answers: (enabled: boolean) =>
      devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    keys: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  }
}

/** Somebody signed in on a browser with such a device, who has made a passkey and kept recovery codes. */
async function withPasskey(page: Page, email: string, verifies = true) {
  const who = await account(service, email, 'en')
  await page.goto(`${service.origin}/sign-in`)
  await signIn(page, w, who)
  await arrived(page, `${service.origin}/account`)
  const lock = await device(page, verifies)
  await follow(page, 'Ways to sign in')
  await follow(page, 'Create a passkey')
  await press(page, 'Create a passkey')
  await turnTwoStepOn(page)
  await press(page, 'I have saved them')
  await seen(page, 'Ways to sign in')
  return { who, lock }
}

/** A passkey is a way in; the password asks for it too once its owner says so, and recovery codes come next. */
async function turnTwoStepOn(page: Page): Promise<void> {
  await seen(page, 'Ways to sign in')
  await follow(page, 'Turn on')
  await seen(page, 'Turn on two-step verification')
  await press(page, 'Turn on')
  await seen(page, 'Your recovery codes')
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${service.origin}/account`)
  await press(page, w.signOut)
}

story('E2: a passkey signs in by the button, and from then on by what the browser fills in', async ({ browser }) => {
  const page = await browser(way)
  const { lock } = await withPasskey(page, 'passkey@exemple.ca')
  assert.equal((await lock.keys()).length, 1)
  await signOut(page)
  await lock.answers(false)
  await page.goto(ledger.deep)
  await seen(page, w.signIn)
  const pressed = leads(page, button(page, 'Sign in with a passkey').click())
  await lock.answers(true)
  await pressed
  await arrived(page, ledger.deep)
  assert.equal((await whoIs(page, ledger)).email, 'passkey@exemple.ca')
  await signOut(page)
  await page.goto(ledger.deep)
  await arrived(page, ledger.deep)
  assert.equal((await whoIs(page, ledger)).email, 'passkey@exemple.ca')
  await lock.remove()
})

story('E2: after a password, a security key that knows nobody is the second step', async ({ browser }) => {
  const page = await browser(way)
  const { who, lock } = await withPasskey(page, 'key@exemple.ca', false)
  await signOut(page)
  await page.goto(ledger.deep)
  await signIn(page, w, who)
  await seen(page, 'Verify that it is you')
  await leads(page, button(page, 'Use a passkey').click())
  await arrived(page, ledger.deep)
  await lock.remove()
})

story(
  'B2, E2: somebody signs up with a passkey on the way to a product, and comes back with it',
  async ({ browser }) => {
    const page = await browser(way)
    const lock = await device(page)
    const email = 'nouvelle@exemple.ca'
    await page.goto(ledger.deep)
    await follow(page, w.create)
    await type(page, w.email, email)
    await press(page, 'Sign up with a passkey')
    assert.match(await alertOf(page), /Enter your first name/)
    await type(page, w.firstName, 'Élise')
    await type(page, w.lastName, 'Gagné')
    await press(page, 'Sign up with a passkey')
    await seen(page, 'Create a passkey')
    await press(page, 'Create a passkey')
    assert.equal((await lock.keys())[0]?.isResidentCredential, true)
    await verify(page, w, (await secretsOf(service, email)).code)
    await arrived(page, ledger.deep)
    assert.deepEqual(await whoIs(page, ledger).then((who) => [who.email, who.acr]), [email, 'phr'])
    await signOut(page)
    await page.goto(payroll.deep)
    await arrived(page, payroll.deep)
    await lock.remove()
  },
)

story('E2: a passkey is offered after a password, put off, and taken up another time', async ({ browser }) => {
  const page = await browser(way)
  const who = await account(service, 'offre@exemple.ca', 'en')
  const lock = await device(page)
  const offered = 'Sign in without a password next time?'
  await page.goto(ledger.deep)
  await signIn(page, w, who)
  await seen(page, offered)
  await press(page, 'Not now')
  await arrived(page, ledger.deep)
  await signOut(page)
  service.clock.advance(days(91))
  await page.goto(payroll.deep)
  await signIn(page, w, who)
  await seen(page, offered)
  await press(page, 'Create a passkey')
  await arrived(page, payroll.deep)
  assert.equal((await lock.keys()).length, 1)
  await lock.remove()
})

story('E5: whose device is away goes another way, with a recovery code', async ({ browser }) => {
  const page = await browser(way)
  const who = await account(service, 'away@exemple.ca', 'en')
  await page.goto(`${service.origin}/sign-in`)
  await signIn(page, w, who)
  const lock = await device(page)
  await page.goto(`${service.origin}/account/factors/passkey`)
  await press(page, 'Create a passkey')
  await turnTwoStepOn(page)
  const [code = ''] = await page.locator('#codes code').allInnerTexts()
  await press(page, 'I have saved them')
  await lock.remove()
  await signOut(page)
  await page.goto(ledger.deep)
  await signIn(page, w, who)
  await follow(page, 'Verify another way')
  await heading(page, 'Verify another way').waitFor()
  await page.getByRole('link', { name: 'Use', exact: true }).last().click()
  await type(page, 'Code', code)
  await press(page, 'Continue')
  await arrived(page, ledger.deep)
})
