import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { minutes, seconds } from '../../src/platform/clock.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import { answerOf, arrive, browserOf, makeParty, tokensFor } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const noah = await makePerson(service, 'noah@example.com')
const ledger = await makeParty(service, 'ledger')

/** A browser in which Maya is signed in. */
async function mayas(): Promise<Browser> {
  const browser = browserOf(service)
  await arrive(browser, ledger, maya)
  return browser
}
const open = async (browser: Browser, more: Record<string, string>) => {
  const asked = await ledger.ask(more)
  return { asked, visit: await browser.open(asked.url.href) }
}

suite('prompt (L1; OpenID Connect Core, section 3.1.2.1)', () => {
  test('none: an answer without a page, and login_required where nobody is signed in', async () => {
    const { asked, visit } = await open(browserOf(service), { prompt: 'none' })
    const { error, state, iss } = answerOf(visit)
    assert.deepEqual({ error, state, iss }, { error: 'login_required', state: asked.state, iss: service.origin })
    const silent = await open(await mayas(), { prompt: 'none' })
    assert.equal((await ledger.redeem(silent.asked, silent.visit.at)).claims()?.sub, maya.id)
  })

  test('login: the person signs in again, and the ID token says when', async () => {
    const browser = await mayas()
    service.clock.advance(minutes(5))
    const now = Math.floor(service.clock.now().getTime() / 1_000)
    const { asked, visit } = await open(browser, { prompt: 'login' })
    assert.match(visit.at, /^\/sign-in/)
    const back = await signIn(browser, maya)
    const claims = (await ledger.redeem(asked, back.at)).claims()
    assert.ok(Number(claims?.auth_time) >= now, 'auth_time is of this sign-in')
  })

  test('create: sign-up first (Initiating User Registration 1.0), signed in or not, and the way to sign in is there', async () => {
    for (const browser of [browserOf(service), await mayas()]) {
      const { asked, visit } = await open(browser, { prompt: 'create' })
      assert.match(visit.at, /^\/sign-up\?journey=/)
      const link = /href="(\/sign-in[^"]*)"/.exec(visit.html)?.[1] ?? ''
      await browser.open(link.replaceAll('&amp;', '&'))
      const back = await signIn(browser, maya)
      assert.equal((await ledger.redeem(asked, back.at)).claims()?.sub, maya.id)
    }
  })

  test('create: a new account ends at the product (B1, B7)', async () => {
    const browser = browserOf(service)
    const { asked } = await open(browser, { prompt: 'create' })
    const typed = { email: 'zoe@example.com', 'first-name': 'Zoé', 'last-name': 'Roy', password: maya.password }
    await browser.send(typed)
    await service.post()
    const code = /\b\d{6}\b/.exec(JSON.stringify(service.box.newest('zoe@example.com')))?.[0] ?? ''
    const back = await browser.send({ code })
    assert.equal((await ledger.redeem(asked, back.at)).claims()?.email, 'zoe@example.com')
  })

  test('select_account: go on as the one who is signed in, or sign in as another', async () => {
    const browser = await mayas()
    const first = await open(browser, { prompt: 'select_account' })
    assert.match(first.visit.at, /^\/choose-account/)
    assert.ok(first.visit.html.includes(maya.email))
    const back = await browser.send({})
    assert.equal((await ledger.redeem(first.asked, back.at)).claims()?.sub, maya.id)
    const second = await open(browser, { prompt: 'select_account' })
    const other = /href="(\/sign-in[^"]*)"/.exec(second.visit.html)?.[1] ?? ''
    await browser.open(other.replaceAll('&amp;', '&'))
    const asNoah = await signIn(browser, noah)
    assert.equal((await ledger.redeem(second.asked, asNoah.at)).claims()?.sub, noah.id)
    const { visit } = await open(browserOf(service), { prompt: 'select_account' })
    assert.match(visit.at, /^\/sign-in/, 'with nobody to choose, the sign-in page')
  })

  test('consent: nothing to ask for one of our own products (L3); together with login too', async () => {
    const browser = await mayas()
    assert.match((await open(browser, { prompt: 'consent' })).visit.at, /[?&]code=/)
    const { visit } = await open(browser, { prompt: 'login consent' })
    assert.match(visit.at, /^\/sign-in/)
    assert.match((await signIn(browser, maya)).at, /[?&]code=/)
  })

  test('anything else is refused, and so is none with another', async () => {
    for (const prompt of ['nonsense', 'none login', 'login nonsense', 'NONE'])
      assert.equal(answerOf((await open(browserOf(service), { prompt })).visit).error, 'invalid_request', prompt)
  })
})

