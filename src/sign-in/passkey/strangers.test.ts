/** A passkey is no guess: no count of what strangers tried stands before it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOn, bring, makeAuthenticator } from '../../testing/authenticator.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

test('X3: a passkey opens the account, whatever strangers tried at its address and from its network', async () => {
  const service = await testService({ PASSERELLE_NETWORK_TRIES: '10' })
  const email = 'marie@exemple.ca'
  const owner = await somebody(service, email)
  const device = makeAuthenticator(service.origin)
  await owner.open('/account/factors/passkey')
  const made = askedOn(owner)
  await bring(owner, owner.page.at, made, device.create(made))
  for (let n = 0; n < 30; n++) {
    const stranger = service.browser()
    await stranger.open('/sign-in')
    await stranger.send({ email: n < 15 ? email : `nobody${n}@exemple.ca`, password: 'not the password' })
  }
  const browser = service.browser()
  const isIn = async () => (await browser.open('/account')).at === '/account'
  await browser.open('/sign-in')
  await browser.send({ email, password: PASSWORD })
  assert.ok(!(await isIn()), 'the password waits')
  await browser.open('/sign-in')
  const asked = askedOn(browser)
  await bring(browser, '/sign-in/passkey', asked, device.prove(asked))
  assert.ok(await isIn())
})
