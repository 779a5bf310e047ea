/**
 * What a page of account management needs: somebody who is signed in, lately where the step is a sensitive one. Who is
 * not signs in first, and comes back to the very page with what was typed on it.
 */
import { type Account, findAccount } from '../core/account/store.ts'
import type { Session } from '../core/session/session.ts'
import { frameOf, type PageNeeds, sessionOf } from '../journey/frame.ts'
import { beginJourney, needsBetterPassword, whatIsNext } from '../journey/journey.ts'
import { ownPath } from '../journey/language.ts'
import { stepPath } from '../journey/routes.tsx'
import { type Duration, minutes } from '../platform/clock.ts'
import type { Language } from '../platform/languages/languages.ts'
import { keepDraft, type WebContext } from '../platform/web/web.ts'
import type { Frame } from '../ui/frame.ts'
import type { Portal } from '../ui/layout.tsx'
import { at, urls } from '../urls.ts'
import { portalTexts } from './texts.ts'

export type Visitor = { session: Session; account: Account; frame: Frame; portal: Portal }

/** How long ago a person may have signed in who changes what is sensitive (K2). */
export const FRESH = minutes(10)

/**
 * Whoever is signed in, or the answer that sends them to sign in: `const visitor = await visitorOf(…)`, and
 * `if (visitor instanceof Response) return visitor`.
 */
export async function visitorOf(needs: PageNeeds, c: WebContext, freshly?: Duration): Promise<Visitor | Response> {
  const session = await sessionOf(needs, c)
  const account = session && (await findAccount(needs.db, session.account))
  const age = session ? needs.clock.now().getTime() - session.authenticatedAt.getTime() : 0
  if (!account || (freshly && age > freshly.ms)) return signInFirst(needs, c)
  if (needsBetterPassword(needs, session)) return betterPasswordFirst(needs, c, session)
  const frame = await frameOf(needs, c, undefined, account.language)
  return { session, account, frame, portal: portalOf(frame.language, account.email) }
}

/** The page to come back to; what was typed on it is kept. */
function comingBackTo(needs: PageNeeds, c: WebContext): string {
  if (c.req.method !== 'POST') return c.var.here
  const path = ownPath(c.var.form.get('here') ?? '', needs.origin)
  keepDraft(needs, c, path, c.var.form)
  return path
}

function signInFirst(needs: PageNeeds, c: WebContext): Response {
  const to = comingBackTo(needs, c)
  return c.redirect(to === urls.account ? urls.signIn : at(urls.signIn, { to }), 303)
}

async function betterPasswordFirst(needs: PageNeeds, c: WebContext, session: Session): Promise<Response> {
  const destination = { kind: 'place', path: comingBackTo(needs, c) } as const
  const journey = await beginJourney(needs, { browser: c.var.browser, destination })
  return c.redirect(stepPath(await whatIsNext(needs, journey, session), journey), 303)
}

/** The frame of account management, in that language. */
export function portalOf(language: Language, person: string): Portal {
  const t = portalTexts.in(language)
  return {
    home: { href: urls.account, label: t('home') },
    sections: [
      { href: urls.profile, label: t('profile') },
      { href: urls.email, label: t('email') },
      { href: urls.password, label: t('password') },
      { href: urls.sessions, label: t('sessions') },
      { href: urls.products, label: t('products') },
      { href: urls.activity, label: t('activity') },
      { href: urls.privacy, label: t('privacy') },
    ],
    signOut: { href: urls.signOut, label: t('signOut') },
    person,
  }
}
