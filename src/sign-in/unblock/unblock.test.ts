import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours, minutes, seconds } from '../../platform/clock.ts'
import { makeBrowser } from '../../testing/browser.ts'
import { withoutNonces } from '../../testing/nonces.ts'
import { PASSWORD, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'
import { whenWords } from '../../ui/letter/happening.ts'

const email = 'marie@exemple.ca'
const PROXY = { PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' }

/** A browser nobody knows, somewhere. */
const stranger = (service: TestService, address = '127.0.0.1') =>
  makeBrowser(service.origin, service.base, { 'x-forwarded-for': address, 'user-agent': 'Mozilla/5.0 Firefox/145.0' })

/** Signs in; answers where that leads. */
async function signIn(browser: ReturnType<typeof stranger>, password = PASSWORD, address = email) {
  await browser.open('/sign-in')
  return browser.send({ email: address, password })
}

/** So many tries with a wrong password, after so many others, each as soon as it is looked at. */
async function fail(service: TestService, tries: number, address = email, before = 0) {
  const browser = stranger(service)
  for (let n = before + 1; n <= before + tries; n++) {
    await signIn(browser, 'not the password', address)
    if (n >= 4 && n < 10) service.clock.advance(seconds(30 * 2 ** (n - 4)))
  }
  await service.post()
  return browser.page
}

const blockLetters = (service: TestService) => service.box.letters.filter(({ subject }) => /is blocked/.test(subject))
const linkOf = (service: TestService) => blockLetters(service).at(-1)?.link ?? ''

suite('D2: a block tells the mailbox, and the mailbox lifts it', () => {
  test('who did what, from where, what still works; "it was me" lets the person try again', async () => {
    const service = await testService(PROXY)
    await (await somebody(service)).open('/account')
    await fail(service, 10)
    const { text } = service.box.newest(email)
    assert.match(text, /10\s+times\s+in\s+a\s+row/)
    assert.match(text, /network 127\.0\.0\.1/)
    assert.match(text, /Firefox/)
    assert.match(text, /Browsers\s+you\s+have\s+used\s+before\s+still\s+let\s+you\s+in/)
    const browser = stranger(service)
    assert.equal((await signIn(browser)).at, '/sign-in', 'the right password does not get in while blocked')
    await browser.open(linkOf(service))
    await browser.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
    assert.match(browser.page.html, /no longer blocked/)
    assert.equal((await signIn(browser)).at, '/account')
  })

  test('who is signed in in that browser reads that it is over, too', async () => {
    const service = await testService(PROXY)
    const owner = await somebody(service)
    await fail(service, 10)
    await owner.open(linkOf(service))
    await owner.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
    assert.match(owner.page.html, /<h1>Account management<\/h1>.*no longer blocked/s)
  })

  test('the letter says when the last try was, however late it is written', async () => {
    const service = await testService(PROXY)
    await somebody(service)
    await fail(service, 9)
    const tried = service.clock.now()
    await signIn(stranger(service), 'not the password')
    service.clock.advance(minutes(20))
    await service.post()
    assert.ok(service.box.newest(email).text.includes(whenWords('en', tried)))
  })

  test('"it was not me" ends every session and chooses a new password, which lifts the block', async () => {
    const service = await testService(PROXY)
    const owner = await somebody(service)
    await fail(service, 10)
    const browser = stranger(service)
    await browser.open(linkOf(service))
    await browser.send({ 'was-not-me': 'yes' }, { button: 'It was not me' })
    assert.match(browser.page.at, /^\/reset\?link=/)
    assert.match(browser.page.html, /is signed out everywhere/)
    assert.doesNotMatch(browser.page.html, /will be signed out/)
    assert.match((await owner.open('/account')).at, /^\/sign-in/)
    await browser.send({ 'new-password': 'quatre mots bien neufs', 'confirm-password': 'quatre mots bien neufs' })
    assert.equal((await signIn(browser, 'quatre mots bien neufs')).at, '/account')
  })

  test('D3: a forgotten password is reset while blocked', async () => {
    const service = await testService(PROXY)
    await somebody(service)
    await fail(service, 10)
    const browser = stranger(service)
    await browser.open('/forgot')
    await browser.send({ email })
    await service.post()
    await browser.open(service.box.newest(email).link ?? '')
    await browser.send({ 'new-password': 'quatre mots bien neufs', 'confirm-password': 'quatre mots bien neufs' })
    assert.equal((await signIn(browser, 'quatre mots bien neufs')).at, '/account')
  })

  test('D4: one letter a block, three a day, none to an address without an account', async () => {
    const service = await testService(PROXY)
    await somebody(service)
    for (let block = 0; block < 4; block++) {
      await fail(service, 10)
      await signIn(stranger(service), 'not the password')
      await service.post()
      assert.equal(blockLetters(service).length, Math.min(block + 1, 3))
      const browser = stranger(service)
      await browser.open(linkOf(service))
      await browser.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
    }
    const letters = service.box.letters.length
    await fail(service, 10, 'nobody@exemple.ca')
    assert.equal(service.box.letters.length, letters)
  })

  test('Z2: a program that opens the link and presses every button changes nothing; a box was not ticked, says the page', async () => {
    const service = await testService(PROXY)
    const owner = await somebody(service)
    await fail(service, 10)
    const link = linkOf(service)
    const scanner = stranger(service)
    await scanner.request(link, { method: 'HEAD' })
    for (const button of ['It was not me', 'It was me, unblock']) {
      await scanner.open(link)
      await scanner.send({}, { button })
      assert.equal(scanner.page.status, 422)
      assert.match(scanner.page.html, /Tick this box/)
    }
    assert.equal((await owner.open('/account')).status, 200)
    assert.equal(owner.page.at, '/account', 'nobody was signed out')
    assert.equal((await signIn(scanner)).at, '/sign-in', 'it is still blocked')
    const browser = stranger(service)
    await browser.open(link)
    await browser.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
    assert.equal((await signIn(browser)).at, '/account')
  })

  test('who pressed may try again after their hour is over, though nothing was cleared away yet', async () => {
    const service = await testService(PROXY)
    await somebody(service)
    await fail(service, 10)
    const browser = stranger(service)
    const mayTry = async () => {
      await browser.open(linkOf(service))
      await browser.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
      for (let n = 0; n < 10; n++) await signIn(stranger(service), 'wrong again')
      return (await signIn(browser)).at
    }
    const row = { expires_at: service.clock.now() }
    await browser.open(linkOf(service))
    await browser.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
    await service.db.updateTable('known_browsers').set(row).where('signed_in_at', 'is', null).execute()
    assert.equal(await mayTry(), '/account')
  })

  test('the link ends after a day', async () => {
    const service = await testService(PROXY)
    await somebody(service)
    await fail(service, 10)
    service.clock.advance(days(1))
    assert.equal((await stranger(service).open(linkOf(service))).status, 410)
  })
})

suite('D4: the screen says the same', () => {
  test('of a wrong password, an unknown address, a wait, a block and a password that is off', async () => {
    const service = await testService(PROXY)
    await somebody(service)
    const masked = (html: string) => withoutNonces(html).replaceAll(/marie@exemple\.ca|nobody@exemple\.ca/g, '…')
    const pages = [
      await fail(service, 1, 'nobody@exemple.ca'),
      await fail(service, 1),
      await fail(service, 9, email, 1),
    ]
    pages.push(await signIn(stranger(service)))
    service.clock.advance(hours(1))
    for (let block = 0; block < 9; block++) {
      await fail(service, 10)
      service.clock.advance(days(1))
    }
    pages.push(await signIn(stranger(service)))
    for (const { status, html } of pages) {
      assert.equal(status, 422)
      assert.equal(masked(html), masked(pages[0]?.html ?? ''))
    }
    assert.match(service.box.newest(email).subject, /no longer works/)
  })
})

suite('D5: the block never keeps the owner out of a browser they have used', () => {
  test('many addresses at one account: the owner is in 20 of 20 times, and on a new browser with one step more', async () => {
    const service = await testService(PROXY)
    const owner = await somebody(service)
    let inside = 0
    for (let round = 0; round < 20; round++) {
      const attackers = Array.from({ length: 100 }, (_, n) => stranger(service, `127.0.${round + 1}.${n}`))
      const [page] = await Promise.all([owner.open('/sign-in'), attackers[0]?.open('/sign-in')])
      assert.equal(page?.at, '/account')
      await owner.open('/account')
      await owner.send({}, { button: 'Sign out' })
      await Promise.all(attackers.slice(0, 8).map((one) => signIn(one, 'not the password').catch(() => undefined)))
      if ((await signIn(owner)).at === '/account') inside++
      service.clock.advance(minutes(1))
    }
    assert.equal(inside, 20)
    await fail(service, 12)
    const browser = stranger(service, '127.0.0.1')
    assert.equal((await signIn(browser)).at, '/sign-in')
    await browser.open(linkOf(service))
    await browser.send({ 'was-me': 'yes' }, { button: 'It was me, unblock' })
    await Promise.all(Array.from({ length: 8 }, (_, n) => signIn(stranger(service, `127.9.9.${n}`), 'wrong again')))
    assert.equal((await signIn(browser)).at, '/account', 'although strangers go on')
  })
})
