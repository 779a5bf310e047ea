import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decodeJwt } from 'jose'
import { texts } from '../../src/journey/errors/texts.ts'
import { everyPath } from '../../src/oidc/paths.ts'
import { removeProduct } from '../../src/operator/products/rules.ts'
import { system } from '../../src/platform/actor.ts'
import { days, hours } from '../../src/platform/clock.ts'
import { makeLog } from '../../src/platform/log/log.ts'
import type { Browser } from '../../src/testing/browser.ts'
import { testService } from '../../src/testing/world.ts'
import { answerOf, arrive, browserOf, makeParty, refreshRaw } from './party.ts'
import { makePerson, signIn } from './person.ts'

const lines: string[] = []
const service = await testService({}, makeLog({ forPeople: false, to: { write: (line) => lines.push(line) } }))
const maya = await makePerson(service, 'maya@example.com')
const ledger = await makeParty(service, 'ledger')
const third = await makeParty(service, 'third', { thirdParty: true })
const API = 'https://api.example/'
const troubles = texts.in('fr')

const resumeCookies = (browser: Browser) => [...browser.cookies.keys()].filter((key) => key.includes('resume'))
const forgetResume = (browser: Browser) => {
  for (const key of resumeCookies(browser)) browser.cookies.delete(key)
}

suite('nothing is lost on the way (B8)', () => {
  test('finishing hours later still arrives, with state, nonce and scope as they were', async () => {
    const wishes: Record<string, string>[] = [
      {},
      { prompt: 'login' },
      { prompt: 'consent', scope: 'openid offline_access' },
      { max_age: '60' },
      { max_age: '0' },
      { prompt: 'create' },
      { response_mode: 'query', ui_locales: 'en', login_hint: maya.email },
    ]
    for (const more of wishes) {
      const browser = browserOf(service)
      const asked = await ledger.ask({ ...more, state: `state of ${JSON.stringify(more)} é&=` })
      await browser.open(asked.url.href)
      const signInPage = `/sign-in?journey=${/journey=(\w+)/.exec(browser.page.at)?.[1]}`
      service.clock.advance(hours(30))
      await browser.open(signInPage)
      const back = await signIn(browser, maya)
      assert.ok(back.at.startsWith(ledger.redirectUri), `${JSON.stringify(more)}: ${back.at}`)
      const tokens = await ledger.redeem(asked, back.at)
      assert.equal(tokens.claims()?.sub, maya.id)
      assert.equal(tokens.scope, more.scope ?? 'openid profile email')
    }
  })

  test('what was asked with several APIs is asked again with all of them', async () => {
    const browser = browserOf(service)
    const asked = await ledger.ask({ resource: API })
    asked.url.searchParams.append('resource', 'https://two.example/')
    await browser.open(asked.url.href)
    service.clock.advance(hours(3))
    const back = await signIn(browser, maya)
    const tokens = await ledger.redeem(asked, back.at, { resource: API })
    assert.equal(decodeJwt(tokens.access_token).aud, API)
    const other = await refreshRaw(service, ledger, tokens.refresh_token ?? '', { resource: 'https://two.example/' })
    assert.equal(decodeJwt(String(other.body.access_token)).aud, 'https://two.example/')
  })

  test('nor by losing the cookie of the request', async () => {
    const browser = browserOf(service)
    const asked = await ledger.ask()
    await browser.open(asked.url.href)
    forgetResume(browser)
    const back = await signIn(browser, maya)
    assert.equal((await ledger.redeem(asked, back.at)).claims()?.sub, maya.id)
  })

  test('but what had to be proved anew is still asked for: losing a cookie is no way around it', async () => {
    const browser = browserOf(service)
    await arrive(browser, ledger, maya)
    service.clock.advance(hours(1))
    for (const more of [{ prompt: 'login' }, { max_age: '60' }, { prompt: 'select_account' }] as Record<
      string,
      string
    >[]) {
      const asked = await ledger.ask(more)
      await browser.open(asked.url.href)
      const resume = resumeCookies(browser).at(-1) ?? ''
      forgetResume(browser)
      const page = await browser.open(resume.split(';')[1] ?? '')
      assert.match(page.at, /^\/(sign-in|choose-account)/, JSON.stringify(more))
    }
    const asked = await third.ask()
    await browser.open(asked.url.href)
    const resume = resumeCookies(browser).at(-1) ?? ''
    forgetResume(browser)
    assert.match((await browser.open(resume.split(';')[1] ?? '')).at, /^\/consent/)
  })

  test('two products in two tabs, finished in either order', async () => {
    const browser = browserOf(service)
    const [one, two] = [await ledger.ask(), await third.ask()]
    const first = await browser.open(one.url.href)
    await browser.open(two.url.href)
    await signIn(browser, maya)
    const second = await browser.send({}, { button: 'Share and continue' })
    assert.equal((await third.redeem(two, second.at)).claims()?.sub, maya.id)
    const back = await browser.open(`/continue/${/journey=(\w+)/.exec(first.at)?.[1]}`)
    assert.equal((await ledger.redeem(one, back.at)).claims()?.sub, maya.id)
  })

  test('going back in the browser, and signing in once more', async () => {
    const browser = browserOf(service)
    const asked = await ledger.ask()
    const page = await browser.open(asked.url.href)
    assert.ok(answerOf(await signIn(browser, maya)).code)
    browser.page = page
    assert.equal((await ledger.redeem(asked, (await signIn(browser, maya)).at)).claims()?.sub, maya.id)
  })
})

