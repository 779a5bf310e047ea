/** What every request of a page is given, and what every form has to show before it is read. */
import type { IncomingHttpHeaders } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { Actor } from '../actor.ts'
import { days, minutes } from '../clock.ts'
import { defaultLanguage, type Language } from '../languages/languages.ts'
import { acceptedTags, firstLanguage, matchLanguage } from '../languages/matching.ts'
import { drawToken, type Random } from '../random.ts'
import { type Keyring, sha256 } from '../secrets/keyring.ts'
import { isStorable } from '../text.ts'
import { type CookieNames, cookie, readCookie } from './cookies.ts'
import { contentSecurityPolicy } from './headers.ts'

export type WebVariables = {
  /** The secret that names this browser; journeys and forms are bound to it. */
  browser: string
  /** The language the person chose, if they did, and the ones their browser asks for. */
  chosenLanguage: Language | undefined
  acceptedLanguage: Language | undefined
  /** Proves that a form came from a page of ours in this browser. */
  csrf: string
  /** Of a form that was made for one account: the mark of that. */
  formOf: string
  /** Path and query of this page. */
  here: string
  /** What was typed on this page before the language was changed; no password among it. */
  draft: URLSearchParams
  actor: Actor
  form: URLSearchParams
  /** Where the form of this page may lead in the end: the redirect URIs of the product that waits. */
  leadsAway: readonly string[]
}
export type Web = { Variables: WebVariables; Bindings: HttpBindings }
export type WebContext = Context<Web>
export const webRoutes = (): Hono<Web> => new Hono<Web>()

/** As much of a request as says where it came from. */
export type RequestSource = {
  env?: { incoming?: { socket?: { remoteAddress?: string | undefined }; headers?: IncomingHttpHeaders } }
  req: { header(name: string): string | undefined }
}

/** Thrown where a page needs something done first: its answer is the way there. */
export class Elsewhere extends Error {
  readonly answer: Response
  constructor(answer: Response) {
    super('something else comes first')
    this.answer = answer
  }
}

export type WebNeeds = {
  keyring: Keyring
  random: Random
  cookies: CookieNames
  origin: string
  actorOf(asking: RequestSource): Actor
}

/**
 * A request that no page of ours makes. `cookies`: the browser sent none; `stale`: the form is from another time;
 * `unreadable`: it holds the character NUL, which the database does not keep.
 */
export class NotOurForm extends Error {
  readonly kind: 'cookies' | 'stale' | 'too-large' | 'unreadable'
  constructor(kind: NotOurForm['kind']) {
    super(`the form is not accepted: ${kind}`)
    this.kind = kind
  }
}

const BROWSER_LIVES = days(400)
const DRAFT_LIVES = minutes(10)
const LARGEST_FORM = 64 * 1_024
/** No form of ours has half as many. */
const MOST_FIELDS = 100
const FORM = 'application/x-www-form-urlencoded'

/** The secret that names a browser; one that has none yet is given one by the Set-Cookie line `naming`. */
export function browserOf({ cookies, random }: WebNeeds, header: string | undefined) {
  const known = readCookie(header, cookies.browser)
  if (known && /^[\w-]{43}$/.test(known)) return { browser: known, naming: undefined }
  const browser = drawToken(random)
  return { browser, naming: cookie(cookies.browser, browser, BROWSER_LIVES) }
}

/** The mark of the value of the trust cookie that came. */
function trustOf({ cookies }: WebNeeds, header: string | undefined): string {
  const came = readCookie(header, cookies.trust) ?? ''
  return /^[\w-]{43}$/.test(came) ? sha256(came) : ''
}

/** Gives the browser a value of the trust cookie. */
export const setTrust = (c: WebContext, { cookies }: WebNeeds, value: string): void =>
  setCookie(c, cookie(cookies.trust, value, BROWSER_LIVES))

/** Fills in the variables; gives the browser its name when it has none yet. */
export function pageVariables(needs: WebNeeds): MiddlewareHandler<Web> {
  const { cookies, keyring } = needs
  return async (c, next) => {
    const header = c.req.header('cookie')
    const { browser, naming } = browserOf(needs, header)
    const url = new URL(c.req.url)
    c.set('browser', browser)
    c.set('csrf', keyring.mark(browser, 'csrf'))
    // One slash in front: `//elsewhere` would be another host where it is used as a link.
    c.set('here', url.pathname.replace(/^\/+/, '/') + url.search)
    c.set('chosenLanguage', matchLanguage(readCookie(header, cookies.language) ?? ''))
    c.set('acceptedLanguage', firstLanguage(acceptedTags(c.req.header('accept-language') ?? '')))
    c.set('actor', { ...needs.actorOf(c), browser: sha256(browser), trust: trustOf(needs, header) })
    const { draft, forgetting } = draftFor(needs, c.req.method === 'GET' ? header : undefined, c.var.here)
    c.set('draft', draft)
    if (forgetting) setCookie(c, forgetting)
    c.set('leadsAway', [])
    if (naming) setCookie(c, naming)
    await next()
    c.header('Content-Security-Policy', contentSecurityPolicy(c.var.leadsAway))
  }
}

