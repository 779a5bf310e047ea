/** A service, a stranger and a thief with an account, who put a marked text into every header and every field. */
import assert from 'node:assert/strict'
import { hours, minutes, seconds } from '../../../src/platform/clock.ts'
import { makeLog } from '../../../src/platform/log/log.ts'
import { setUpApp } from '../../../src/testing/apps.ts'
import { type Browser, formsOf, makeBrowser } from '../../../src/testing/browser.ts'
import { PASSWORD, productRequest } from '../../../src/testing/people.ts'
import { testService } from '../../../src/testing/world.ts'
import { urls } from '../../../src/urls.ts'

export const VICTIM = 'marie@exemple.ca'
export const THIEF = 'mallory@ailleurs.example'

const mark = (place: string): string => `zq-${place}-qz`
/** With what a mail program would make a link of, and what a terminal would obey. */
const marked = (place: string): string => `${mark(place)} www.stop-the-thief.example \u009b31m`

export const lines: string[] = []
export const service = await testService(
  { PASSERELLE_TRUSTED_PROXIES: '127.0.0.1' },
  makeLog({ forPeople: false, to: { write: (line) => lines.push(line) } }),
)
const { box, clock, post } = service

const headersFrom = (address: string) => ({
  'user-agent': `${marked('user-agent')}/9 x`,
  'accept-language': mark('accept-language'),
  referer: `http://localhost:3000/${mark('referer')}`,
  'x-forwarded-for': `${mark('x-forwarded-for')}, ${address}:51234`,
  forwarded: `for="${mark('forwarded')}";host=${mark('forwarded-host')}, for="${address}:51234";host=${mark('forwarded-host')}`,
  ...Object.fromEntries(
    [
      'x-request-id',
      'x-forwarded-host',
      'x-real-ip',
      'x-correlation-id',
      'traceparent',
      'via',
      'from',
      'origin-agent-cluster',
    ].map((name) => [name, mark(name)]),
  ),
  'sec-ch-ua': `"${mark('sec-ch-ua')}";v="1"`,
})
/** Each at an address of its own, which its proxy says with a port (X14). */
let browsers = 0
const thiefAt = (): Browser => makeBrowser(service.origin, service.base, headersFrom(`203.0.113.${++browsers}`))

/** Sends every form of the page with every field marked, those that are unseen as well. */
async function sendEverythingMarked(browser: Browser): Promise<void> {
  for (const { action, hidden, html } of formsOf(browser.page.html)) {
    if (/sign-out|two-step/.test(action)) continue
    const names = [...html.matchAll(/ name="([^"]*)"/g)].map(([, name = '']) => name)
    const free = names.filter((name) => !['csrf'].includes(name))
    for (const body of [free, free.filter((name) => !(name in hidden))].map((some) => ({
      ...hidden,
      ...Object.fromEntries(some.map((name) => [name, marked(`field-${name.replaceAll(/[^a-z]/g, '')}`)])),
    })))
      await browser.request(action, {
        method: 'POST',
        body: new URLSearchParams(body),
        headers: { 'sec-fetch-site': 'same-origin', origin: 'null' },
      })
  }
}

/** Of a stranger: sign-in, sign-up and a new password for the victim's address, until it is blocked. */
export async function strangerTries(): Promise<void> {
  const stranger = thiefAt()
  for (let n = 1; n <= 10; n++) {
    await stranger.open('/sign-in')
    await stranger.send({ email: VICTIM, password: marked('password') })
    if (n >= 4) clock.advance(seconds(30 * 2 ** (n - 4)))
  }
  await stranger.open('/sign-up')
  await stranger.send({
    email: VICTIM,
    'first-name': mark('first-name'),
    'last-name': mark('last-name'),
    password: PASSWORD,
  })
  await post()
  clock.advance(minutes(5)) // of letters to one mailbox there are so many a minute
  await stranger.open('/forgot')
  await stranger.send({ email: VICTIM })
  await post()
}

/** An account of the thief's own, every word of it marked, and what it writes to the victim's mailbox. */
export async function thiefSignsUp(): Promise<Browser> {
  const thief = thiefAt()
  await thief.open('/sign-up')
  const names = { 'first-name': `${mark('first-name')} www.stop.example`, 'last-name': mark('last-name') }
  await thief.send({ email: THIEF, password: PASSWORD, ...names })
  await post()
  await thief.send({ code: marked('code') })
  await thief.send({ code: box.newest(THIEF).code ?? '' })
  assert.equal(thief.page.at, '/account')
  await setUpApp(thief, clock)
  const [way] = await service.db.selectFrom('factors').select('id').where('kind', '=', 'app').execute()
  await thief.open(`/account/factors/name?way=${way?.id}`)
  await thief.send({ name: marked('way') }, { button: 'Save' })
  await post()
  clock.advance(minutes(2))
  await thief.open('/account/email')
  await thief.send({ email: VICTIM })
  await post()
  clock.advance(minutes(2))
  await thief.open('/account/factors/back-up')
  await thief.send({ email: VICTIM }, { button: 'Send the code' })
  await post()
  return thief
}

