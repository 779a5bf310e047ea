/** X7: what marks a browser as known is replaced at each sign-in; a copy of it is noticed, and ends both. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { days, hours } from '../../platform/clock.ts'
import { makeBrowser } from '../../testing/browser.ts'
import { PASSWORD, productRequest, somebody } from '../../testing/people.ts'
import { ASKED, copyOf, EMAIL, FIREFOX, noticed, remembered, SKIPPED, signIn } from '../../testing/remembered.ts'

suite('X7: the trust of a browser is earned anew at each sign-in', () => {
  test('its mark is another one after each, and skips the second step for as long as was said', async () => {
    const { service, browser } = await remembered()
    const marks = new Set()
    for (let n = 0; n < 4; n++) {
      assert.equal(await signIn(service, browser), SKIPPED)
      marks.add(browser.cookies.get(service.cookies.trust))
      service.clock.advance(days(7))
    }
    assert.equal(marks.size, 4)
    service.clock.advance(days(3))
    assert.equal(await signIn(service, browser), ASKED)
    assert.equal(await noticed(service), 0)
  })

  for (const first of ['the thief', 'the owner'] as const)
    test(`a copy is noticed when the second of the two signs in, ${first} first, and ends both`, async () => {
      const { service, browser, code } = await remembered()
      const copy = copyOf(service, browser)
      const [one, other] = first === 'the thief' ? [copy, browser] : [browser, copy]
      assert.equal(await signIn(service, one), SKIPPED)
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, other), ASKED)
      assert.equal(await noticed(service), 1)
      await service.post()
      const letter = service.box.newest(EMAIL)
      assert.match(letter.text, /may have been copied|copied its cookies/)
      assert.match(letter.text, /\/not-me\?link=/)
      assert.equal(await signIn(service, one), ASKED, 'neither is trusted any more')
      assert.equal(await signIn(service, other), ASKED)
      assert.equal(await noticed(service), 1, 'and it is told once')

      await signIn(service, browser)
      await browser.send({ code: code(), remember: 'yes' })
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, browser), SKIPPED, 'the owner is, once they have proved more')
      assert.equal(await signIn(service, copy), ASKED, 'and the copy is not')
    })

  test('whatever value was replaced, however long ago, or none', async () => {
    for (const forge of [(trust: string) => trust, () => 'A'.repeat(43), () => '', (trust: string) => `${trust}.new`]) {
      const { service, browser } = await remembered()
      const copy = copyOf(service, browser)
      const trust = forge(copy.cookies.get(service.cookies.trust) ?? '')
      if (trust === '') copy.cookies.delete(service.cookies.trust)
      else copy.cookies.set(service.cookies.trust, trust)
      for (let n = 0; n < 3; n++) assert.equal(await signIn(service, browser), SKIPPED)
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, copy), ASKED)
      assert.equal(await noticed(service), 1)
    }
  })

  test('a copy gets no newer value by signing in to another account', async () => {
    for (const others of [0, 1]) {
      const { service, browser } = await remembered()
      await somebody(service, 'thief@exemple.ca')
      for (let n = 0; n < others; n++) assert.equal(await signIn(service, browser, 'thief@exemple.ca'), SKIPPED)
      const copy = copyOf(service, browser)
      for (let n = 0; n < 3; n++) assert.equal(await signIn(service, browser), SKIPPED)
      service.clock.advance(hours(1))
      for (let n = 0; n < 5; n++) await signIn(service, copy, 'thief@exemple.ca')
      assert.equal(await signIn(service, copy), ASKED)
      assert.ok((await noticed(service)) > 0)
    }
  })

  test('nor does whoever had the browser before its person', async () => {
    const { service, owner, code } = await remembered()
    await somebody(service, 'thief@exemple.ca')
    const browser = makeBrowser(service.origin, service.base, { 'user-agent': FIREFOX })
    assert.match(await signIn(service, browser, 'thief@exemple.ca'), /^\/(account|confirm)$/)
    const copy = copyOf(service, browser)
    const former = new Map(browser.cookies)
    for (let n = 0; n < 3; n++) await signIn(service, copy, 'thief@exemple.ca')
    await signIn(service, browser)
    assert.equal((await browser.send({ code: code(), remember: 'yes' })).at, '/account')
    service.clock.advance(hours(1))
    for (const cookies of [former, new Map(copy.cookies)]) {
      const { cookies: kept } = makeBrowser(service.origin, service.base)
      for (const [name, value] of cookies) kept.set(name, value)
      assert.equal(await signIn(service, copyOf(service, { ...owner, cookies: kept })), ASKED)
    }
  })

  test('nor in the minute of a sign-in: what it is given then is noticed with the next one', async () => {
    for (const first of ['the thief', 'the owner'] as const) {
      const { service, browser } = await remembered()
      await somebody(service, 'thief@exemple.ca')
      const copy = copyOf(service, browser)
      for (let n = 0; n < 3; n++) {
        // The thief's own account is signed in to at the same instant, again and again.
        for (const it of first === 'the thief' ? [copy, browser] : [browser, copy])
          await signIn(service, it, it === copy ? 'thief@exemple.ca' : EMAIL)
        service.clock.advance(hours(1))
      }
      assert.equal(await signIn(service, copy), ASKED, first)
      assert.ok((await noticed(service)) > 0)
    }
  })

  test('a copy taken before the browser was first remembered is none of it', async () => {
    const { service, code } = await remembered()
    const browser = makeBrowser(service.origin, service.base, { 'user-agent': FIREFOX })
    await browser.open('/sign-in')
    const planted = copyOf(service, browser)
    await signIn(service, browser)
    assert.equal((await browser.send({ code: code(), remember: 'yes' })).at, '/account')
    service.clock.advance(hours(1))
    assert.equal(await signIn(service, planted), ASKED)
  })

  test('a copy that never shows its new value is noticed as soon as its session is used, by a product too', async () => {
    for (const page of ['/account', 'a product']) {
      const { service, browser } = await remembered()
      const request = await productRequest(service)
      const copy = copyOf(service, browser)
      copy.cookies.delete(service.cookies.session)
      await copy.open('/sign-in')
      await copy.send({ email: EMAIL, password: PASSWORD }, { follow: false })
      copy.cookies.delete(service.cookies.trust)
      const reached = await copy.open(page === '/account' ? page : request)
      assert.match(reached.at, page === '/account' ? /^\/account$/ : /callback\?code=/)
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, browser), ASKED)
      assert.equal(await noticed(service), 1)
    }
  })

  test('a copy that signs in ahead, and waits for its owner to do so, has a session no more', async () => {
    const { service, browser } = await remembered()
    const copy = copyOf(service, browser)
    for (let n = 0; n < 3; n++) {
      copy.cookies.delete(service.cookies.session)
      await copy.open('/sign-in')
      await copy.send({ email: EMAIL, password: PASSWORD }, { follow: false })
      service.clock.advance(hours(1))
      assert.equal(await signIn(service, browser), SKIPPED)
      service.clock.advance(hours(1))
      assert.match((await copy.open('/account')).at, /^\/sign-in/)
      assert.equal((await browser.open('/account')).at, '/account', 'its owner stays')
    }
    assert.equal(await signIn(service, copy), SKIPPED)
    service.clock.advance(hours(1))
    assert.equal(await signIn(service, browser), ASKED, 'used before its owner comes, it is noticed')
    assert.equal(await noticed(service), 1)
  })

  test('D5: what was copied has no counter of its own, and does not stop its owner', async () => {
    const { service, browser } = await remembered()
    const copy = copyOf(service, browser)
    assert.equal(await signIn(service, browser), SKIPPED)
    service.clock.advance(hours(1))
    for (let n = 0; n < 6; n++) {
      await copy.open('/sign-in')
      await copy.send({ email: EMAIL, password: 'not the password' })
    }
    const known = await service.db.selectFrom('sign_in_guards').select('browser_mark').execute()
    assert.deepEqual([...new Set(known.map((it) => it.browser_mark))], [''])
    assert.equal(await signIn(service, browser), SKIPPED)
  })
})
