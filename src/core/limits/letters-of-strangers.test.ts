/** X3: whoever has letters sent to an address keeps its owner from nothing: what the newest one brings works for the owner. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { hours, minutes, seconds } from '../../platform/clock.ts'
import { setUpApp } from '../../testing/apps.ts'
import { type Browser, makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const MINE = 'marie@exemple.ca'
const OLD = 'marie.autrefois@exemple.ca'
const MALLORY = 'mallory@exemple.ca'
const NAMES = { 'first-name': 'Marie', 'last-name': 'Tremblay', password: PASSWORD }
/** Few letters, so that a flood is short; and strangers have done whatever work was asked of them. */
const FLOODED = {
  PASSERELLE_LETTERS_HOUR: '4',
  PASSERELLE_LETTERS_DAY: '6',
  PASSERELLE_TRUSTED_PROXIES: '127.0.0.1',
  PASSERELLE_CHALLENGE_ADDRESS: '100000',
  PASSERELLE_ADDRESS_REQUESTS: '100000',
}

let networks = 0
const elsewhere = ({ origin, base }: TestService): Browser =>
  makeBrowser(origin, base, { 'x-forwarded-for': `203.0.113.${networks++ % 256}` })

async function signUp(browser: Browser) {
  await browser.open('/sign-up')
  await browser.send({ ...NAMES, email: MINE })
}
async function forget(browser: Browser) {
  await browser.open('/forgot')
  await browser.send({ email: MINE })
}
/** Whoever has signed in with that address wants to have the other one. */
async function move(browser: Browser, from: string) {
  await browser.open('/account/email')
  if (browser.page.at.startsWith('/sign-in')) await browser.send({ email: from, password: PASSWORD })
  await browser.send({ email: MINE }, { button: 'Continue' })
}

type Asks = readonly ('sign-up' | 'reset' | 'move')[]

/** Hours in which strangers have as many letters sent as go, in turn; the last of them is this one. */
const FLOODED_HOURS = [0, 1, 2, 12, 23, 24, 25]

async function flood(service: TestService, asks: Asks) {
  const mallory = await somebody(service, MALLORY)
  const { clock } = service
  let asked = 0
  for (const [at, hour] of FLOODED_HOURS.entries()) {
    clock.advance({ ms: hours(hour - (FLOODED_HOURS[at - 1] ?? 0)).ms - (at > 0 ? minutes(6).ms : 0) })
    for (let n = 0; n < 6; n++) {
      const ask = asks[asked++ % asks.length]
      if (ask === 'move') await move(mallory, MALLORY)
      else await (ask === 'reset' ? forget : signUp)(elsewhere(service))
      await service.post()
      clock.advance(minutes(1))
    }
  }
}

const toMine = (service: TestService) => service.box.letters.filter(({ to }) => to === MINE)

/** Asks, and again where nothing came within a minute; then types what the newest letter with a code brings. */
async function prove(service: TestService, owner: Browser, ask: () => Promise<unknown>, button = 'Resend code') {
  const before = toMine(service).length
  await ask()
  for (const again of [true, false]) {
    service.clock.advance(seconds(61))
    await service.post()
    if (again && toMine(service).length === before) await owner.send({}, { button })
  }
  assert.equal(toMine(service).length, before, 'no letter of the owner goes any more')
  await owner.send({ code: toMine(service).findLast(({ code }) => code)?.code ?? '' })
}

const MIXES: readonly Asks[] = [['sign-up'], ['reset'], ['reset', 'sign-up'], ['sign-up', 'sign-up', 'move', 'reset']]

suite('X3: strangers have as many letters sent to an address as go, for more than a day', () => {
  for (const mix of MIXES)
    test(`of ${mix.join(', ')}: its owner creates an account all the same`, async () => {
      const service = await testService(FLOODED)
      await flood(service, mix)
      assert.ok(toMine(service).length <= 2 * 6, 'its mailbox is not flooded')
      const owner = elsewhere(service)
      if (mix.includes('sign-up')) await prove(service, owner, () => signUp(owner))
      else {
        await signUp(owner) // strangers get no letters but to accounts, and one room is kept
        await service.post()
        await owner.send({ code: service.box.newest(MINE).code ?? '' })
      }
      assert.equal(owner.page.at, '/account')
    })

  test('its owner changes the address of an account to it all the same', async () => {
    const service = await testService(FLOODED)
    await flood(service, ['reset', 'sign-up'])
    const owner = await somebody(service, OLD)
    await prove(service, owner, () => move(owner, OLD))
    assert.equal(owner.page.at, '/sign-in?done=email-changed')
  })

  test('its owner makes it the back-up of an account all the same', async () => {
    const service = await testService(FLOODED)
    await flood(service, ['reset', 'sign-up', 'move'])
    const owner = await somebody(service, OLD)
    await setUpApp(owner, service.clock)
    const ask = async () => {
      await owner.open('/account/factors/back-up')
      await owner.send({ email: MINE }, { button: 'Send the code' })
    }
    await prove(service, owner, ask, 'Send another code')
    assert.match(owner.page.at, /done=email/)
  })
})