suite('max_age (L1)', () => {
  test('within it nothing is asked, past it the person signs in again', async () => {
    const browser = await mayas()
    service.clock.advance(minutes(9))
    const within = await open(browser, { max_age: '600' })
    assert.match(within.visit.at, /[?&]code=/)
    assert.ok(
      (await ledger.redeem({ ...within.asked, maxAge: undefined }, within.visit.at)).claims()?.auth_time,
      'auth_time is there when max_age is asked',
    )
    service.clock.advance(minutes(2))
    assert.equal(answerOf((await open(browser, { max_age: '600', prompt: 'none' })).visit).error, 'login_required')
    const past = await open(browser, { max_age: '600' })
    assert.match(past.visit.at, /^\/sign-in/)
    const back = await signIn(browser, maya)
    assert.ok(back.at.startsWith(ledger.redirectUri))
    assert.match((await open(browser, { max_age: '600' })).visit.at, /[?&]code=/, 'and that counts from now on')
  })

  test('zero asks always; a second passes; nonsense is refused', async () => {
    const browser = await mayas()
    const zero = await open(browser, { max_age: '0' })
    assert.match(zero.visit.at, /^\/sign-in/)
    assert.match((await signIn(browser, maya)).at, /[?&]code=/)
    service.clock.advance(seconds(3))
    const one = await open(browser, { max_age: '1' })
    assert.match(one.visit.at, /^\/sign-in/)
    assert.match((await signIn(browser, maya)).at, /[?&]code=/)
    for (const max_age of ['-1', 'soon', '1.5', '1e99'])
      assert.equal(answerOf((await open(browser, { max_age })).visit).error, 'invalid_request', max_age)
  })
})

suite('hints', () => {
  test('login_hint fills in the address, as text', async () => {
    const { visit } = await open(browserOf(service), { login_hint: '"><script>maya@example.com' })
    assert.ok(visit.html.includes('value="&quot;&gt;&lt;script&gt;maya@example.com"'))
  })

  test('X6: a login_hint that cannot be an address is left out: it would be the sentence of a stranger on our page', async () => {
    for (const login_hint of [
      'Your account is locked: call 1-800-555-0100',
      'call 1-800-555-0100 or help@evil.example',
      'call\u00a01-800@evil.example',
      'https://evil.example/marked',
      `marked${'x'.repeat(64)}@evil.example`,
      '',
    ]) {
      const browser = browserOf(service)
      const { visit } = await open(browser, { login_hint })
      assert.match(visit.at, /^\/sign-in/)
      const [, forgot = ''] = /href="(\/forgot[^"]*)"/.exec(visit.html) ?? []
      for (const { html } of [visit, await browser.open(forgot.replaceAll('&amp;', '&'))])
        assert.match(html, /<input(?=[^>]* name="email")(?![^>]* value="[^"])[^>]*>/, login_hint)
    }
  })

  test('id_token_hint of the same person changes nothing', async () => {
    const browser = await mayas()
    const { id_token: hint = '' } = await tokensFor(browser, ledger, maya)
    assert.match((await open(browser, { id_token_hint: hint, prompt: 'none' })).visit.at, /[?&]code=/)
    const { asked, visit } = await open(browserOf(service), { id_token_hint: hint })
    assert.match(visit.at, /^\/sign-in/)
    assert.ok(asked)
  })

  test('id_token_hint of somebody else: no answer for the wrong person, ever', async () => {
    const { id_token: hint = '' } = await tokensFor(browserOf(service), ledger, noah)
    const browser = await mayas()
    assert.equal(answerOf((await open(browser, { id_token_hint: hint, prompt: 'none' })).visit).error, 'login_required')
    const right = await open(browser, { id_token_hint: hint })
    assert.match(right.visit.at, /^\/sign-in/)
    const asNoah = await signIn(browser, noah)
    assert.equal((await ledger.redeem(right.asked, asNoah.at)).claims()?.sub, noah.id)
    const other = await mayas()
    const wrong = await open(other, { id_token_hint: hint })
    const { error, state } = answerOf(await signIn(other, maya))
    assert.deepEqual(
      { error, state },
      { error: 'login_required', state: wrong.asked.state },
      'the product is told; nobody goes round in circles',
    )
    for (const bad of ['x', `${hint}x`, `${hint.split('.').slice(0, 2).join('.')}.`])
      assert.equal(answerOf((await open(other, { id_token_hint: bad })).visit).error, 'invalid_request')
  })

  test('ui_locales, then the browser, then English; what the person chose comes before all (H2)', async () => {
    const langOf = (html: string) => /<html lang="([\w-]+)"/.exec(html)?.[1]
    const french = browserOf(service, { 'accept-language': 'fr-FR,fr;q=0.9' })
    assert.equal(langOf((await open(french, {})).visit.html), 'fr')
    assert.equal(langOf((await open(french, { ui_locales: 'xx en' })).visit.html), 'en')
    assert.equal(langOf((await open(french, { ui_locales: 'fr-CA en' })).visit.html), 'fr-CA')
    assert.equal(langOf((await open(browserOf(service), { ui_locales: 'xx' })).visit.html), 'en')
    french.cookies.set('passerelle-language', 'en')
    assert.equal(langOf((await open(french, { ui_locales: 'fr' })).visit.html), 'en')
  })

  test('what we do not know, or need not heed, is let pass', async () => {
    const more = {
      acr_values: 'urn:example:gold',
      display: 'popup',
      claims_locales: 'fr',
      unknown: 'x',
      audience: 'y',
      scope: 'openid email nonsense',
      claims: '{}',
    }
    const { asked, visit } = await open(await mayas(), more)
    const tokens = await ledger.redeem(asked, visit.at)
    assert.equal(tokens.scope, 'openid email')
  })
})
