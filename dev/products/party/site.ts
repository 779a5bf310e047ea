import type { Context } from 'hono'
import { html } from 'hono/html'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { defaultLanguage, type Language } from '../../../src/platform/languages/languages.ts'
import { acceptedTags, firstLanguage, matchLanguage } from '../../../src/platform/languages/matching.ts'
import type { Look } from '../looks/look.ts'
import { MessagePage, type View } from '../looks/pages.tsx'
import { type MessageName, texts } from '../looks/texts.ts'
import { type AccountService, accountService, type Registered } from './account-service.ts'
import { type Session, type Sessions, sessionsInMemory } from './sessions.ts'

/** Everything a sample product is told from outside. */
export type ProductSettings = Registered & {
  /** Distinguishes its cookies: every port of localhost shares them. */
  id: string
  name: string
  look: Look
  /** 0 takes any free port. */
  port: number
  /** Spoken to a browser that asks for none of ours; Canadian French if not given. */
  language?: string
  /** The other product, for a link on the home page. */
  other?: { name: string; url: string }
  /** Follows the service's clock where that one is moved; a logout token must be fresh. */
  now?: () => Date
}

/** A running product: what it was told, where it is, whom it talks to, whom it knows. */
export type Site = { settings: ProductSettings; url: string; service: AccountService; sessions: Sessions }

/** A site at `url` that knows nobody yet. */
export function newSite(settings: ProductSettings, url: string): Site {
  const service = accountService(settings, url, settings.now ?? (() => new Date()))
  return { settings, url, service, sessions: sessionsInMemory() }
}

/** The session of the browser that asks, if it has one. */
export function sessionOf(site: Site, c: Context): Session | undefined {
  return site.sessions.find(readCookie(c, sessionCookie(site)))
}

/** The cookie that names the session; one name for each product. */
export const sessionCookie = ({ settings }: Site): string => `${settings.id}_session`

/** The cookie that keeps the chosen language. */
export const languageCookie = ({ settings }: Site): string => `${settings.id}_language`

/** The language chosen on the page, or else the browser's. */
export function languageOf(site: Site, c: Context): Language {
  const chosen = matchLanguage(readCookie(c, languageCookie(site)) ?? '')
  const accepted = acceptedTags(c.req.header('accept-language') ?? '')
  return chosen ?? firstLanguage([...accepted, site.settings.language ?? 'fr-CA']) ?? defaultLanguage
}

/** What the pages need to know of this request. */
export function viewOf(site: Site, c: Context): View {
  const { name, look, issuer, other } = site.settings
  const { pathname, search } = new URL(c.req.url)
  return {
    product: { name, look, issuer, other },
    language: languageOf(site, c),
    path: c.req.method === 'GET' && search === '' ? pathname : '/',
    person: sessionOf(site, c)?.signedIn,
  }
}

/** Sends a page, whole. */
export function show(c: Context, page: JSX.Element, status: ContentfulStatusCode = 200): Response | Promise<Response> {
  return c.html(html`<!doctype html>${page}`, status)
}

type Saying = {
  message: MessageName
  status: ContentfulStatusCode
  /** The error's code, for a developer. */
  code?: string | undefined
  /** The way on, beside the one to the home page. */
  next?: { href: string; label: 'signIn' | 'tryAgain' | 'setUp' } | undefined
}

/** Sends a page that says one thing. */
export function say(site: Site, c: Context, { message, status, code, next }: Saying): Response | Promise<Response> {
  const view = viewOf(site, c)
  const t = texts.in(view.language)
  const link = next && { href: next.href, label: t(next.label) }
  return show(c, MessagePage({ view, message, code, next: link }), status)
}

/** A cookie of this browser, by its name. */
export function readCookie(c: Context, name: string): string | undefined {
  const pairs = (c.req.header('cookie') ?? '').split('; ')
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** Sets a cookie that no script can read; an empty value takes it away. */
export function writeCookie(c: Context, name: string, value: string): void {
  const end = value === '' ? '; Max-Age=0' : ''
  c.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${end}`, { append: true })
}
