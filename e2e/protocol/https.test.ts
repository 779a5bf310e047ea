import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testService } from '../../src/testing/world.ts'
import { browserOf, makeParty, opens } from './party.ts'
import { makePerson, signIn } from './person.ts'

const service = await testService({
  PASSERELLE_URL: 'https://account.example.com',
  PASSERELLE_MODE: 'production',
  SMTP_URL: 'smtp://localhost',
  PASSERELLE_TRUSTED_PROXIES: '127.0.0.1',
})
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger', {
  redirectUris: ['https://ledger.example/cb'],
  postLogoutRedirectUris: ['https://ledger.example/'],
})

/** Every cookie that is set on the way of a sign-in, as its line stood. */
async function cookiesOfSignIn(): Promise<string[]> {
  const browser = browserOf(service)
  const lines: string[] = []
  const { request } = browser
  const follow = async (address: string, init?: RequestInit): Promise<void> => {
    const visit = await request(address, init)
    lines.push(...visit.headers.getSetCookie())
    const to = visit.headers.get('location')
    if (to && new URL(to, service.origin).origin === service.origin) return follow(to)
    browser.page = visit
  }
  const asked = await ledger.ask()
  await follow(asked.url.href)
  const sent = await browser.send({ email: maya.email, password: maya.password }, { button: 'Sign in', follow: false })
  lines.push(...sent.headers.getSetCookie())
  await follow(sent.headers.get('location') ?? '')
  const tokens = await ledger.redeem(asked, browser.page.headers.get('location') ?? '')
  assert.ok(await opens(service, tokens.access_token))
  return lines
}

suite('behind a proxy that speaks https', () => {
  test('cookies are for this host alone, over https alone, out of reach of scripts (Z4; ASVS 5.0, 3.3)', async () => {
    const lines = await cookiesOfSignIn()
    const names = new Set(lines.map((line) => line.split('=')[0]))
    for (const name of [
      '__Host-passerelle-session',
      '__Host-passerelle-browser',
      '__Secure-passerelle-resume',
      '__Secure-passerelle-interaction',
    ])
      assert.ok(names.has(name), `${name} among ${[...names].join(' ')}`)
    for (const line of lines) {
      assert.match(line, /; *secure/i, line)
      assert.match(line, /; *httponly/i, line)
      assert.match(line, /; *samesite=lax/i, line)
      assert.doesNotMatch(line, /; *domain=/i, line)
      assert.ok(line.length < 4_096)
      if (line.startsWith('__Host-')) assert.match(line, /; *path=\/(;|$)/i, line)
    }
    const session = lines.filter((line) => line.startsWith('__Host-passerelle-session='))
    assert.equal(
      new Set(session.map((line) => line.split(';')[0])).size,
      1,
      'one secret from the sign-in to the product',
    )
  })

  test('addresses come from PASSERELLE_URL, whatever the proxy or anybody else says of the host', async () => {
    const read = async (headers: Record<string, string>) =>
      (await fetch(`${service.base}/.well-known/openid-configuration`, { headers })).text()
    const right = await read({})
    const lies: Record<string, string>[] = [
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', 'x-forwarded-port': '1' },
      { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example' },
      { forwarded: 'for=203.0.113.9;host=evil.example;proto=http' },
      { 'x-original-host': 'evil.example', 'x-forwarded-server': 'evil.example', 'x-forwarded-prefix': '/evil' },
    ]
    for (const headers of lies) assert.equal(await read(headers), right, JSON.stringify(headers))
  })

  test('what is said of the service is https, and only asked over it', async () => {
    const response = await fetch(`${service.base}/.well-known/openid-configuration`)
    const found: Record<string, unknown> = await response.json()
    for (const [name, value] of Object.entries(found))
      if (/_endpoint$|_uri$|^issuer$/.test(name) && typeof value === 'string')
        assert.ok(value.startsWith('https://account.example.com'), name)
    assert.match(response.headers.get('strict-transport-security') ?? '', /max-age=63072000/)
  })

  test('the secret of a session changes when the person signs in, and an old one is worth nothing', async () => {
    const browser = browserOf(service)
    await browser.open((await ledger.ask()).url.href)
    browser.cookies.set('__Host-passerelle-session', 'a-secret-somebody-else-has-planted-0123456789')
    await signIn(browser, maya)
    const first = browser.cookies.get('__Host-passerelle-session')
    assert.notEqual(first, 'a-secret-somebody-else-has-planted-0123456789')
    await browser.open((await ledger.ask({ prompt: 'login' })).url.href)
    await signIn(browser, maya)
    assert.notEqual(browser.cookies.get('__Host-passerelle-session'), first)
    const thief = browserOf(service)
    thief.cookies.set('__Host-passerelle-session', first ?? '')
    assert.match((await thief.open((await ledger.ask({ prompt: 'none' })).url.href)).at, /login_required/)
  })
})
