/** X1, X12: whatever stands in a field, a parameter, a path or a header, no request holds the thread that serves all, and none is a fault. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pages } from '../../src/app.ts'
import { routes } from '../../src/oidc/paths.ts'
import { nastyTexts, type Sent, wrongWith } from '../../src/testing/nasty.ts'
import { PASSWORD } from '../../src/testing/people.ts'
import { tried } from '../../src/testing/repeated.ts'
import { testProduct, testService } from '../../src/testing/world.ts'
import { urls } from '../../src/urls.ts'
import { everyForm, senders } from './every-form.ts'

const service = await testService({
  PASSERELLE_NETWORK_TRIES: '100000',
  PASSERELLE_NETWORK_REQUESTS: '1000000',
  PASSERELLE_CHALLENGE_NETWORK: '1000000',
  PASSERELLE_CHALLENGE_SERVICE: '1000000',
  PASSERELLE_CHALLENGE_STUFFING: '1000000',
})
const secret = (await testProduct(service, 'ledger')) ?? ''
const from = senders(service)
const forms = everyForm()

/** A form of ours may have 64 KiB in all, one of the protocol 56. */
const inAForm = (path: string): number => (path.startsWith(urls.device) || path.startsWith('/oidc/') ? 50 : 60) * 1_024
/** The head of a request may have 16 KiB. */
const IN_A_HEAD = 12 * 1_024

const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }

/** A text in a body, encoded no more than it has to be: three bytes for one would be a third of the text. */
const raw = (text: string): string => text.replace(/[%&+#]/g, encodeURIComponent)
/** The same in an address. */
const inAddress = (text: string): string => encodeURI(text).replace(/[&+#?]/g, encodeURIComponent)

/** What else stands in a form, so that the field in question is read. */
const usual = () => ({
  email: from.address(),
  password: PASSWORD,
  'first-name': 'Marie',
  'last-name': 'Tremblay',
  'current-password': PASSWORD,
  'new-password': 'quatre mots tout neufs',
  'confirm-password': 'quatre mots tout neufs',
  reach: 'marie@exemple.ca',
  code: '123456',
})

/** Sends a form with `text` in one of its fields. */
async function post(path: string, field: string, text: string) {
  const { browser, query, csrf } = await from.of(path)
  const names = ['csrf', ...(forms.get(path) ?? [])]
  const others = Object.entries({ ...usual(), csrf, here: path }).filter(([name]) => name !== field)
  const given = new URLSearchParams(others.filter(([name]) => names.includes(name)))
  const body = `${given}&${encodeURIComponent(field)}=${raw(text)}`
  const visit = await browser.request(`${path}?${query}`, { method: 'POST', headers: own, body })
  if (path === urls.signOut || visit.headers.get('location')?.startsWith(urls.signIn)) from.lost(path)
  return visit
}

/** What the frame of every page puts into its form, or one reader reads wherever it stands: once is enough. */
const SHARED = ['csrf', 'here', 'challenge', 'proof', 'asked', 'answer', 'offer', 'link']

function* everyField(): Generator<[path: string, field: string]> {
  const seen = new Set<string>()
  for (const [path, fields] of forms)
    for (const field of fields) {
      if (!SHARED.includes(field) || !seen.has(field)) yield [path, field]
      seen.add(field)
    }
}

suite('X1: no request holds the thread that serves all', () => {
  test('every form that there is is looked at', () => {
    const posts = pages(service, service.app.protocol).routes.filter(({ method }) => method === 'POST')
    assert.deepEqual(
      posts.map(({ path }) => path).filter((path) => !forms.has(path)),
      [],
    )
    assert.ok([...everyField()].length > 50)
  })

  test('whatever stands in a field of a form', async () => {
    async function* requests(): AsyncGenerator<[string, Sent]> {
      for (const [at, [path, field]] of [...everyField()].entries())
        for (const [kind, text] of tried(nastyTexts(inAForm(path), raw), at)) {
          await from.of(path) // whoever has lost their place is there again
          yield [`${kind} in ${field} of ${path}`, () => post(path, field, text)]
        }
    }
    assert.deepEqual(await wrongWith(requests()), [])
  })

  test('whatever stands in a parameter of the protocol', async () => {
    const basic = `Basic ${Buffer.from(`ledger:${secret}`).toString('base64')}`
    const request = {
      response_type: 'code',
      client_id: 'ledger',
      redirect_uri: 'http://localhost:4000/ledger/callback',
      scope: 'openid',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    }
    const asked = { ...request, state: '', nonce: '', prompt: '', max_age: '', ui_locales: '', login_hint: '' }
    const more = { id_token_hint: '', acr_values: '', claims: '', resource: '', response_mode: '', request: '' }
    const code = { grant_type: 'authorization_code', code: '', redirect_uri: '', code_verifier: '', resource: '' }
    const endpoints: [string, Record<string, string>][] = [
      [routes.pushed_authorization_request, { ...asked, ...more, request_uri: '', dpop_jkt: '' }],
      [routes.token, code],
      [routes.token, { grant_type: 'refresh_token', refresh_token: '', scope: '' }],
      [routes.token, { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: '' }],
      [routes.token, { grant_type: 'client_credentials', client_assertion: '', client_assertion_type: '' }],
      [routes.device_authorization, { client_id: 'ledger', scope: 'openid' }],
      [routes.introspection, { token: '', token_type_hint: '' }],
      [routes.revocation, { token: '', token_type_hint: '' }],
      [routes.end_session, { id_token_hint: '', post_logout_redirect_uri: '', state: '', logout_hint: '', xsrf: '' }],
      [routes.authorization, { ...asked, ...more }],
    ]
    const headers = { 'content-type': own['content-type'], authorization: basic }
    const browser = service.browser()
    async function* requests(): AsyncGenerator<[string, Sent]> {
      for (const [path, parameters] of endpoints)
        for (const [at, name] of Object.keys(parameters).entries()) {
          const others = new URLSearchParams(Object.entries(parameters).filter(([it, value]) => it !== name && value))
          const isPage = path === routes.authorization || path === routes.end_session
          const texts = isPage ? nastyTexts(IN_A_HEAD, inAddress) : nastyTexts(inAForm(path), raw)
          for (const [kind, text] of tried(texts, at)) {
            const what = `${kind} in ${name} of ${path}`
            if (isPage) yield [what, () => browser.request(`${path}?${others}&${name}=${inAddress(text)}`)]
            else
              yield [
                what,
                () => browser.request(path, { method: 'POST', headers, body: `${others}&${name}=${raw(text)}` }),
              ]
          }
        }
    }
    assert.deepEqual(await wrongWith(requests()), [])
  })

  test('whatever stands in a path, a query or a header', async () => {
    const browser = service.browser()
    const paths = ['/', '/continue/', '/oidc/authorize/', '/device/', '/assets/', '/api/v1/accounts/', '/.well-known/']
    const queries = ['journey', 'letter', 'link', 'to', 'way', 'done'].map((name) => `${urls.signIn}?${name}=`)
    const names = [
      'accept-language',
      'user-agent',
      'cookie',
      'x-forwarded-for',
      'forwarded',
      'authorization',
      'dpop',
      'accept',
    ]
    async function* requests(): AsyncGenerator<[string, Sent]> {
      for (const [at, path] of [...paths, ...queries].entries())
        for (const [kind, text] of tried(nastyTexts(IN_A_HEAD, inAddress), at))
          yield [`${kind} in ${path}`, () => browser.request(path + inAddress(text))]
      for (const [at, name] of names.entries())
        for (const [kind, text] of tried(nastyTexts(IN_A_HEAD), at))
          for (const path of [urls.signIn, routes.userinfo]) {
            const headers = {
              [name]: Buffer.from(text)
                .toString('latin1')
                .replace(/[\r\n]/g, ''),
            }
            yield [`${kind} in ${name} of ${path}`, () => browser.request(path, { headers })]
          }
    }
    assert.deepEqual(await wrongWith(requests()), [])
  })
})

test('X1: a password too long to be one costs and looks like a wrong one', async () => {
  const answers = []
  for (const password of ['quatre mots tout faux', `a${'\u0327\u0301'.repeat(12_000)}`, 'a'.repeat(60_000)]) {
    const { status, html } = await post(urls.signIn, 'password', password)
    answers.push([status, /role="alert".*?<\/div>/s.exec(html)?.[0]])
  }
  assert.match(String(answers[0]), /^422,.*do not go together/)
  assert.deepEqual(answers[1], answers[0])
  assert.deepEqual(answers[2], answers[0])
})

test('X12: the character NUL in any field of any form is refused, whatever the database', async () => {
  for (const [path, field] of everyField()) {
    const { status } = await post(path, field, 'a\0b')
    const expected = field === 'csrf' ? [403] : path === urls.device ? [303, 400, 403, 422] : [422]
    assert.ok(expected.includes(status), `${field} of ${path}: ${status}`)
  }
})