/** Every form of account management, every field of it marked. */
export async function everyFormMarked(thief: Browser): Promise<void> {
  for (const path of [
    '/account',
    '/account/email',
    '/account/profile',
    '/account/factors',
    '/account/sessions',
    '/account/privacy',
    '/account/password',
    '/account/products',
    '/account/factors/text',
    '/account/factors/app',
  ]) {
    await thief.open(path)
    if (path !== '/account') await sendEverythingMarked(thief)
  }
  await post()
}

/** The thief stands at the second step of their own account, and asks support for help. */
export async function thiefIsStuck(): Promise<void> {
  clock.advance(hours(2))
  const elsewhere = thiefAt()
  const follow = async (words: string) => {
    const [, href = ''] = new RegExp(`<a href="([^"]*)"[^>]*>${words}</a>`).exec(elsewhere.page.html) ?? []
    await elsewhere.open(href.replaceAll('&amp;', '&'))
  }
  await elsewhere.open('/sign-in')
  await elsewhere.send({ email: THIEF, password: PASSWORD })
  assert.match(elsewhere.page.at, /^\/second-step/, elsewhere.page.html)
  await elsewhere.send({ code: marked('code') })
  await follow('Verify another way')
  await follow('None of these works for me')
  await elsewhere.send(
    { reach: `${mark('reach')}@ailleurs.example`, words: `${marked('words')}\nstate  closed` },
    { button: 'Ask for help' },
  )
  assert.match(elsewhere.page.at, /asked/)
  await post()
}

/** With the victim's password: the second step, and its text. */
export async function thiefKnowsThePassword(): Promise<void> {
  const thief = thiefAt()
  await thief.open('/sign-in')
  await thief.send({ email: VICTIM, password: PASSWORD })
  await sendEverythingMarked(thief)
  await thief.send({ code: marked('code') }).catch(() => undefined)
  await post()
}

const PARAMETERS = ['client_id', 'redirect_uri', 'state', 'nonce', 'scope', 'login_hint', 'ui_locales', 'acr_values', 'claims', 'id_token_hint', 'resource', 'prompt', 'response_mode', 'request', 'request_uri', 'code', 'refresh_token', 'token', 'device_code', 'user_code', 'logout_hint', 'post_logout_redirect_uri', 'client_secret', 'error', 'error_description', 'unheard-of'] // biome-ignore format: one list

/** What a browser shows that opens the links of a stranger. */
export const linked: string[] = []

export async function strangerSpeaksTheProtocol(): Promise<void> {
  const right = await productRequest(service, 'ledger')
  const stranger = thiefAt()
  const asked = [...PARAMETERS.map((name) => [name, marked(name)] as [string, string])]
  for (const [name, value] of asked) {
    const url = new URL(right, service.origin)
    url.searchParams.set(name, value)
    const query = new URLSearchParams([[name, value]])
    for (const link of [
      url.pathname + url.search,
      ...[...Object.values(urls), '/oidc/sign-out'].map((path) => `${path}?${query}`),
    ])
      linked.push((await stranger.open(link)).html)
  }
  await stranger.open('/device')
  await sendEverythingMarked(stranger)
  await stranger.send({ user_code: marked('user_code') })
  const grants = [
    'authorization_code',
    'refresh_token',
    'client_credentials',
    'urn:ietf:params:oauth:grant-type:device_code',
    marked('grant'),
  ]
  for (const path of [
    '/oidc/token',
    '/oidc/par',
    '/oidc/introspect',
    '/oidc/revoke',
    '/oidc/device-authorization',
    '/oidc/authorize',
    '/oidc/userinfo',
    '/api/v1/accounts',
    '/api/v1/accounts/search',
  ])
    for (const grant of grants) {
      const body = new URLSearchParams([
        ...asked.filter(([name]) => name !== 'client_id'),
        ['client_id', 'ledger'],
        ['grant_type', grant],
      ])
      for (const authorization of [
        mark('authorization'),
        `Bearer ${mark('bearer')}`,
        `Basic ${btoa(`${mark('basic')}:x`)}`,
      ])
        await stranger.request(path, { method: 'POST', body, headers: { authorization } })
    }
}
