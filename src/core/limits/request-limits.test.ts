/** What anybody may ask for without having proved anything is counted; past the figures whoever proves some work gets through. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../platform/clock.ts'
import { makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const BEHIND = { PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' }
const from = (service: TestService, address: string) =>
  makeBrowser(service.origin, service.base, { 'x-forwarded-for': address })
const person = { 'first-name': 'Marie', 'last-name': 'Tremblay', password: PASSWORD }

suite('Z3: a network that asks and asks has to prove some work', () => {
  test('for sign-ups: no hash, no letter; finished ones do not count; later it goes on', async () => {
    const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '10' })
    for (let n = 0; n < 3; n++) await somebody(service, `finished${n}@exemple.ca`)
    const browser = service.browser()
    const before = service.box.letters.length
    for (let n = 0; n < 11; n++) {
      await browser.open('/sign-up')
      await browser.send({ ...person, email: `m${n}@exemple.ca` })
    }
    await service.post()
    assert.equal(browser.page.status, 429)
    assert.match(browser.page.html, /so that we check your browser first/)
    assert.match(browser.page.html, /value="m10@exemple.ca"/)
    assert.equal(service.box.letters.length - before, 10)
    service.clock.advance(minutes(16))
    await browser.open('/sign-up')
    await browser.send({ ...person, email: 'm10@exemple.ca' })
    assert.match(browser.page.at, /^\/verify/)
  })

  test('for new codes, whose form is sent once more, and for links to reset a password', async () => {
    const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '10' })
    const browser = service.browser()
    await browser.open('/sign-up')
    await browser.send({ ...person, email: 'marie@exemple.ca' })
    for (let n = 0; n < 10; n++) await browser.send({}, { button: 'Resend code' })
    assert.equal(browser.page.status, 429)
    assert.match(browser.page.html, /value="marie@exemple.ca"/)
    service.clock.advance(seconds(30)) // as good as the work, where there is no JavaScript
    await browser.send({})
    assert.match(browser.page.at, /^\/verify/)
    for (let n = 0; n < 11; n++) {
      await browser.open('/forgot')
      await browser.send({ email: 'marie@exemple.ca' })
      assert.equal(browser.page.status, n < 10 ? 200 : 429)
    }
  })
})

suite('X3: a browser that the account trusts', () => {
  test('asks for a new password without any work, whatever its network has asked for', async () => {
    const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '10' })
    const owner = await somebody(service, 'marie@exemple.ca')
    const asks = async (browser: typeof owner): Promise<number> => {
      await browser.open('/forgot')
      return (await browser.send({ email: 'marie@exemple.ca' })).status
    }
    const stranger = service.browser()
    for (let n = 0; n < 12; n++) await asks(stranger)
    assert.equal(await asks(service.browser()), 429)
    for (let n = 0; n < 10; n++) assert.equal(await asks(owner), 200)
    await service.post()
    assert.equal(service.box.newest('marie@exemple.ca').template, 'reset-link')
    assert.equal(await asks(owner), 429, 'ten times: whoever has copied the browser floods nobody by it')
  })
})

suite('X4: what is sent away for want of a proof', () => {
  test('counts for no address: a neighbour who brings none has nobody elsewhere asked for work', async () => {
    const figures = { PASSERELLE_NETWORK_REQUESTS: '10', PASSERELLE_CHALLENGE_ADDRESS: '20' }
    const service = await testService({ ...BEHIND, ...figures })
    const asks = async (address: string): Promise<number> => {
      const browser = from(service, address)
      await browser.open('/forgot')
      return (await browser.send({ email: 'marie@exemple.ca' })).status
    }
    for (let n = 0; n < 30; n++) assert.equal(await asks('203.0.113.9'), n < 10 ? 200 : 429)
    assert.equal(await asks('198.51.100.7'), 200)
  })
})

suite('D5: a flood for one address keeps its owner from nothing', () => {
  test('when the address has had its requests, whoever proves some work is looked at, in whatever browser', async () => {
    const service = await testService({ PASSERELLE_ADDRESS_REQUESTS: '10', PASSERELLE_CHALLENGE_ADDRESS: '1000' })
    const browser = service.browser()
    const asks = async (): Promise<number> => {
      await browser.open('/forgot')
      return (await browser.send({ email: 'marie@exemple.ca' })).status
    }
    for (let n = 0; n < 10; n++) assert.equal(await asks(), 200)
    for (let n = 0; n < 3; n++) {
      assert.equal(await asks(), 429)
      service.clock.advance(seconds(30)) // as good as the work, where there is no JavaScript
      assert.equal((await browser.send({ email: 'marie@exemple.ca' })).status, 200)
    }
  })
})

suite('X4: one network asks the whole service for nothing', () => {
  for (const [path, form] of [
    ['/forgot', { email: 'nobody@exemple.ca' }],
    ['/sign-up', { ...person, email: 'nobody@exemple.ca' }],
  ] as const)
    test(`${path}: what one sends, with or without proof, asks no other network for anything`, async () => {
      const service = await testService({
        ...BEHIND,
        PASSERELLE_SERVICE_REQUESTS: '40',
        PASSERELLE_CHALLENGE_SERVICE: '40',
      })
      const attacker = from(service, '203.0.113.9')
      for (let n = 0; n < 120; n++) {
        await attacker.open(path)
        await attacker.send(form)
      }
      assert.equal(attacker.page.status, 429)
      const honest = from(service, '198.51.100.7')
      await honest.open(path)
      assert.doesNotMatch(honest.page.html, /name="challenge"/)
      await honest.send({ ...form, email: 'marie@exemple.ca' })
      assert.ok(honest.page.status === 200, `${honest.page.status}`)
    })
})
