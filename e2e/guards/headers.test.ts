/** X19: the headers of every answer, and one origin whatever a request says. */
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { suite, test } from 'node:test'
import { pages } from '../../src/app.ts'
import { formsOf } from '../../src/testing/browser.ts'
import { PASSWORD, productRequest } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'

const service = await testService()
const paths = [
  ...new Set(
    pages(service, service.app.protocol)
      .routes.filter(({ method }) => method === 'GET')
      .map(({ path }) => path),
  ),
  '/no-such-page',
  '/.well-known/openid-configuration',
  '/oidc/jwks',
  '/oidc/authorize',
  '/device',
  '/health/live',
  '/metrics',
]

suite('headers', () => {
  test('every answer is closed to frames, to other sites, to caches, and says no more than it must', async () => {
    const browser = service.browser()
    for (const path of paths.filter((it) => !it.includes('*'))) {
      const { headers } = await browser.request(path)
      const policy = headers.get('content-security-policy') ?? ''
      for (const part of [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "script-src 'self'",
        "style-src 'self'",
      ])
        assert.ok(policy.includes(part), `${path}: ${policy}`)
      assert.doesNotMatch(policy, /unsafe|\*/, path)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
      assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', path)
      assert.match(headers.get('cache-control') ?? '', /no-store/, path)
      assert.equal(headers.get('server'), null)
      assert.equal(headers.get('x-powered-by'), null)
      for (const line of headers.getSetCookie()) assert.match(line, /; path=\/.*; httponly/i, `${path}: ${line}`)
    }
  })
  test('a stylesheet may be kept for good, and comes compressed', async () => {
    const { headers } = await service
      .browser()
      .request(service.assets.cssPath, { headers: { 'accept-encoding': 'gzip' } })
    assert.match(headers.get('cache-control') ?? '', /immutable/)
    assert.equal(headers.get('content-encoding'), 'gzip')
  })
  test('the way to a product is open where a form may lead there, and only there', async () => {
    const browser = service.browser()
    const { headers } = await browser.open(await productRequest(service, 'ledger'))
    assert.match(headers.get('content-security-policy') ?? '', /form-action 'self' https: http:\/\/localhost:4000;/)
    const plain = await browser.open('/sign-in')
    assert.match(plain.headers.get('content-security-policy') ?? '', /form-action 'self';/)
  })
})

suite('one origin', () => {
  const forged: Record<string, string>[] = [
    { host: 'evil.example' },
    { host: 'localhost:3000@evil.example' },
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-proto': 'ftp', 'x-forwarded-port': '666' },
    { forwarded: 'for=1.2.3.4;host=evil.example;proto=http' },
    { 'x-original-host': 'evil.example', 'x-host': 'evil.example', 'x-original-url': '//evil.example' },
    { referer: 'https://evil.example/' },
  ]
  const get = (path: string, headers: Record<string, string>) =>
    new Promise<string>((resolve, reject) => {
      const call = request(service.base + path, { headers }, (answer) => {
        let text = JSON.stringify(answer.headers)
        answer.on('data', (chunk) => (text += chunk))
        answer.on('end', () => resolve(text))
      })
      call.on('error', reject)
      call.end()
    })
  test('no header changes a byte of what is said of ourselves', async () => {
    for (const path of ['/.well-known/openid-configuration', '/sign-in', '/oidc/authorize?client_id=x', '/account'])
      for (const headers of forged)
        assert.doesNotMatch(await get(path, headers), /evil/, `${path} with ${JSON.stringify(headers)}`)
  })
  test('the links of letters are built from the settings alone', async () => {
    for (const [at, { host: _host, ...headers }] of forged.entries()) {
      const browser = service.browser()
      await browser.open('/sign-up')
      const email = `a${at}@exemple.ca`
      const typed = { email, 'first-name': 'A', 'last-name': 'B', password: PASSWORD }
      const body = new URLSearchParams({ ...formsOf(browser.page.html)[0]?.hidden, ...typed })
      const sent = await browser.request('/sign-up', {
        method: 'POST',
        body,
        headers: { 'sec-fetch-site': 'same-origin', ...headers },
      })
      assert.equal(sent.status, 303)
      await service.post()
      const { link, html, text } = service.box.newest(email)
      assert.ok(link?.startsWith('http://localhost:3000/verify?link='))
      assert.doesNotMatch(html + text, /evil/)
    }
  })
})
