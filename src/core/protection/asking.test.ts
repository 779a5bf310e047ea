/** What anybody may ask for without having proved anything is counted, and the page says to wait, the rest kept. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../platform/clock.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { testService } from '../../testing/world.ts'

const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

suite('Z3: a network that asks and asks has to wait', () => {
  test('for sign-ups: no hash, no letter; finished ones do not count; later it goes on', async () => {
    const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '10' })
    for (let n = 0; n < 3; n++) await somebody(service, `finished${n}@exemple.ca`)
    const browser = service.browser()
    await browser.open('/sign-up')
    const typed = { 'first-name': 'Marie', 'last-name': 'Tremblay', password: PASSWORD }
    const before = service.box.letters.length
    for (let n = 0; n < 11; n++) {
      await browser.open('/sign-up')
      await browser.send({ ...typed, email: `m${n}@exemple.ca` })
    }
    await service.post()
    assert.equal(browser.page.status, 429)
    assert.match(browser.page.html, /Wait a quarter of an hour/)
    assert.match(browser.page.html, /value="m10@exemple.ca"/)
    assert.equal(service.box.letters.length - before, 10)
    service.clock.advance(minutes(16))
    await browser.send({ ...typed, email: 'm10@exemple.ca' })
    assert.match(browser.page.at, /^\/verify/)
  })

  test('for new codes, and for links to reset a password', async () => {
    const service = await testService({ PASSERELLE_NETWORK_REQUESTS: '10' })
    const browser = service.browser()
    await browser.open('/sign-up')
    await browser.send({ 'first-name': 'M', 'last-name': 'T', password: PASSWORD, email: 'marie@exemple.ca' })
    for (let n = 0; n < 10; n++) await browser.send({}, { button: 'Resend code' })
    assert.equal(browser.page.status, 429)
    assert.match(browser.page.html, /wait a quarter of an hour/)
    for (let n = 0; n < 11; n++) {
      await browser.open('/forgot')
      await browser.send({ email: 'marie@exemple.ca' })
      assert.equal(browser.page.status, n < 10 ? 200 : 429)
    }
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

suite('Z2: new codes give no new guesses without end', () => {
  test('fifty a day at one address; the link still works', async () => {
    const often = { PASSERELLE_LETTERS_MINUTE: '100', PASSERELLE_LETTERS_HOUR: '100', PASSERELLE_LETTERS_DAY: '100' }
    const service = await testService(often)
    const browser = service.browser()
    const email = 'marie@exemple.ca'
    await browser.open('/sign-up')
    await browser.send({ 'first-name': 'M', 'last-name': 'T', password: PASSWORD, email })
    await service.post()
    for (let n = 1; n <= 50; n++) {
      await browser.send({ code: wrong(service.box.newest(email).code ?? '') })
      assert.equal(browser.page.status, 422)
      assert.doesNotMatch(browser.page.html, /tomorrow/)
      if (n % 5 === 0) {
        await browser.send({}, { button: 'Resend code' })
        await service.post()
      }
    }
    const { code, link } = service.box.newest(email)
    await browser.send({ code: code ?? '' })
    assert.match(browser.page.html, /Use the link in the email, or try again tomorrow/)
    await browser.open(link ?? '')
    await browser.send({})
    assert.equal(browser.page.at, '/account')
  })
})
