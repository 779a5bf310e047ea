import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { keepForeign } from '../../core/model/password/hashing.ts'
import { setPassword } from '../../core/model/password/store.ts'
import { minutes } from '../../platform/clock.ts'
import { makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { type TestService, testService } from '../../testing/world.ts'

const email = 'marie@exemple.ca'
const BCRYPT = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' // of U*U
const from = (service: TestService, address: string) =>
  makeBrowser(service.origin, service.base, { 'x-forwarded-for': address })

/** Somebody with an account made at 127.0.0.1, who signs in on a new browser, far away. */
async function farAway(address = '198.51.100.7', start?: string) {
  const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
  await somebody(service)
  const browser = from(service, address)
  await browser.open(start ? await productRequest(service, start) : '/sign-in')
  await browser.send({ email, password: PASSWORD })
  await service.post()
  return { service, browser, code: service.box.newest(email).code ?? '' }
}

suite('a sign-in with the right password from an unlikely place', () => {
  test('is confirmed by a code from the mailbox, and goes on to the product', async () => {
    const { browser, code, service } = await farAway('198.51.100.7', 'ledger')
    assert.match(browser.page.at, /^\/confirm\?journey=/)
    assert.match(service.box.newest(email).text, /network 198\.51\.100\.7/)
    assert.match((await browser.open('/account')).at, /^\/sign-in/, 'nobody is signed in yet')
    await browser.open(browser.page.at)
    const page = await service.db.selectFrom('journeys').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
    await browser.open(`/confirm?journey=${page.id}`)
    await browser.send({ code })
    assert.match(browser.page.at, /^http:\/\/localhost:4000\/ledger\/callback\?code=/)
  })

  test('is not doubted again on that browser, nor from that network', async () => {
    const { service, browser, code } = await farAway()
    await browser.send({ code })
    assert.equal(browser.page.at, '/account')
    for (const again of [browser, from(service, '198.51.9.9')]) {
      again.cookies.delete(service.cookies.session)
      await again.open('/sign-in')
      assert.equal((await again.send({ email, password: PASSWORD })).at, '/account')
    }
  })

  test('X10: the password that was right waits for the mailbox two hours, whatever is sent again', async () => {
    const { service, browser } = await farAway()
    service.clock.advance(minutes(119))
    await browser.send({}, { button: 'Resend code' })
    await service.post()
    const { code } = service.box.newest(email)
    const { page } = browser
    service.clock.advance(minutes(1))
    await browser.send({ code: code ?? '' })
    assert.doesNotMatch(browser.page.at, /^\/account/)
    assert.doesNotMatch((await browser.open(page.at)).html, /name="code"/)
  })

  test('D1: is no failure, however often: nobody is blocked by it without being told', async () => {
    const { service } = await farAway()
    for (let n = 0; n < 12; n++) {
      const browser = from(service, '198.51.100.7')
      await browser.open('/sign-in')
      assert.match((await browser.send({ email, password: PASSWORD })).at, /^\/confirm/)
    }
    const near = from(service, '127.0.0.1')
    await near.open('/sign-in')
    assert.equal((await near.send({ email, password: PASSWORD })).at, '/account')
  })

  test('a hash of before is made anew, and its confirmation holds', async () => {
    const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
    await somebody(service)
    const { id } = await service.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
    await setPassword(service, service.db, id, keepForeign(service.keyring, BCRYPT), service.clock.now())
    const browser = from(service, '198.51.100.7')
    await browser.open('/sign-in')
    await browser.send({ email, password: 'U*U' })
    await service.post()
    await browser.send({ code: service.box.newest(email).code ?? '' })
    assert.doesNotMatch(browser.page.at, /^\/(confirm|sign-in)/)
    const kept = await service.db.selectFrom('passwords').select('hash').executeTakeFirstOrThrow()
    assert.match(kept.hash, /^\$argon2id\$/)
  })

  test('is not doubted on a browser used before, wherever it is', async () => {
    const service = await testService({ PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' })
    const { cookies } = await somebody(service)
    const travelling = from(service, '203.0.113.9')
    for (const [name, value] of cookies) if (name !== service.cookies.session) travelling.cookies.set(name, value)
    await travelling.open('/sign-in')
    assert.equal((await travelling.send({ email, password: PASSWORD })).at, '/account')
  })

  test('says why in the history, with what the rule looked at', async () => {
    const { service } = await farAway()
    const entry = await service.db
      .selectFrom('history')
      .selectAll()
      .where('kind', '=', 'sign-in-doubted')
      .executeTakeFirst()
    assert.deepEqual(entry?.facts, { rule: 'far-network' })
    assert.deepEqual(entry?.personal, { network: '198.51', before: '127.0' })
  })

  test('wrong codes are counted, an old one is dead, and a new one is on the way', async () => {
    const { service, browser, code } = await farAway()
    for (const wrong of ['', '000001', '000002', '000003', '000004']) {
      await browser.send({ code: wrong })
      assert.equal(browser.page.status, 422)
    }
    await browser.send({}, { button: 'Resend code' })
    await service.post()
    const fresh = service.box.newest(email).code ?? ''
    await browser.send({ code })
    if (code !== fresh) assert.match(browser.page.html, /That is not the right code/)
    await browser.send({ code: fresh })
    assert.equal(browser.page.at, '/account')
  })

  test('a password that was changed meanwhile is not confirmed any more', async () => {
    const { service, browser, code } = await farAway()
    const at = browser.page.at
    const other = service.browser()
    await other.open('/forgot')
    await other.send({ email })
    await service.post()
    await other.open(service.box.newest(email).link ?? '')
    await other.send({ 'new-password': 'quatre mots bien neufs', 'confirm-password': 'quatre mots bien neufs' })
    await browser.open(at)
    assert.match((await browser.send({ code })).at, /^\/sign-in/)
    assert.match((await browser.open('/account')).at, /^\/sign-in/)
  })

  test('the code ends', async () => {
    const { service, browser, code } = await farAway()
    service.clock.advance(minutes(30))
    await browser.send({ code })
    assert.match(browser.page.html, /no longer works/)
  })

  test('a code from the mailbox of one account confirms no other, not even on the same journey', async () => {
    const { service, browser } = await farAway()
    await somebody(service, 'mallory@exemple.ca')
    for (let n = 0; n < 20; n++) await browser.send({}, { button: 'Resend code' }) // as many codes as go out in a day
    const thief = from(service, '198.51.100.7')
    await thief.open('/sign-in')
    await thief.send({ email: 'mallory@exemple.ca', password: PASSWORD })
    const waits = thief.page.at
    assert.match(waits, /^\/confirm\?journey=/)
    await service.post()
    await thief.open(waits.replace('/confirm', '/sign-in'))
    await thief.send({ email, password: PASSWORD })
    assert.match(thief.page.html, new RegExp(email))
    await thief.send({ code: service.box.newest('mallory@exemple.ca').code ?? '' })
    assert.match((await thief.open('/account')).at, /^\/sign-in/)
  })

  test('D5: whoever types wrong codes for the address elsewhere uses up none of its owner’s tries', async () => {
    const { service, browser, code } = await farAway()
    const stranger = from(service, '203.0.113.9')
    await stranger.open('/sign-up')
    await stranger.send({ email, 'first-name': 'M', 'last-name': 'T', password: PASSWORD })
    const { at } = stranger.page
    for (let n = 0; n < 50; n++) {
      await stranger.open(at)
      await stranger.send({ code: '000000' })
    }
    await browser.send({ code })
    assert.equal(browser.page.at, '/account')
  })

  test('in another browser the page belongs to nobody', async () => {
    const { service, browser } = await farAway()
    assert.equal((await service.browser().open(browser.page.at)).status, 400)
  })
})
