import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { suite, test } from 'node:test'
import { formsOf } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import { answerOf, arrive, browserOf, makeParty } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')
const far = await makeParty(service, 'far', { redirectUris: ['https://far.example/cb'] })
const signedIn = browserOf(service)
await arrive(signedIn, ledger, maya)

/** The page of a form_post answer: its one form, where it goes, and what the browser is told to allow. */
async function formPost(party: typeof ledger, more: Record<string, string>, browser = signedIn) {
  const asked = await party.ask({ response_mode: 'form_post', ...more })
  const visit = await browser.open(asked.url.href)
  const form = formsOf(visit.html).find(({ action }) => action === party.redirectUri)
  assert.ok(form, visit.html.slice(0, 500))
  return { asked, visit, form, policy: visit.headers.get('content-security-policy') ?? '' }
}

suite('response modes', () => {
  test('form_post: a page whose script sends it, and which works without (Form Post Response Mode 1.0)', async () => {
    for (const party of [ledger, far]) {
      const { asked, visit, form, policy } = await formPost(party, {})
      assert.deepEqual(Object.keys(form.hidden).toSorted(), ['code', 'iss', 'state'], 'nothing of ours goes along')
      assert.equal(form.hidden.state, asked.state)
      assert.equal(form.hidden.iss, service.origin)
      const script = /<script>([^<]+)<\/script>/.exec(visit.html)?.[1] ?? ''
      assert.match(script, /document\.forms\[0\]\.submit\(\)/)
      assert.equal(
        visit.html.indexOf('<form'),
        visit.html.indexOf(`<form method="post" action="${party.redirectUri}"`),
        'it is the first form',
      )
      assert.ok(policy.includes(`'sha256-${createHash('sha256').update(script).digest('base64')}'`), policy)
      assert.ok(!policy.includes('unsafe-inline'))
      const leads = /form-action ([^;]+)/.exec(policy)?.[1]?.split(' ') ?? []
      assert.ok(leads.includes(new URL(party.redirectUri).origin) || leads.includes('https:'), policy)
      assert.equal(visit.headers.get('cache-control'), 'no-store')
      const tokens = await party.redeem(asked, `${party.redirectUri}?${new URLSearchParams(form.hidden)}`)
      assert.equal(tokens.claims()?.sub, maya.id)
    }
  })

  test('form_post in the language of the person, with a button', async () => {
    const browser = browserOf(service, { 'accept-language': 'fr' })
    const { asked, visit } = await (async () => {
      const asked = await ledger.ask({ response_mode: 'form_post', prompt: 'none' })
      return { asked, visit: await browser.open(asked.url.href) }
    })()
    assert.match(visit.html, /<html lang="fr"/)
    assert.match(visit.html, /<button[^>]*type="submit"/)
    const form = formsOf(visit.html)[0]
    assert.equal(form?.hidden.error, 'login_required')
    assert.equal(form?.hidden.state, asked.state)
    assert.equal(form?.hidden.iss, service.origin)
    assert.match(visit.headers.get('content-security-policy') ?? '', /form-action [^;]*http:\/\/localhost:4000/)
  })

  test('query is the usual one; fragment can be asked for; others are refused', async () => {
    const asked = await ledger.ask({ response_mode: 'fragment' })
    const visit = await signedIn.open(asked.url.href)
    const answer = new URLSearchParams(new URL(visit.at).hash.slice(1))
    assert.ok(answer.get('code'))
    assert.equal(answer.get('iss'), service.origin)
    for (const response_mode of ['web_message', 'jwt', 'query.jwt', 'nonsense']) {
      const other = await ledger.ask({ response_mode })
      assert.equal(answerOf(await signedIn.open(other.url.href)).error, 'unsupported_response_mode')
    }
  })
})

