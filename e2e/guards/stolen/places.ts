/** Every place that takes a secret, and whether it opened. */
import type { Server } from 'node:http'
import { sql } from 'kysely'
import { preparePassword } from '../../../src/core/model/password/policy.ts'
import { findPassword } from '../../../src/core/model/password/store.ts'
import { CannotOpen } from '../../../src/platform/secrets/keyring.ts'
import type { Browser } from '../../../src/testing/browser.ts'
import { type Answered, type Asked, askInProcess } from '../../../src/testing/in-process.ts'
import type { TestWorld } from '../../../src/testing/world.ts'
import { basic, provesItself } from '../../protocol/party.ts'
import type { Everything } from './everything.ts'

/** `control`: the real secret, which opens it. `takes`: the form without which nothing is even looked up. */
export type Place = {
  name: string
  control(): string | Promise<string>
  takes: RegExp
  opens(value: string): Promise<boolean>
}

/** Of 96 bits and more, and fit for a header or an address. */
const LONG = /^[\w.~+/=: -]{16,}$/
const SIX_DIGITS = /^\d{3}[ -]?\d{3}$/
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code'

type Given = { world: TestWorld; has: Everything; ask(path: string, asked?: Asked): Promise<Answered> }

/** Those whose secrets expire the soonest come first. */
export function places(world: TestWorld, server: Server, has: Everything): Place[] {
  const given: Given = { world, has, ask: (path, asked = {}) => askInProcess(server, path, asked) }
  return [...ofProducts(given), ...ofTokens(given), ...ofCookies(given), ...ofLinks(given), ...ofCodes(given)]
}

const cookieOf = (browser: Browser, name: string): string => browser.cookies.get(name) ?? ''

const post = ({ ask }: Given, path: string, form: Record<string, string>) => ask(path, { form })

/** A request that asks for no page: with a session it comes back with a code, for the verifier of `has.asked`. */
async function silently({ ask, has }: Given, cookie: string): Promise<string> {
  const params = new URLSearchParams({ ...Object.fromEntries(has.asked.url.searchParams), prompt: 'none' })
  const { location } = await ask(`/oidc/authorize?${params}`, { headers: { cookie } })
  return /[?&]code=([^&]*)/.exec(location)?.[1] ?? ''
}

function ofProducts(given: Given): Place[] {
  const { world, has, ask } = given
  const { spa, ledger, asked } = has
  const token = (form: Record<string, string>) => post(given, '/oidc/token', { ...provesItself(spa), ...form })
  return [
    {
      name: 'an authorization code',
      control: () => silently(given, `${world.cookies.session}=${cookieOf(has.browser, world.cookies.session)}`),
      takes: LONG,
      opens: async (code) => {
        const form = { grant_type: 'authorization_code', redirect_uri: spa.redirectUri, code_verifier: asked.verifier }
        return (await token({ ...form, code })).status === 200
      },
    },
    {
      name: 'a pushed request',
      control: async () =>
        JSON.parse((await post(given, '/oidc/par', Object.fromEntries(asked.url.searchParams))).text).request_uri,
      takes: LONG,
      opens: async (value) => {
        const uri = value.replace(/^(urn:ietf:params:oauth:request_uri:)?/, 'urn:ietf:params:oauth:request_uri:')
        const { status, location } = await ask(
          `/oidc/authorize?${new URLSearchParams({ client_id: 'spa', request_uri: uri })}`,
        )
        return status === 303 && !location.includes('error=')
      },
    },
    {
      name: 'a refresh token',
      control: () => has.tokens.refresh_token ?? '',
      takes: LONG,
      opens: async (value) => (await token({ grant_type: 'refresh_token', refresh_token: value })).status === 200,
    },
    {
      name: 'the code that a device holds',
      control: () => has.waiting.device_code,
      takes: LONG,
      opens: async (value) => {
        const { status, text } = await token({ grant_type: DEVICE, device_code: value })
        return status === 200 || text.includes('authorization_pending') // which is to say: found
      },
    },
    {
      name: 'the secret of a product',
      control: () => ledger.secret ?? '',
      takes: LONG,
      opens: async (value) => {
        const form = { grant_type: 'client_credentials', scope: 'read', resource: 'https://api.example.com/' }
        return (await ask('/oidc/token', { form, headers: basic('ledger', encodeURIComponent(value)) })).status === 200
      },
    },
  ]
}

