import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testService } from '../../src/testing/world.ts'
import { arrive, browserOf, makeParty, makePublicParty, post, provesItself, tokensFor } from './party.ts'
import { makePerson } from './person.ts'

const REGISTERED = 'https://product.example/oauth/callback'
const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const product = await makeParty(service, 'product', {
  redirectUris: [REGISTERED],
  postLogoutRedirectUris: ['https://product.example/bye'],
})
const twoUris = await makeParty(service, 'two', {
  redirectUris: [REGISTERED, 'https://product.example/oauth/callback?tenant=7'],
})
const native = await makePublicParty(service, 'native', {
  native: true,
  redirectUris: ['http://127.0.0.1/callback', 'com.example.app:/callback', 'http://[::1]/callback'],
})
const signedIn = browserOf(service)
await tokensFor(signedIn, product, maya)

/** Ways to say something that is not the registered address, collected from advisories of other providers. */
const tricks = [
  'https://evil.example/oauth/callback',
  'https://product.example/',
  'https://product.example/oauth/callback/',
  'https://product.example/oauth/callback/x',
  'https://product.example/oauth/callbackx',
  'https://product.example/oauth/callbac',
  'https://product.example/OAuth/callback',
  'https://product.example/oauth/Callback',
  'https://PRODUCT.example/oauth/callback',
  'HTTPS://product.example/oauth/callback',
  'http://product.example/oauth/callback',
  'https://product.example:443/oauth/callback',
  'https://product.example:8443/oauth/callback',
  'https://product.example./oauth/callback',
  'https://www.product.example/oauth/callback',
  'https://product.example.evil.example/oauth/callback',
  'https://evil.example#product.example/oauth/callback',
  'https://evil.example?product.example/oauth/callback',
  'https://product.example@evil.example/oauth/callback',
  'https://product.example:x@evil.example/oauth/callback',
  'https://evil.example@product.example/oauth/callback',
  'https://user:pass@product.example/oauth/callback',
  'https://product.example%40evil.example/oauth/callback',
  'https://product.example%2eevil.example/oauth/callback',
  'https://evil.example\\@product.example/oauth/callback',
  'https://evil.example\\.product.example/oauth/callback',
  'https:\\\\product.example\\oauth\\callback',
  'https:/product.example/oauth/callback',
  'https:product.example/oauth/callback',
  'https:////product.example/oauth/callback',
  'https://product.example//oauth/callback',
  'https://product.example/oauth//callback',
  'https://product.example/./oauth/callback',
  'https://product.example/x/../oauth/callback',
  'https://product.example/oauth/callback/..',
  'https://product.example/oauth/callback/../../open?url=https://evil.example',
  'https://product.example/oauth/callback/%2e%2e/%2e%2e/open',
  'https://product.example/oauth/%63allback',
  'https://product.example/oauth%2Fcallback',
  'https://product.example/oauth/callback%00',
  'https://product.example/oauth/callback%20',
  'https://product.example/oauth/callback ',
  ' https://product.example/oauth/callback',
  'https://product.example/oauth/callback\t',
  'https://product.example/oauth/callback\n',
  'https://product.example/oauth/callback\u0000',
  'https://product.example/oauth/callback\u200b',
  'https://pr\u043educt.example/oauth/callback',
  'https://product\u3002example/oauth/callback',
  'https://product.example/oauth/callback;x=1',
  'https://product.example/oauth/callback?',
  'https://product.example/oauth/callback?x=1',
  'https://product.example/oauth/callback?code=stolen',
  'https://product.example/oauth/callback#',
  'https://product.example/oauth/callback#x',
  'https://product.example/oauth/callback,https://evil.example',
  'https://product.example/oauth/callback https://evil.example',
  '//product.example/oauth/callback',
  '//evil.example/oauth/callback',
  '/oauth/callback',
  'oauth/callback',
  'product.example/oauth/callback',
  'javascript:alert(1)//https://product.example/oauth/callback',
  'javascript://product.example/oauth/callback%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///oauth/callback',
  'ftp://product.example/oauth/callback',
  'blob:https://product.example/oauth/callback',
  'com.example.app:/oauth/callback',
  'http://localhost/oauth/callback',
  'http://127.0.0.1:9999/oauth/callback',
  'https://[::1]/oauth/callback',
  'https://2130706433/oauth/callback',
  'https://product.example/oauth/callback/*',
  'https://*.example/oauth/callback',
  '*',
  'null',
  'undefined',
  'urn:ietf:wg:oauth:2.0:oob',
  'https://',
  'https://?',
  `https://product.example/oauth/callback${'x'.repeat(2_000)}`,
]

