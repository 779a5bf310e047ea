/** X20: a request that no page of ours makes changes nothing; looking changes nothing. */
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pages } from '../../src/app.ts'
import { formsOf } from '../../src/testing/browser.ts'
import { dumpOf } from '../../src/testing/dump.ts'
import { PASSWORD, productRequest, somebody } from '../../src/testing/people.ts'
import { testService } from '../../src/testing/world.ts'

const service = await testService()
const routes = pages(service, service.app.protocol).routes
const posts = [...new Set(routes.filter(({ method }) => method === 'POST').map(({ path }) => path))]
const gets = [
  ...new Set(routes.filter(({ method, path }) => method === 'GET' && !path.includes(':')).map(({ path }) => path)),
]
// An idle time starts again by being used.
const unstable = ['sessions']

test('no page is answered by two slices: their order is for people who read it', () => {
  const answered = routes.filter(({ method }) => method !== 'ALL')
  const twice = answered.flatMap(({ method, path }, n) => {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`)
    const others = answered.filter((other, at) => at !== n && other.method === method && pattern.test(other.path))
    return others.map((other) => `${method} ${path} ${other.path}`)
  })
  assert.ok(answered.length > 80)
  assert.deepEqual(twice, [])
})

suite('forms', () => {
  test('there are forms, and every one is refused from elsewhere, unproved or of another kind', async () => {
    assert.ok(posts.length >= 9, String(posts))
    const marie = await somebody(service)
    await marie.open(await productRequest(service, 'ledger'))
    const csrf = formsOf(marie.page.html)[0]?.hidden.csrf ?? ''
    await marie.open('/account')
    const proof = formsOf(marie.page.html)[0]?.hidden.csrf ?? csrf
    const fields = {
      email: 'new@exemple.ca',
      password: PASSWORD,
      'first-name': 'N',
      'last-name': 'N',
      code: '123456',
      decision: 'allow',
    }
    const form = (more: Record<string, string>) => new URLSearchParams({ ...fields, ...more })
    const own = { 'sec-fetch-site': 'same-origin' }
    const refused: Record<string, RequestInit> = {
      'another site': {
        headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
        body: form({ csrf: proof }),
      },
      'a neighbour': { headers: { 'sec-fetch-site': 'same-site' }, body: form({ csrf: proof }) },
      'no word of where from': { headers: {}, body: form({ csrf: proof }) },
      'an old browser elsewhere': { headers: { origin: 'https://evil.example' }, body: form({ csrf: proof }) },
      'another origin by name': { headers: { ...own, origin: 'https://evil.example' }, body: form({ csrf: proof }) },
      'another site without a name': {
        headers: { 'sec-fetch-site': 'cross-site', origin: 'null' },
        body: form({ csrf: proof }),
      },
      'no proof': { headers: own, body: form({}) },
      'an old browser without proof': { headers: { origin: 'null' }, body: form({}) },
      'a proof of another browser': {
        headers: own,
        body: form({ csrf: service.keyring.mark('somebody else', 'csrf') }),
      },
      JSON: {
        headers: { ...own, 'content-type': 'application/json' },
        body: JSON.stringify({ ...fields, csrf: proof }),
      },
      'plain text': { headers: { ...own, 'content-type': 'text/plain' }, body: `csrf=${proof}` },
    }
    const before = await dumpOf(service.db, unstable)
    for (const path of posts)
      for (const [what, init] of Object.entries(refused)) {
        const visit = await marie.request(path, { method: 'POST', ...init })
        assert.equal(visit.status, 403, `${what} to ${path}`)
        assert.match(visit.html, /<h1>/)
      }
    assert.equal(await dumpOf(service.db, unstable), before)
    assert.ok((await marie.request('/account')).status === 200, 'still signed in')
  })
  test('a browser that knows no Fetch Metadata gets in with a form of ours: no page of ours tells it an origin', async () => {
    for (const headers of [{ origin: 'null' }, { origin: service.origin }]) {
      const marie = await somebody(service, `safari-${headers.origin.length}@exemple.ca`)
      await marie.open('/account')
      const csrf = formsOf(marie.page.html)[0]?.hidden.csrf ?? ''
      const visit = await marie.request('/sign-out', { method: 'POST', headers, body: new URLSearchParams({ csrf }) })
      assert.equal(visit.status, 303, headers.origin)
      assert.notEqual((await marie.request('/account')).status, 200, 'signed out')
    }
  })
  test('looking at any page, signed in or not, changes nothing', async () => {
    assert.ok(gets.length >= 10)
    for (const browser of [service.browser(), await somebody(service, 'ada@exemple.ca')]) {
      const before = await dumpOf(service.db, unstable)
      for (const path of gets) for (const method of ['GET', 'HEAD']) await browser.request(path, { method })
      assert.equal(await dumpOf(service.db, unstable), before)
    }
  })
  test('X12: the character NUL in an address, in a field or in its name is a page with a way on, and changes nothing', async () => {
    const marie = await somebody(service, 'nul@exemple.ca')
    await marie.open('/account')
    const { csrf = '' } = formsOf(marie.page.html)[0]?.hidden ?? {}
    const own = { 'sec-fetch-site': 'same-origin' }
    const before = await dumpOf(service.db, unstable)
    for (const path of posts)
      for (const more of ['way=%00', 'email=a%00b@exemple.ca', 'password=%00', 'new%00=1']) {
        const body = new URLSearchParams(`csrf=${csrf}&${more}`)
        const visit = await marie.request(path.replace(/:\w+/, 'x'), { method: 'POST', headers: own, body })
        assert.deepEqual([visit.status, more], [422, more], path)
        assert.match(visit.html, /We could not read that.*href="\//s, path)
      }
    for (const path of gets)
      for (const more of ['?journey=%00', '?x=1&link=a%00', '?%00=1']) {
        const visit = await marie.request(path + more)
        assert.equal(visit.status, 422, path + more)
        assert.match(visit.html, /href="\/account"/)
      }
    for (const path of ['/continue/%00', '/%00', '/sign-in%00']) assert.equal((await marie.request(path)).status, 422)
    assert.equal(await dumpOf(service.db, unstable), before)
  })
  test('a form larger than any of ours is refused, and what is doubled or strange does no harm', async () => {
    const browser = service.browser()
    await browser.open('/sign-in')
    const { csrf = '' } = formsOf(browser.page.html)[0]?.hidden ?? {}
    const post = (body: string) =>
      browser.request('/sign-in', {
        method: 'POST',
        body,
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      })
    assert.equal((await post(`csrf=${csrf}&email=${'a'.repeat(70_000)}`)).status, 413)
    const strange = [
      'email=a@x.ca&email=b@x.ca&password=x',
      'email[]=a@x.ca&password[]=x',
      '__proto__=1&constructor=2',
      '%00=%00',
      '%ff%fe',
      '&&&=',
    ]
    for (const body of strange) assert.equal((await post(`csrf=${csrf}&${body}`)).status, 422, body)
  })
})
