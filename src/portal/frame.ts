/**
 * What a page of account management needs: the person who is signed in, recently where the page is a sensitive one. A
 * person who is not is sent to sign in, and then returns to the page with what they had typed.
 */
import { type Account, findAccount } from '../core/model/account/store.ts'
import { type FactorKind, turnsTwoStepOn } from '../core/model/factor/kinds.ts'
import type { Session } from '../core/model/session/session.ts'
import type { RequiredNeeds } from '../core/operations/factor/required.ts'
import { isTwoStepOn } from '../core/operations/factor/two-step.ts'
import { beginJourney } from '../journey/begin.ts'
import { nothingProved, whatIsNext } from '../journey/facts.ts'
import { along, frameAbout, isFormOf, journeyOf, onward, type PageNeeds, sessionOf } from '../journey/frame.ts'
import type { Journey, Place } from '../journey/journey.ts'
import { ownPath } from '../journey/language.ts'
import type { Next } from '../journey/next-step.ts'
import { stepPath } from '../journey/routes.tsx'
import { type Duration, minutes } from '../platform/clock.ts'
import type { Language } from '../platform/languages/languages.ts'
import { Elsewhere, keepDraft, type WebContext } from '../platform/web/web.ts'
import type { Frame } from '../ui/frame.ts'
import type { Portal } from '../ui/layout.tsx'
import { at, urls } from '../urls.ts'
import { portalTexts } from './texts.ts'

/** `journey`: what waits while a way is set up, and goes on when that is done. */
export type Visitor = {
  session: Session
  account: Account
  frame: Frame
  portal: Portal
  journey: Journey | undefined
}

/**
 * How long ago a person may have signed in, and have proved more than a password where two-step verification is on (`always`: or
 * off, as long as there is a way).
 */
export type Freshness = { signIn?: Duration | undefined; factor?: Duration | undefined; always?: boolean }

const within = (ago: Duration): Freshness => ({ signIn: ago, factor: ago })
const SIGNED_IN_WITHIN = minutes(10)
/** For a sensitive change (K2). */
export const FRESH = within(SIGNED_IN_WITHIN)
/** For a change of the factors. */
export const FRESHEST = within(minutes(5))
/** For the continuation of what was begun while fresh, `waited` ago. Requirements that were added since apply. */
export const freshBefore = (waited: Duration): Freshness => within({ ms: SIGNED_IN_WITHIN.ms + waited.ms })

/** The person who is signed in. @throws {Elsewhere} to what has to be done first: signing in, or a step that is required */
export async function visitorOf(needs: PageNeeds, c: WebContext, fresh: Freshness = {}): Promise<Visitor> {
  const session = await sessionOf(needs, c)
  const account = session && (await findAccount(needs.db, session.account))
  const age = session ? needs.clock.now().getTime() - session.authenticatedAt.getTime() : 0
  if (!account || (fresh.signIn && age > fresh.signIn.ms)) throw signInFirst(needs, c)
  if (c.req.method === 'POST' && !isFormOf(needs, c, account.id))
    throw new Elsewhere(c.redirect(ownPath(c.var.form.get('here') ?? '', needs.origin), 303))
  const isNewWayAlone = session.coolingOffUntil && session.coolingOffUntil > needs.clock.now()
  if ((fresh.signIn || fresh.factor) && isNewWayAlone) throw signInFirst(needs, c, 'older-way')
  const place: Place = { kind: 'place', path: c.req.path, factorWithin: fresh.factor?.ms, always: fresh.always }
  const next = await whatIsNext(needs, { destination: place, ...nothingProved }, session)
  if (next.go === 'show') throw await stepFirst(needs, c, next, place)
  const journey = c.req.path.startsWith(`${urls.factors}/`) ? await journeyOf(needs, c) : undefined
  const frame = await frameAbout(needs, c, account, journey)
  const portal = portalOf(frame.language, account.email)
  return { session, account, frame, journey, portal: journey ? onTheWay(portal, journey, frame.language) : portal }
}

/** Without the sections, and with the way back to what waits. */
export const onTheWay = (portal: Portal, journey: Pick<Journey, 'id'>, language: Language): Portal => ({
  ...portal,
  sections: [],
  home: { href: onward(journey), label: portalTexts.in(language)('back') },
})

/** Where somebody goes who has done what they came for: on with what waits, if anything does. */
export const goOn = ({ journey }: Visitor, path: string): string => (journey ? onward(journey) : path)

/** Where somebody goes who has set up a factor: where it has turned two-step verification on, recovery codes are next. */
export function afterSettingUp(needs: RequiredNeeds, visitor: Visitor, kind: FactorKind): string {
  const { session, journey } = visitor
  const isRequired = isTwoStepOn(needs, { ...session, maxAcr: 'phr' })
  const isTurnedOn = !isTwoStepOn(needs, session) && (turnsTwoStepOn(kind) || isRequired)
  return isTurnedOn
    ? along(urls.newRecoveryCodes, journey, { done: kind })
    : goOn(visitor, at(urls.factors, { done: kind }))
}

/** The page to come back to; what was typed on it is kept. */
function comingBackTo(needs: PageNeeds, c: WebContext): string {
  if (c.req.method !== 'POST') return ownPath(c.var.here, needs.origin)
  const path = ownPath(c.var.form.get('here') ?? '', needs.origin)
  keepDraft(needs, c, path, c.var.form)
  return path
}

function signInFirst(needs: PageNeeds, c: WebContext, done?: 'older-way'): Elsewhere {
  const to = comingBackTo(needs, c)
  return new Elsewhere(c.redirect(to === urls.account ? urls.signIn : at(urls.signIn, { to, done }), 303))
}

/** The page waits until the steps are done that a journey to it asks for. */
async function stepFirst(needs: PageNeeds, c: WebContext, next: Next, place: Place) {
  const destination = { ...place, path: comingBackTo(needs, c) }
  const journey = await beginJourney(needs, { browser: c.var.browser, destination })
  return new Elsewhere(c.redirect(stepPath(next, journey), 303))
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
      { href: urls.factors, label: t('factors') },
      { href: urls.sessions, label: t('sessions') },
      { href: urls.products, label: t('products') },
      { href: urls.activity, label: t('activity') },
      { href: urls.privacy, label: t('privacy') },
    ],
    signOut: { href: urls.signOut, label: t('signOut') },
    person,
  }
}