suite('redirect URIs are compared to the letter (L1; RFC 9700, section 2.1; RFC 9207)', () => {
  test(`none of ${tricks.length} tricks is ever redirected to, signed in or not, whatever else is wrong`, async () => {
    const wrongs: Record<string, string>[] = [
      {},
      { prompt: 'none' },
      { response_type: 'token' },
      { scope: 'öpenid' },
      { response_mode: 'form_post' },
      { code_challenge_method: 'plain' },
    ]
    for (const [index, trick] of tricks.entries()) {
      const asked = await product.ask({ ...wrongs[index % wrongs.length], redirect_uri: trick })
      for (const browser of [signedIn, browserOf(service)]) {
        const visit = await browser.request(asked.url.href)
        assert.equal(visit.status, 400, trick)
        assert.equal(visit.headers.get('location'), null, trick)
        assert.match(visit.headers.get('content-type') ?? '', /^text\/html/)
        assert.ok(visit.html.includes('This product could not be opened'), trick)
        assert.doesNotMatch(visit.html, /<form[^>]*action="(?!\/)/, 'no form that leaves')
        assert.doesNotMatch(visit.html, /<(script|img|iframe)[^>]*(alert|evil)/i)
      }
    }
  })

  test('nor is one without a redirect URI, or with two', async () => {
    const none = await product.ask()
    none.url.searchParams.delete('redirect_uri')
    const two = await product.ask()
    two.url.searchParams.append('redirect_uri', 'https://evil.example/')
    const twice = await product.ask()
    twice.url.searchParams.append('redirect_uri', REGISTERED)
    for (const { url } of [none, two, twice]) {
      const visit = await signedIn.request(url.href)
      assert.equal(visit.status, 400)
      assert.equal(visit.headers.get('location'), null)
      assert.match(visit.html, /invalid_request|redirect_uri/)
    }
  })

  test('nor pushed (RFC 9126, section 2.3)', async () => {
    for (const trick of tricks) {
      const { url } = await product.ask({ redirect_uri: trick })
      const { status, body } = await post(service, '/oidc/par', {
        ...Object.fromEntries(url.searchParams),
        ...provesItself(product),
      })
      assert.equal(status, 400, trick)
      assert.match(String(body.error), /^invalid_re(direct_uri|quest)$/, trick)
    }
  })

  test('the same holds where a person is sent after signing out', async () => {
    const { id_token: hint = '' } = await tokensFor(browserOf(service), product, maya)
    for (const trick of tricks.map((it) => it.replace('/oauth/callback', '/bye'))) {
      const query = new URLSearchParams({ post_logout_redirect_uri: trick, id_token_hint: hint })
      const visit = await signedIn.request(`/oidc/sign-out?${query}`)
      assert.equal(visit.status, 400, trick)
      assert.equal(visit.headers.get('location'), null, trick)
    }
    await signedIn.open('/account')
    assert.equal(signedIn.page.status, 200, 'and nobody was signed out by it')
  })

  test('a query of the registered address stays (RFC 6749, section 3.1.2)', async () => {
    const { visit } = await arrive(signedIn, twoUris, maya, {
      redirect_uri: 'https://product.example/oauth/callback?tenant=7',
    })
    assert.match(visit.at, /^https:\/\/product\.example\/oauth\/callback\?tenant=7&/)
  })
})

suite('native applications (RFC 8252, section 7)', () => {
  test('only the port of a loopback address may vary', async () => {
    for (const good of [
      'http://127.0.0.1:51004/callback',
      'http://127.0.0.1/callback',
      'http://[::1]:9/callback',
      'com.example.app:/callback',
    ]) {
      const asked = await native.ask({ redirect_uri: good })
      await signedIn.open(asked.url.href)
      const visit = /^\/choose-account/.test(signedIn.page.at) ? await signedIn.send({}) : signedIn.page
      assert.ok(visit.at.startsWith(good), visit.at)
      assert.match(visit.at, /[?&]code=/)
    }
    for (const bad of [
      'http://127.0.0.1:51004/other',
      'http://127.0.0.2:51004/callback',
      'http://localhost:51004/callback',
      'https://127.0.0.1:51004/callback',
      'http://127.0.0.1:51004@evil.example/callback',
      'http://x@127.0.0.1:51004/callback',
      'http://127.1:51004/callback',
      'http://127.0.0.1:51004/callback?x',
      'http://127.0.0.1:51004/callback#x',
      'http://127.0.0.1:x/callback',
      'com.example.app:/callback2',
      'com.example.app://callback',
    ]) {
      const asked = await native.ask({ redirect_uri: bad })
      assert.equal((await signedIn.request(asked.url.href)).status, 400, bad)
    }
  })
})
