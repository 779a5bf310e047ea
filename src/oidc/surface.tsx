/** What a person sees of the protocol: its few pages, and its errors as a page with a way on. */
import type { Client, ErrorOut, errors, KoaContextWithOIDC } from 'oidc-provider'
import { findJourneyOf } from '../journey/store.ts'
import { type Trouble, TroublePage } from '../journey/pages.tsx'
import { endSession } from '../core/session/session.ts'
import { transact } from '../platform/database/db.ts'
import { acceptedTags, defaultLanguage, firstLanguage, matchLanguage } from '../platform/languages/languages.ts'
import { cookie, readCookie } from '../platform/web/cookies.ts'
import { contentSecurityPolicy } from '../platform/web/headers.ts'
import type { Frame } from '../ui/frame.ts'
import { renderPage } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { requestAgain } from './bridge.ts'
import type { Needs } from './needs.ts'
import { DeviceDonePage, DeviceFormPage, DeviceQuestionPage, SignOutPage } from './pages.tsx'
import { routes } from './paths.ts'

type Ctx = KoaContextWithOIDC

function frameOf(needs: Needs, ctx: Ctx): Frame {
  const header = ctx.get('cookie')
  const chosen = matchLanguage(readCookie(header, needs.cookies.language) ?? '')
  const wished = String(ctx.query.ui_locales ?? '').split(' ')
  return {
    language: chosen ?? firstLanguage([...wished, ...acceptedTags(ctx.get('accept-language'))]) ?? defaultLanguage,
    csrf: needs.keyring.mark(readCookie(header, needs.cookies.browser) ?? '', 'csrf'),
    here: ctx.method === 'GET' ? ctx.url : ctx.path,
    draft: {},
    brand: needs.brand,
    assets: needs.assets,
  }
}

function send(ctx: Ctx, page: Parameters<typeof renderPage>[0], status = 200): void {
  ctx.status = status
  ctx.type = 'html'
  ctx.body = renderPage(page)
}

/**
 * An error that cannot be sent to the product. Where the protocol has lost an interaction that we still know, the
 * product's request is made again instead: nothing is lost.
 */
export async function errorPage(needs: Needs, ctx: Ctx, out: ErrorOut, error: Error) {
  const lost = error.name === 'SessionNotFound'
  const uid = lost ? /^\/oidc\/authorize\/([\w-]+)$/.exec(ctx.path)?.[1] : undefined
  const browser = readCookie(ctx.get('cookie'), needs.cookies.browser)
  const journey = uid && browser ? await findJourneyOf(needs.db, uid, browser, needs.clock.now()) : undefined
  if (journey) {
    ctx.status = 303
    return ctx.redirect(requestAgain(journey))
  }
  const trouble: Trouble = lost ? 'expired' : out.error === 'server_error' ? 'fault' : 'request'
  const reason = [out.error, out.error_description].filter(Boolean).join(': ')
  const page = (
    <TroublePage frame={frameOf(needs, ctx)} trouble={trouble} reason={reason} request={String(ctx.state.request ?? '')} way={urls.signIn} />
  )
  send(ctx, page, ctx.status >= 400 ? ctx.status : 400)
}

/**
 * A product asks to sign out (OpenID Connect RP-Initiated Logout 1.0). With an ID token of the very person there is
 * nothing to ask; without one a page asks, because anybody can make a browser load an address.
 */
export async function signOutQuestion(needs: Needs, ctx: Ctx, _form: string): Promise<void> {
  const { oidc } = ctx
  const { session } = oidc
  const hinted = oidc.entities.IdTokenHint?.payload.sub
  const state = oidc.params?.state
  const uri = oidc.params?.post_logout_redirect_uri
  const to = typeof uri === 'string' ? withState(uri, state) : urls.signedOut
  if (!session?.uid || hinted === undefined || hinted !== session.accountId) {
    const frame = frameOf(needs, ctx)
    if (typeof uri === 'string') ctx.set('Content-Security-Policy', contentSecurityPolicy([uri]))
    return send(ctx, <SignOutPage frame={frame} action={urls.signOut} to={needs.keyring.seal(to, 'sign-out')} stay={urls.account} />)
  }
  const { uid } = session
  await transact(needs.db, (tx) => endSession(needs, tx, uid))
  await session.destroy()
  ctx.append('Set-Cookie', cookie(needs.cookies.session, '', { https: needs.https }))
  ctx.status = 303
  ctx.redirect(to)
}

function withState(uri: string, state: unknown): string {
  const url = new URL(uri)
  if (typeof state === 'string') url.searchParams.set('state', state)
  return url.href
}

export function signOutDone(_needs: Needs, ctx: Ctx): void {
  ctx.status = 303
  ctx.redirect(urls.signedOut)
}

const secretOf = (ctx: Ctx): string => {
  const secret = ctx.oidc.session?.state?.secret
  return typeof secret === 'string' ? secret : ''
}

/** Where a device's code is typed (RFC 8628, section 3.3). */
export function deviceForm(needs: Needs, ctx: Ctx, _form: string, problem: unknown): void {
  const error = problem as (errors.OIDCProviderError & { userCode?: string }) | undefined
  const kind = error === undefined ? undefined : error.name === 'NoCodeError' ? 'missing' : 'problem'
  const page = (
    <DeviceFormPage frame={frameOf(needs, ctx)} action={routes.code_verification} xsrf={secretOf(ctx)} typed={error?.userCode ?? ''} problem={kind} />
  )
  send(ctx, page, error ? 422 : 200)
}

export function deviceQuestion(needs: Needs, ctx: Ctx, _form: string, client: Client, code: string): void {
  const page = (
    <DeviceQuestionPage
      frame={frameOf(needs, ctx)}
      action={routes.code_verification}
      xsrf={secretOf(ctx)}
      product={client.clientName ?? client.clientId}
      code={code}
      typed={code}
    />
  )
  send(ctx, page)
}

export const deviceDone = (needs: Needs, ctx: Ctx): void => send(ctx, <DeviceDonePage frame={frameOf(needs, ctx)} />)

