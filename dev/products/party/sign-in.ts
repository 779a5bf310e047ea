import type { Context, Hono } from 'hono'
import { signInPath } from '../looks/pages.tsx'
import { refusal, type SignedIn, type Wishes } from './account-service.ts'
import { type Journey, localPath, makeState, readState } from './return-to.ts'
import { endSession, remember, type Session } from './sessions.ts'
import { languageOf, readCookie, type Site, say, sessionCookie, sessionOf, writeCookie } from './site.ts'

/** Sign in, come back from it, refresh, sign out. */
export function signInRoutes(site: Site, app: Hono): void {
  app.get('/sign-in', (c) => {
    const { to, prompt, login_hint } = c.req.query()
    const wishes = { ...(prompt && { prompt }), ...(login_hint && { login_hint }) }
    return startSignIn(site, c, { to: localPath(to), again: false }, wishes)
  })

  app.get('/callback', (c) => finishSignIn(site, c))

  app.post('/refresh', async (c) => {
    const session = sessionOf(site, c)
    if (session?.signedIn) await refreshOnce(site, session, session.signedIn)
    return c.redirect('/', 303)
  })

  app.post('/sign-out', async (c) => {
    const person = sessionOf(site, c)?.signedIn
    site.sessions.forget(readCookie(c, sessionCookie(site)))
    writeCookie(c, sessionCookie(site), '')
    if (!person) return c.redirect('/', 303)
    return c.redirect((await site.service.signOutUrl(person.idToken, languageOf(site, c))).href, 303)
  })
}

/** Sends the browser to the account service, and remembers what its answer must match. */
export async function startSignIn(site: Site, c: Context, journey: Journey, wishes: Wishes = {}): Promise<Response> {
  const { url, pending } = await site.service.startSignIn(makeState(journey), languageOf(site, c), wishes)
  remember(sessionOf(site, c) ?? newSession(site, c), pending)
  return c.redirect(url.href, 302)
}

function newSession(site: Site, c: Context): Session {
  const { id, session } = site.sessions.open()
  writeCookie(c, sessionCookie(site), id)
  return session
}

async function finishSignIn(site: Site, c: Context): Promise<Response> {
  const id = readCookie(c, sessionCookie(site)) ?? ''
  const session = site.sessions.find(id)
  const state = c.req.query('state') ?? ''
  const journey = readState(state)
  const pending = session?.pending.get(state)
  if (!session || !pending) return callbackOutOfPlace(site, c, journey)
  session.pending.delete(state)
  const callback = new URL(`/callback${new URL(c.req.url).search}`, site.url)
  try {
    session.signedIn = await site.service.finishSignIn(callback, pending)
  } catch (error) {
    return signInRefused(site, c, journey, error)
  }
  session.ended = false
  writeCookie(c, sessionCookie(site), site.sessions.rename(id))
  return c.redirect(journey.to, 302)
}

/** A doubled callback, or one whose session is gone: who is in goes on, anyone else starts again, but only once. */
function callbackOutOfPlace(site: Site, c: Context, journey: Journey): Response | Promise<Response> {
  if (sessionOf(site, c)?.signedIn) return c.redirect(journey.to, 302)
  const next = { href: signInPath(journey.to), label: 'tryAgain' } as const
  if (journey.again || c.req.query('error') !== undefined) return say(site, c, { message: 'lost', status: 400, next })
  return startSignIn(site, c, { ...journey, again: true })
}

const NEEDS_A_PAGE = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required']

function signInRefused(site: Site, c: Context, journey: Journey, error: unknown): Response | Promise<Response> {
  const code = refusal(error)
  const tryAgain = { href: signInPath(journey.to), label: 'tryAgain' } as const
  const signIn = { ...tryAgain, label: 'signIn' } as const
  if (code === undefined) throw error
  if (code === 'invalid_grant' && !journey.again) return startSignIn(site, c, { ...journey, again: true })
  if (code === 'access_denied') return say(site, c, { message: 'denied', status: 400, code, next: tryAgain })
  if (NEEDS_A_PAGE.includes(code)) return say(site, c, { message: 'notSignedIn', status: 400, code, next: signIn })
  return say(site, c, { message: 'failed', status: 400, code, next: tryAgain })
}

/** One refresh at a time for a session: a refresh token that comes twice would look stolen. */
async function refreshOnce(site: Site, session: Session, person: SignedIn): Promise<void> {
  session.refreshing ??= refresh(site, session, person).finally(() => {
    session.refreshing = undefined
  })
  await session.refreshing
}

/** Meanwhile the person may have signed out: then nothing is put back. */
async function refresh(site: Site, session: Session, person: SignedIn): Promise<void> {
  try {
    const fresh = await site.service.refresh(person)
    if (session.signedIn === person) session.signedIn = fresh
  } catch (error) {
    if (!['invalid_grant', 'invalid_token'].includes(refusal(error) ?? '')) throw error
    if (session.signedIn === person) endSession(session)
  }
}