suite('and where it cannot go on, a page says so, in the person’s language, with a way on (Z7)', () => {
  const french = () => browserOf(service, { 'accept-language': 'fr' })
  const isPage = ({ html, headers, status }: Browser['page'], expected: number) => {
    assert.equal(status, expected)
    assert.match(headers.get('content-type') ?? '', /^text\/html/)
    assert.match(html, /<html lang="fr"/)
    assert.match(html, /<a class="button[^"]*" href="\/|<form[^>]*action="\//, 'a way on')
    assert.doesNotMatch(html, /oops|Error:|\bat \w+ \(/)
  }

  test('the journey of another browser', async () => {
    const mine = browserOf(service)
    await mine.open((await ledger.ask()).url.href)
    const other = french()
    isPage(await other.open(mine.page.at), 400)
    isPage(await other.open(`/continue/${/journey=(\w+)/.exec(mine.page.at)?.[1]}`), 400)
    await signIn(mine, maya)
  })

  test('a journey older than a sign-up may be', async () => {
    const browser = french()
    await browser.open((await ledger.ask()).url.href)
    service.clock.advance(days(8))
    isPage(await browser.open(browser.page.at), 400)
  })

  test('a request that was answered, or was never made', async () => {
    const browser = french()
    isPage(await browser.open('/oidc/authorize/unknown'), 400)
    const device = await browser.open('/device/unknown')
    isPage(device, 200)
    assert.equal(device.at, '/device', 'where the code can be typed')
  })

  test('a product that is removed while a person signs in', async () => {
    const gone = await makeParty(service, 'gone')
    const browser = french()
    await browser.open((await gone.ask()).url.href)
    await removeProduct(service, 'gone', system)
    const page = browser.page
    assert.equal((await browser.open(page.at)).status, 200, 'the sign-in page still works')
    isPage(await browser.send({ email: maya.email, password: maya.password }), 400)
    isPage(await browser.open((await gone.ask()).url.href), 400)
    assert.equal((await browser.open('/account')).status, 200, 'and the person is signed in')
  })

  test('unknown clients, paths and methods', async () => {
    for (const path of [
      '/oidc/authorize',
      '/oidc/authorize?client_id=nobody',
      '/oidc/authorize?client_id=%00',
      '/oidc/authorize?client_id[]=x',
      `/oidc/authorize?client_id=${'x'.repeat(3_000)}`,
    ]) {
      const page = await french().open(path)
      isPage(page, 400)
      assert.ok(page.html.includes(troubles('request.title')), 'in words of that language')
    }
    for (const path of [
      '/oidc/nothing',
      '/oidc/',
      '/oidc/token',
      '/device/a/b/c',
      '/.well-known/openid-configuration/x',
    ])
      isPage(await french().open(path), 404)
  })

  test('characters that no request has', async () => {
    for (const more of [
      { state: 'a\u0000b' },
      { nonce: '\u0000' },
      { login_hint: '\u0000' },
      { ui_locales: '\u0000' },
    ] as Record<string, string>[]) {
      const visit = await french().open((await ledger.ask(more)).url.href)
      assert.ok(
        visit.status === 400 || answerOf(visit).error === 'invalid_request',
        `${JSON.stringify(more)}: ${visit.status} ${visit.at}`,
      )
    }
    for (const path of [
      '/oidc/sign-out?client_id=%00',
      '/device?user_code=%00',
      '/oidc/authorize/%00',
      '/oidc/authorize/%ff',
    ])
      assert.ok((await french().open(path)).status < 500, path)
  })

  test('X12: the character NUL in any address of the protocol is refused with a page, and is no fault of ours', async () => {
    const signedIn = browserOf(service)
    await arrive(signedIn, ledger, maya)
    const before = lines.length
    for (const path of [...everyPath, '/oidc/%00', '/device/%00'])
      for (const more of ['?state=%00', '?user_code=a%00b', '?x=%00', '?%00=1']) {
        for (const browser of [french(), signedIn]) {
          const visit = await browser.request(path + more, { headers: { 'accept-language': 'fr' } })
          isPage(visit, 400)
          assert.ok(visit.headers.get('x-request-id'), path + more)
        }
        const { status, headers } = await fetch(service.base + path + more, { method: 'POST' })
        assert.deepEqual([status, headers.get('content-type')?.split(';')[0]], [400, 'application/json'], path + more)
      }
    const faults = lines.slice(before).filter((line) => JSON.parse(line).level >= 50)
    assert.deepEqual(faults, [])
  })

  test('a fault of ours is a page with a number, without its inside', async () => {
    const asked = await ledger.ask()
    const { db } = service
    await db.schema.alterTable('journeys').renameTo('journeys_away').execute()
    const visit = await french()
      .open(asked.url.href)
      .finally(() => db.schema.alterTable('journeys_away').renameTo('journeys').execute())
    isPage(visit, 500)
    assert.match(visit.html, /req_\w+/, 'by which it can be found in the log')
    assert.doesNotMatch(visit.html, /journeys|relation/)
  })
})
