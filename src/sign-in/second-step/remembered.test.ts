/** A browser that is remembered skips the second step only while what it asks for, and the password, stay the same. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, seconds } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import type { Browser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { ASKED, copyOf, remembered, SKIPPED, signIn } from '../../testing/remembered.ts'
import { testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'

test('E6: it asks again after a way was added or removed, a session ended from the list, and a new password, whoever chose it where', async () => {
  const service = await testService()
  const owner = await somebody(service)
  const { app } = await setUpApp(owner, service.clock)
  const [browser, elsewhere] = [service.browser(), service.browser()]
  let [current, password] = [app, PASSWORD]
  const signInHere = async (one: Browser) => {
    one.cookies.delete(service.cookies.session)
    await one.open('/sign-in')
    return (await one.send({ email, password })).at.replace(/\?.*/, '')
  }
  const both = async () => [await signInHere(browser), await signInHere(elsewhere)]
  const remember = async () => {
    for (const one of [browser, elsewhere]) {
      await signInHere(one)
      service.clock.advance(seconds(30))
      await one.send({ code: current.code(), remember: 'yes' })
    }
    assert.deepEqual(await both(), ['/account', '/account'])
  }
  const choose = async (one: Browser, typed: Record<string, string>) => {
    password += ' encore'
    await one.send({ ...typed, 'new-password': password, 'confirm-password': password })
  }
  const inTheAccount = async (one: Browser) => {
    await one.open('/account/password')
    await choose(one, { 'current-password': password })
    assert.match(one.page.at, /done=changed/)
  }
  const changes: Record<string, () => Promise<unknown>> = {
    'a way was added': async () => {
      current = (await setUpApp(owner, service.clock)).app
      await owner.open('/account/factors/codes') // fresh enough still
    },
    'a way was removed': async () => {
      await owner.open('/account/factors')
      await owner.send({}, { button: 'Remove' })
      current = app
    },
    'its sessions were ended one by one': async () => {
      await owner.open('/account/sessions')
      while (/name="session"/.test(owner.page.html)) await owner.send({}, { button: 'Sign out' })
    },
    'everywhere else was signed out': async () => {
      await owner.open('/account/sessions')
      await owner.send({}, { button: 'Sign out everywhere else' })
    },
    'the password was changed elsewhere': () => inTheAccount(owner),
    'the password was changed in this very browser': async () => {
      await browser.open('/account/password')
      service.clock.advance(seconds(30))
      await browser.send({ code: current.code() })
      await inTheAccount(browser)
    },
    'the password was reset': async () => {
      service.clock.advance(hours(1))
      await browser.open('/forgot')
      await browser.send({ email })
      await service.post()
      await browser.open(service.box.newest(email).link ?? '')
      await choose(browser, {})
    },
  }
  for (const [what, change] of Object.entries(changes)) {
    await remember()
    await change()
    assert.deepEqual(await both(), ['/second-step', '/second-step'], what)
  }
})

test('E6: "Sign out everywhere else" ends what is skipped in the browser of a thief, though no session is left there', async () => {
  const { service, owner, browser } = await remembered()
  const thief = copyOf(service, browser)
  assert.equal(await signIn(service, thief), SKIPPED)
  await thief.open('/account')
  await thief.send({}, { button: 'Sign out' })
  await owner.open('/account/sessions')
  await owner.send({}, { button: 'Sign out everywhere else' })
  assert.equal(await signIn(service, thief), ASKED)
})
