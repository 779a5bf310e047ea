import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { sql } from 'kysely'
import * as oidc from 'openid-client'
import { testService } from '../../src/testing/world.ts'
import {
  answerOf,
  arrive,
  browserOf,
  makeParty,
  makePublicParty,
  opens,
  post,
  redeemRaw,
  refreshRaw,
  tokensFor,
} from './party.ts'
import { makePerson, signIn } from './person.ts'

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'
const service = await testService()
const maya = await makePerson(service, 'maya@example.com')
const spa = await makePublicParty(service, 'spa', { grants: ['authorization_code', 'refresh_token', DEVICE] })
const ledger = await makeParty(service, 'ledger')

/** Every string that stands in the database, whole and in its parts, of a length that could be a secret's. */
async function everythingStored(): Promise<string[]> {
  const tables = await sql<{
    name: string
  }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(service.db)
  const found = new Set<string>()
  const take = (value: unknown): void => {
    if (typeof value === 'string') {
      for (const one of [value, ...value.split(/[^\w.~-]+/), ...value.split(/[^\w-]+/)])
        if (one.length >= 16 && one.length < 4_000) found.add(one)
    } else if (value && typeof value === 'object')
      for (const [key, one] of Object.entries(value)) [key, one].forEach(take)
  }
  for (const { name } of tables.rows)
    for (const row of (await sql`select * from ${sql.table(name)}`.execute(service.db)).rows) take(row)
  return [...found]
}

suite('a copy of the database opens nothing (Z5; ASVS 5.0, 13.3)', () => {
  test('whatever stands in it is no session, no token, no code', async () => {
    // Everything there can be at one moment: sessions, tokens, codes, requests under way, a device between two pages.
    const browser = browserOf(service)
    const { refresh_token: refreshToken = '', access_token: accessToken } = await tokensFor(browser, spa, maya)
    await tokensFor(browser, ledger, maya, { scope: 'openid offline_access', prompt: 'consent' })
    const waiting = await arrive(browser, spa, maya)
    const { verifier } = waiting.asked
    const { url } = await spa.ask()
    await post(service, '/oidc/par', Object.fromEntries(url.searchParams))
    const device = await oidc.initiateDeviceAuthorization(spa.config, { scope: 'openid' })
    const atDevice = browserOf(service)
    await atDevice.open('/device')
    await atDevice.send({ user_code: device.user_code })
    await atDevice.send({}, { button: 'Connect' })
    const answered = browserOf(service)
    await answered.open((await spa.ask()).url.href)
    await answered.send({ email: maya.email, password: maya.password }, { button: 'Sign in', follow: false })
    const toProduct = await answered.request(answered.page.headers.get('location') ?? '')
    assert.match(toProduct.headers.get('location') ?? '', /\/oidc\/authorize\//, 'answered, and on the way back')

    const stored = await everythingStored()
    assert.ok(stored.length > 100, `${stored.length} values`)
    for (const secret of [
      refreshToken,
      accessToken,
      answerOf(waiting.visit).code ?? '',
      device.device_code,
      device.user_code,
      ...browser.cookies.values(),
      ...atDevice.cookies.values(),
      maya.password,
    ])
      assert.ok(!stored.includes(secret), 'none of the secrets is among them')

    const withCookie = async (path: string, cookie: string) => {
      const response = await fetch(service.base + path, {
        redirect: 'manual',
        headers: { cookie, accept: 'text/html' },
      })
      return `${response.status} ${response.headers.get('location')} ${(await response.text()).slice(0, 2_000)}`
    }
    const silent = (await spa.ask({ prompt: 'none' })).url
    const tries: ((value: string) => Promise<boolean>)[] = [
      async (value) => /^200/.test(await withCookie('/account', `passerelle-session=${value}`)),
      async (value) =>
        /[?&]code=/.test(await withCookie(silent.pathname + silent.search, `passerelle-session=${value}`)),
      async (value) => /[?&]code=/.test(await withCookie(`/oidc/authorize/${value}`, `passerelle-resume=${value}`)),
      async (value) => /is connected/.test(await withCookie(`/device/${value}`, `passerelle-resume=${value}`)),
      async (value) =>
        /^(200|303 \/(continue|sign-in\?))/.test(await withCookie(`/continue/${value}`, `passerelle-browser=${value}`)),
      (value) => opens(service, value),
      async (value) => (await refreshRaw(service, spa, value)).status === 200,
      async (value) => (await redeemRaw(service, spa, value, verifier)).status === 200,
      async (value) => {
        const { status, body } = await post(service, '/oidc/token', {
          grant_type: DEVICE,
          client_id: 'spa',
          device_code: value,
        })
        return status === 200 || body.error === 'authorization_pending' // which is to say: found
      },
      async (value) =>
        (
          await post(service, '/oidc/token', {
            grant_type: 'client_credentials',
            client_id: 'ledger',
            client_secret: value,
          })
        ).status === 200,
    ]
    const pushed = new URLSearchParams({ client_id: 'spa' })
    // The store's own name for a record it has no value of is tried as well, as it stands there and made up.
    const handles = stored.flatMap((value) =>
      /^handle /.test(value) ? [value, value.slice(7)] : value.split('.').length === 3 ? [`handle ${value}`] : [],
    )
    const candidates = [...stored, ...handles].filter((it) => /^(handle )?[\w.~-]+$/.test(it) && !/^[a-z_.]+$/.test(it))
    for (const value of candidates) {
      const worked = await Promise.all(tries.map((works) => works(value)))
      assert.ok(!worked.includes(true), `try ${worked.indexOf(true)} with ${value.slice(0, 80)}`)
      pushed.set('request_uri', `urn:ietf:params:oauth:request_uri:${value}`)
      assert.doesNotMatch(await withCookie(`/oidc/authorize?${pushed}`, 'none=1'), /^303/)
    }

    assert.ok(await opens(service, accessToken), 'and the owners of the real ones have noticed nothing')
    assert.equal((await refreshRaw(service, spa, refreshToken)).status, 200)
    assert.equal((await redeemRaw(service, spa, answerOf(waiting.visit).code ?? '', verifier)).status, 200)
    assert.match((await signIn(atDevice, maya)).html, /is connected/)
    assert.equal(
      (await post(service, '/oidc/token', { grant_type: DEVICE, client_id: 'spa', device_code: device.device_code }))
        .status,
      200,
    )
  })
})