function ofTokens({ world, has, ask }: Given): Place[] {
  const bearer = (path: string) => async (value: string) =>
    (await ask(path, { headers: { authorization: `Bearer ${value}` } })).status === 200
  return [
    { name: 'an access token', control: () => has.tokens.access_token, takes: LONG, opens: bearer('/oidc/userinfo') },
    { name: 'the operator’s token', control: () => world.adminToken, takes: LONG, opens: bearer('/api/v1/keys') },
    { name: 'a token for the metrics', control: () => world.adminToken, takes: LONG, opens: bearer('/metrics') },
  ]
}

function ofCookies(given: Given): Place[] {
  const { world, has, ask } = given
  const { session, browser } = world.cookies
  const withCookie = (path: string, cookie: string) => ask(path, { headers: { cookie } })
  return [
    {
      name: 'a session',
      control: () => cookieOf(has.remembered, session),
      takes: LONG,
      opens: async (value) => (await withCookie('/account', `${session}=${value}`)).status === 200,
    },
    {
      name: 'a session, without a page',
      control: () => cookieOf(has.browser, session),
      takes: LONG,
      opens: async (value) => (await silently(given, `${session}=${value}`)) !== '',
    },
    {
      name: 'a browser that is at the second step',
      control: () => cookieOf(has.stuck, browser),
      takes: LONG,
      opens: async (value) => (await withCookie(has.secondStep, `${browser}=${value}`)).status === 200,
    },
    {
      name: 'a request on its way back, for who has the session',
      control: () => has.resume,
      takes: LONG,
      opens: async (value) => {
        const cookie = `passerelle-resume=${value}; ${session}=${cookieOf(has.answered, session)}`
        const back = (path: string) => withCookie(`${path}/${encodeURIComponent(value)}`, cookie)
        if (/[?&]code=/.test((await back('/oidc/authorize')).location)) return true
        return /is connected/.test((await back('/device')).text)
      },
    },
  ]
}

const ofLinks = ({ has, ask }: Given): Place[] =>
  Object.entries(has.links).map(([path, link]) => ({
    name: `a link to ${path}`,
    control: () => link,
    takes: LONG,
    opens: async (value) => (await ask(`${path}?${new URLSearchParams({ link: value })}`)).status === 200,
  }))

/** What people type; with nothing counted, or a few tries would be all. */
function ofCodes({ world, has, ask }: Given): Place[] {
  const { session, browser } = world.cookies
  const send = async (path: string, by: Browser, code: string) => {
    await sql`with guards as (delete from sign_in_guards), tries as (delete from tries)
      update one_time_secrets set tries_left = 5 where tries_left < 5`.execute(world.db)
    const csrf = world.keyring.mark(cookieOf(by, browser), 'csrf')
    const cookie = `${browser}=${cookieOf(by, browser)}; ${session}=${cookieOf(by, session)}`
    return ask(path, { form: { csrf, here: '/', code }, headers: { cookie } })
  }
  return [
    { name: 'a password', control: () => has.maya.password, takes: /^/, opens: (value) => fits(world, has, value) },
    {
      name: 'the second step',
      control: () => has.app.code(),
      takes: /^(\d{6}|[A-Za-z0-9]{4}([ -]?[A-Za-z0-9]{4}){3})$/,
      opens: async (value) => /^\/continue\//.test((await send(has.secondStep, has.stuck, value)).location),
    },
    {
      name: 'the code of a new address',
      control: () => has.codes.address,
      takes: SIX_DIGITS,
      opens: async (value) =>
        (await send('/account/email/verify', has.owner, value)).location.includes('email-changed'),
    },
    {
      name: 'the code of a sign-up',
      control: () => has.codes.newcomer,
      takes: SIX_DIGITS,
      opens: async (value) => (await send(has.newcomer.page.at, has.newcomer, value)).status === 303,
    },
  ]
}

/** As signing in compares it, without what counts the tries. */
async function fits(world: TestWorld, { maya }: Everything, value: string): Promise<boolean> {
  const check = world.hashing.check(preparePassword(value), await findPassword(world.db, maya.id))
  return check.then(
    (checked) => checked.fits,
    (error: unknown) => {
      if (error instanceof CannotOpen) return false
      throw error
    },
  )
}