suite('every way of asking', () => {
  test('POST works as GET does, signed in or not (OpenID Connect Core, section 3.1.2.1)', async () => {
    for (const browser of [signedIn, browserOf(service)]) {
      const asked = await ledger.ask()
      // A form of another site: the browser sends no cookie along that is SameSite=Lax.
      const first = await browser.request('/oidc/authorize', {
        method: 'POST',
        body: asked.url.searchParams,
        headers: { cookie: 'none=1' },
      })
      assert.equal(first.status, 303)
      let visit = await browser.open(new URL(first.headers.get('location') ?? '', service.origin).href)
      if (visit.at.startsWith('/sign-in')) visit = await signIn(browser, maya)
      assert.equal((await ledger.redeem(asked, visit.at)).claims()?.sub, maya.id)
    }
  })

  test('a form too large for an address is answered with a page', async () => {
    const body = new URLSearchParams({ client_id: 'ledger', state: 's'.repeat(20_000) })
    const visit = await browserOf(service).request('/oidc/authorize', { method: 'POST', body })
    assert.equal(visit.status, 413)
    assert.match(visit.html, /<html lang="en"/)
  })

  test('the answer says who it is from (RFC 9207) and keeps state and nonce, however long', async () => {
    for (const length of [1, 64, 384, 2_000, 4_096]) {
      const long = { state: 's'.repeat(length), nonce: 'n'.repeat(length) }
      const { asked, visit } = await arrive(length === 4_096 ? browserOf(service) : signedIn, ledger, maya, long)
      assert.equal(answerOf(visit).iss, service.origin)
      assert.equal(answerOf(visit).state, long.state)
      assert.equal((await ledger.redeem(asked, visit.at)).claims()?.nonce, long.nonce)
    }
  })

  test('a state of any characters comes back as it was', async () => {
    for (const state of [
      'a b+c%20&=#?/\\"\'<>',
      'é\u{1f600}\u202e',
      '\u0001itself',
      '$& $1 $$',
      '{"x":"\\u0001itself"}',
      ' ',
    ]) {
      const { visit } = await arrive(browserOf(service), ledger, maya, { state })
      assert.equal(new URL(visit.at).searchParams.get('state'), state)
    }
  })

  test('a parameter that is there twice is refused (RFC 6749, section 3.1)', async () => {
    for (const name of [
      'response_type',
      'scope',
      'state',
      'nonce',
      'code_challenge',
      'code_challenge_method',
      'prompt',
      'max_age',
      'ui_locales',
      'login_hint',
      'response_mode',
    ]) {
      const asked = await ledger.ask({ [name]: name === 'response_type' ? 'code' : '1' })
      asked.url.searchParams.append(name, '1')
      const visit = await signedIn.open(asked.url.href)
      assert.ok(visit.at.startsWith(ledger.redirectUri), `${name}: ${visit.at}`)
      assert.equal(answerOf(visit).error, 'invalid_request', name)
      assert.equal(answerOf(visit).iss, service.origin)
    }
    const twoClients = await ledger.ask()
    twoClients.url.searchParams.append('client_id', 'far')
    assert.equal((await signedIn.request(twoClients.url.href)).status, 400)
  })

  test('the order of parameters is of no matter; without nonce and state it works too', async () => {
    const asked = await ledger.ask()
    asked.url.search = new URLSearchParams([...asked.url.searchParams].toReversed()).toString()
    asked.url.searchParams.delete('nonce')
    asked.url.searchParams.delete('state')
    assert.ok(answerOf(await signedIn.open(asked.url.href)).code)
  })

  test('parameters that smuggle are not heeded: request objects, request_uri of elsewhere, registration', async () => {
    const jwt = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"redirect_uri":"https://evil.example"}').toString('base64url')}.`
    for (const [name, value, error] of [
      ['request', jwt, 'request_not_supported'],
      ['request_uri', 'https://evil.example/object', 'request_uri_not_supported'],
      ['request_uri', 'urn:ietf:params:oauth:request_uri:guessed', 'invalid_request_uri'],
      ['registration', '{}', 'registration_not_supported'],
    ] as const) {
      const asked = await ledger.ask({ [name]: value })
      const visit = await signedIn.open(asked.url.href)
      assert.ok(visit.html.includes(error) || answerOf(visit).error === error, `${name}: ${visit.at}`)
    }
  })

  test('the authorization endpoint cannot be read from another site', async () => {
    const { url } = await ledger.ask()
    const visit = await signedIn.request(url.href, { headers: { origin: 'https://evil.example' } })
    assert.equal(visit.headers.get('access-control-allow-origin'), null)
    assert.equal(visit.headers.get('referrer-policy'), 'no-referrer')
    assert.match(visit.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
  })
})