export const setCookie = (c: Context, line: string): void => c.header('Set-Cookie', line, { append: true })

/**
 * Whether the browser lets a form be ours: of the same origin, says Fetch Metadata; a browser without it (Safari before
 * 16.4) says `null` of our own forms too, since their pages send no referrer (Fetch, "append a request Origin header").
 * Then the proof alone decides. An origin that is named and not ours is never right.
 */
function mayBeOurs(site: string | undefined, origin: string | undefined, own: string): boolean {
  if (origin !== undefined && origin !== 'null' && origin !== own) return false
  return site === undefined ? origin !== undefined : site === 'same-origin'
}

/**
 * Reads a posted form once it is known to come from a page of ours in the same browser: what the browser says of its
 * origin allows it, and the form carries the proof that only a page shown to this browser holds. What no text holds is
 * refused here, in addresses too. @throws {NotOurForm}
 */
export function guardForms(needs: WebNeeds): MiddlewareHandler<Web> {
  return async (c, next) => {
    if (c.req.url.includes('%00')) throw new NotOurForm('unreadable')
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const ours = mayBeOurs(c.req.header('sec-fetch-site'), c.req.header('origin'), needs.origin)
    const isForm = (c.req.header('content-type') ?? '').split(';')[0]?.trim() === FORM
    if (!ours || !isForm) throw new NotOurForm('stale')
    const body = await readBody(c.req.raw, LARGEST_FORM)
    if (body.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) throw new NotOurForm('too-large')
    const form = new URLSearchParams(body)
    const browser = readCookie(c.req.header('cookie'), needs.cookies.browser)
    if (!browser) throw new NotOurForm('cookies')
    const [csrf = '', formOf = ''] = (form.get('csrf') ?? '').split('.')
    if (!needs.keyring.fits(browser, 'csrf', csrf)) throw new NotOurForm('stale')
    if (![...form].flat().every(isStorable)) throw new NotOurForm('unreadable')
    c.set('form', form)
    c.set('formOf', formOf)
    await next()
  }
}

/** The text of a body of at most `most` bytes. @throws {NotOurForm} when it is longer, or breaks off */
export async function readBody(request: Request, most: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw new NotOurForm('too-large')
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength
      if (size > most) throw new NotOurForm('too-large')
      text += decoder.decode(chunk, { stream: true })
    }
  } catch (error) {
    // The caller went away: nobody is there any more to be told, and nothing is wrong with us.
    throw error instanceof NotOurForm ? error : new NotOurForm('stale')
  }
  return text + decoder.decode()
}

/** One field of the form; absent reads as empty. */
export const field = (c: WebContext, name: string): string => c.var.form.get(name) ?? ''

/** The secret of the link in the address. */
export const linkOf = (c: WebContext): string => c.req.query('link') ?? ''

/** The secret of a link that a form brings back, and that comes to stand in an address again: none has 100 characters. */
export const linkIn = (c: WebContext): string | null => c.var.form.get('link')?.slice(0, 100) ?? null

const neverShownAgain = /^(csrf|here|language|link|challenge|proof|asked|answer|(.*-)?password)$/

/** Whether what was typed into a field may be shown again: neither passwords, nor the secret of a link, nor what every form has. */
export const mayBeShownAgain = (name: string): boolean => !neverShownAgain.test(name)

/** Keeps what may be shown again for the next look at the same page, sealed in a cookie; but no code that was sent. */
export function keepDraft(needs: WebNeeds, c: WebContext, here: string, form: URLSearchParams): void {
  const kept = [...form].filter(([name]) => name !== 'code' && mayBeShownAgain(name))
  const sealed = needs.keyring.seal(JSON.stringify([here, kept]), 'draft')
  if (sealed.length < 3_500) setCookie(c, cookie(needs.cookies.draft, sealed, DRAFT_LIVES))
}

/** What was kept of the page `here`, for one look: the Set-Cookie line `forgetting` takes it back. */
export function draftFor({ cookies, keyring }: WebNeeds, header: string | undefined, here: string) {
  const sealed = readCookie(header, cookies.draft)
  if (!sealed) return { draft: new URLSearchParams(), forgetting: undefined }
  const forgetting = cookie(cookies.draft, '')
  try {
    const [page, fields] = JSON.parse(keyring.open(sealed, 'draft'))
    return { draft: new URLSearchParams(page === here ? fields : []), forgetting }
  } catch {
    return { draft: new URLSearchParams(), forgetting }
  }
}

export const languageOf = (c: WebContext, wished?: Language): Language =>
  c.var.chosenLanguage ?? wished ?? c.var.acceptedLanguage ?? defaultLanguage
