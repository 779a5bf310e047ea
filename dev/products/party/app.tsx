import { type Context, Hono } from 'hono'
import { errors } from 'jose'
import { matchLanguage } from '../../../src/platform/languages/matching.ts'
import { BankPage, bankPath, DeepPage, Home, Welcome } from '../looks/pages.tsx'
import { refusal, Unreachable } from './account-service.ts'
import { BadLogoutToken, onlyOnce } from './logout-token.ts'
import { localPath } from './return-to.ts'
import { signInRoutes, startSignIn } from './sign-in.ts'
import { languageCookie, type Site, say, sessionOf, show, viewOf, writeCookie } from './site.ts'

/** A sample product: every address it answers. */
export function productApp(site: Site): Hono {
  const app = new Hono()
  guard(site, app)
  pageRoutes(site, app)
  signInRoutes(site, app)
  backchannelRoute(site, app)
  app.notFound((c) => say(site, c, { message: 'missing', status: 404 }))
  app.onError((error, c) => sayError(site, c, error))
  return app
}

/** Headers for every answer, one host name, and no form from another site. */
function guard(site: Site, app: Hono): void {
  const { host, origin } = new URL(site.url)
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action 'self' ${new URL(site.settings.issuer).origin}`, // signing out leads there
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  app.use(async (c, next) => {
    c.header('content-security-policy', policy)
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'same-origin')
    c.header('cache-control', 'no-store')
    const { pathname, search } = new URL(c.req.url)
    if (c.req.method === 'GET' && c.req.header('host') !== host)
      return c.redirect(`${site.url}${pathname}${search}`, 302)
    const from = c.req.header('origin')
    if (c.req.method !== 'GET' && from !== undefined && from !== origin) {
      return say(site, c, { message: 'forbidden', status: 403 })
    }
    return next()
  })
}

function pageRoutes(site: Site, app: Hono): void {
  const { look } = site.settings

  app.get('/', (c) => {
    const session = sessionOf(site, c)
    const view = viewOf(site, c)
    if (session?.signedIn) return show(c, <Home view={view} person={session.signedIn} />)
    return show(c, <Welcome view={view} ended={session?.ended ?? false} />)
  })

  app.get(`${look.deep.folder}/:item`, (c) => {
    const item = c.req.param('item')
    if (!look.deep.knows(item)) return c.notFound()
    const person = sessionOf(site, c)?.signedIn
    if (!person) return startSignIn(site, c, { to: `${look.deep.folder}/${item}`, again: false })
    return show(c, <DeepPage view={viewOf(site, c)} item={item} name={person.name} />)
  })

  // A page that needs more than a password. Asked once for the second step, whoever has none is told how to set one up.
  app.get(bankPath, (c) => {
    const person = sessionOf(site, c)?.signedIn
    if (person?.acr === 'mfa' || person?.acr === 'phr') return show(c, <BankPage view={viewOf(site, c)} />)
    const isAsked = person !== undefined && c.req.query('asked') !== undefined
    const next = { href: new URL('/account/factors', site.settings.issuer).href, label: 'setUp' } as const
    if (isAsked) return say(site, c, { message: 'moreNeeded', status: 403, next })
    return startSignIn(site, c, { to: `${bankPath}?asked=1`, again: false }, { acr_values: 'mfa' })
  })

  app.get('/whoami.json', (c) => {
    const { sub = null, email = null, name = null, acr = null } = sessionOf(site, c)?.signedIn ?? {}
    return c.json({ signedIn: sub !== null, sub, email, name, acr })
  })

  app.get('/language/:tag', (c) => {
    const language = matchLanguage(c.req.param('tag'))
    if (!language) return c.notFound()
    writeCookie(c, languageCookie(site), language)
    return c.redirect(localPath(c.req.query('to')), 302)
  })

  app.get('/style.css', (c) => c.body(look.css, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/icon.svg', (c) => c.body(look.icon, 200, { 'content-type': 'image/svg+xml' }))
}

/** The account service says that a session is over. The same token again changes nothing and is fine. */
function backchannelRoute(site: Site, app: Hono): void {
  const isNew = onlyOnce(site.settings.now ?? (() => new Date()))
  app.post('/backchannel-logout', async (c) => {
    const token = new URLSearchParams(await c.req.text()).get('logout_token') ?? ''
    try {
      const logout = await site.service.readLogout(token)
      if (isNew(logout.jti)) site.sessions.end(logout)
      return c.body(null, 200)
    } catch (error) {
      if (!(error instanceof BadLogoutToken || error instanceof errors.JOSEError)) throw error
      return c.json({ error: 'invalid_request', error_description: error.message }, 400)
    }
  })
}

function sayError(site: Site, c: Context, error: unknown): Response | Promise<Response> {
  const { pathname, search } = new URL(c.req.url)
  const next = c.req.method === 'GET' ? ({ href: pathname + search, label: 'tryAgain' } as const) : undefined
  if (!(error instanceof Unreachable))
    return say(site, c, { message: 'broken', status: 500, code: refusal(error), next })
  c.header('retry-after', '2')
  return say(site, c, { message: 'unreachable', status: 503, next })
}
