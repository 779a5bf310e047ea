/** What the pages of the way in and of the account need from a request: the journey, the session, the frame. */

import type { Proof } from '../core/limits/challenge.ts'
import type { BrandNeeds } from '../core/model/brand/brand.ts'
import type { Catalogue } from '../core/model/product/catalogue.ts'
import { findSession, type Session } from '../core/model/session/session.ts'
import type { Disowned } from '../core/operations/disown/disown.ts'
import type { SecondFactorSubject } from '../core/operations/factor/second-factor-subject.ts'
import type { SignedIn } from '../core/operations/session/trusted-browser.ts'
import { after } from '../platform/clock.ts'
import { type Language, languages } from '../platform/languages/languages.ts'
import { firstLanguage } from '../platform/languages/matching.ts'
import type { Refused } from '../platform/outcome.ts'
import { drawToken } from '../platform/random.ts'
import { cookie, readCookie } from '../platform/web/cookies.ts'
import {
  Elsewhere,
  field,
  languageOf,
  setCookie,
  setTrust,
  type WebContext,
  type WebNeeds,
} from '../platform/web/web.ts'
import type { Assets } from '../ui/assets.ts'
import { draftOf, type Frame } from '../ui/frame.ts'
import { at, urls } from '../urls.ts'
import { JOURNEY_LIVES, type JourneyNeeds } from './begin.ts'
import type { Journey } from './journey.ts'
import { ownPath } from './language.ts'
import { type SecondFactorContext, secondFactorSubject } from './second-factor.ts'
import { findJourney, insertJourney } from './store.ts'

export type PageNeeds = JourneyNeeds & WebNeeds & BrandNeeds & { catalogue: Catalogue; assets: Assets }

/** The journey that a page names was begun in another browser, or is over: thrown, and shown as a page with a way on. */
export class JourneyLost extends Error {}

/**
 * The journey in the address of a page, if there is one. A letter names it as `letter`: it may be read in any browser,
 * and in another one nothing waits. @throws {JourneyLost} when this browser has not begun the one a page names
 */
export async function journeyOf(needs: PageNeeds, c: WebContext): Promise<Journey | undefined> {
  const { journey: id, letter } = c.req.query()
  const named = id ?? letter
  const journey = named && (await waitingJourney(needs, c, named))
  if (!journey && id !== undefined) throw new JourneyLost(`no journey ${id} in this browser`)
  return journey || undefined
}

/** The journey of a page that there is on a journey alone. @throws {JourneyLost} */
export async function requireJourney(needs: PageNeeds, c: WebContext): Promise<Journey> {
  const journey = await journeyOf(needs, c)
  if (!journey) throw new JourneyLost('this page belongs to a journey')
  return journey
}

/** The journey of that name, if this browser has begun it; begun again, where the browser alone has kept it. */
export const waitingJourney = async (needs: PageNeeds, c: WebContext, id: string): Promise<Journey | undefined> =>
  (await findJourney(needs, id, c.var.browser, needs.clock.now())) ?? (await beginAgain(needs, c, id))

/** The session of the browser. */
export const sessionOf = (needs: PageNeeds, c: WebContext): Promise<Session | undefined> =>
  findSession(needs, readCookie(c.req.header('cookie'), needs.cookies.session))

/** Gives the browser the secret of its session; where that has ended, the browser forgets it. */
export function keepSession({ figures, cookies }: PageNeeds, c: WebContext, secret: string | undefined): void {
  setCookie(c, cookie(cookies.session, secret ?? '', figures.sessionMax))
}
export const endSessionHere = (needs: PageNeeds, c: WebContext): void => keepSession(needs, c, undefined)

/** What a sign-in leaves in the browser: the secret of its session, and the value of the trust cookie. */
export function keepSignedIn(needs: PageNeeds, c: WebContext, { session, trust }: SignedIn) {
  keepSession(needs, c, session)
  setTrust(c, needs, trust)
}

/** There is a copy of the trust cookie of this browser: from now on the two have nothing in common. */
export const severTrust = (needs: PageNeeds, c: WebContext): void => setTrust(c, needs, drawToken(needs.random))

/**
 * A page on the way that asks something of the person who is signed in: `find` says what, and nothing where it asks nothing of them, or not
 * any more. @throws {Elsewhere} then, on with the journey
 */
export async function requirementOf<Required>(
  needs: PageNeeds,
  c: WebContext,
  find: (session: Session, journey: Journey) => Promise<Required | undefined>,
): Promise<Required & { journey: Journey; session: Session }> {
  const journey = await requireJourney(needs, c)
  const session = await sessionOf(needs, c)
  const isTheirs = session && (journey.account ?? session.account) === session.account
  const required = isTheirs ? await find(session, journey) : undefined
  if (!session || !required) throw new Elsewhere(c.redirect(onward(journey), 303))
  return { ...required, journey, session }
}

/** Somebody took an account back: signed out here as well, they choose a password, or read what comes next. `done`: what led there. */
export function goOnDisowned(needs: PageNeeds, c: WebContext, { link, next }: Disowned, done: 'ended' | 'undone') {
  endSessionHere(needs, c)
  const mailed = at(urls.notMeMailed, { next: next === 'mailed' ? undefined : next })
  return c.redirect(link ? at(urls.reset, { link, done }) : mailed, 303)
}

export type AtSecondStep = { context: SecondFactorContext; subject: SecondFactorSubject }

/** The person at the second step. @throws {Elsewhere} to where they are, where they are not */
export async function atSecondStep(needs: PageNeeds, c: WebContext): Promise<AtSecondStep> {
  const journey = await requireJourney(needs, c)
  const context = { journey, session: await sessionOf(needs, c), actor: c.var.actor }
  const subject = await secondFactorSubject(needs, context)
  if (!subject) throw new Elsewhere(c.redirect(along(urls.signIn, journey), 303))
  return { context, subject }
}

/** The page of the account that asked to sign in first: `to` in the address. */
export function placeIn({ origin }: { origin: string }, c: WebContext): string | undefined {
  const path = ownPath(c.req.query('to') ?? '', origin)
  return path.startsWith(`${urls.account}/`) || path === urls.device ? path : undefined
}

/** What every page is given. The language: the one chosen, the product's, the account's, the browser's. */
export async function frameOf(needs: PageNeeds, c: WebContext, journey?: Journey, own?: Language): Promise<Frame> {
  const request = journey?.destination.kind === 'product' ? journey.destination : undefined
  const product = request && (await needs.catalogue.find(request.product))
  if (product) c.set('leadsAway', product.redirectUris)
  return {
    language: languageOf(c, firstLanguage(request?.params.ui_locales?.split(' ') ?? []) ?? own),
    languages,
    csrf: c.var.csrf,
    here: c.var.here,
    draft: draftOf(c.var.form ?? c.var.draft),
    brand: needs.brandOf(product?.id),
    assets: needs.assets,
    ...(product && { toward: { name: product.name } }),
  }
}

/** Either part of what can be an address. */
const ADDRESS_LIKE = /^\S{1,64}@\S{1,64}$/u

/**
 * The address that a product proposes (`login_hint`).  A hint of another kind is left out: the author of a link to us would
 * write a sentence of theirs on our page.
 */
export function addressHint(journey: Journey | undefined): string | undefined {
  const hint = journey?.destination.kind === 'product' ? journey.destination.params.login_hint : undefined
  return hint !== undefined && ADDRESS_LIKE.test(hint) ? hint : undefined
}

/** The time zone of the place that a request comes from, where that is known. */
export const timeZoneOf = ({ places }: PageNeeds, c: WebContext): string | undefined =>
  places.find(c.var.actor.network)?.timeZone

/** The frame of a page that is about one account: its forms do nothing for another one, signed in to in another tab meanwhile. */
export async function frameAbout(
  needs: PageNeeds,
  c: WebContext,
  { id, language }: { id: string; language: Language },
  journey?: Journey,
): Promise<Frame> {
  const frame = await frameOf(needs, c, journey, language)
  return { ...frame, csrf: `${frame.csrf}.${needs.keyring.mark(`${c.var.browser} ${id}`, 'form of')}` }
}

/** Whether the form was made for that account, or for nobody. */
export const isFormOf = ({ keyring }: PageNeeds, c: WebContext, account: string): boolean =>
  c.var.formOf === '' || keyring.fits(`${c.var.browser} ${account}`, 'form of', c.var.formOf)

/** The proof of work a form brings, if any. */
export const proofOf = (c: WebContext): Proof => ({ challenge: field(c, 'challenge'), proof: field(c, 'proof') })

/** The challenge of a refusal for want of a proof. */
export function challengeOf(refusal: Refused<string> | undefined): string | undefined {
  const challenge = refusal?.figures.challenge
  return typeof challenge === 'string' ? challenge : undefined
}

/** Where a page sends the browser once its proof is written: on with the journey, or to the account. */
export const onward = (journey: Pick<Journey, 'id'> | undefined): string =>
  journey ? `${urls.continue}/${journey.id}` : urls.account

/** A path of the same journey. */
export const along = (
  path: string,
  journey: Pick<Journey, 'id'> | undefined,
  query: Record<string, string> = {},
): string => at(path, { journey: journey?.id, ...query })

// A product's request is kept by the browser as well: a journey on which nothing was proved goes after two hours, and who
// comes back to its page later than that begins it again. What a browser keeps, sealed, costs us nothing.
type KeptNeeds = Pick<JourneyNeeds, 'db' | 'clock' | 'figures'> & WebNeeds

/** With the other cookies it fits into what servers take of them. */
const LONGEST_KEPT = 3_500

const boundTo = (browser: string): string => `journey ${browser}`

/** The Set-Cookie line, where the request is short enough: where several wait, the newest is kept. */
export function keepInBrowser(needs: KeptNeeds, browser: string, { id, destination }: Journey): string | undefined {
  const { keyring, clock, figures, cookies } = needs
  const until = after(clock.now(), figures.signUpLives).getTime()
  const sealed = keyring.seal(JSON.stringify({ id, until, destination }), boundTo(browser))
  return sealed.length < LONGEST_KEPT ? cookie(cookies.waiting, sealed, figures.signUpLives) : undefined
}

export const forgetInBrowser = ({ cookies }: KeptNeeds): string => cookie(cookies.waiting, '')

/** The journey of that name anew, with nothing proved, if this browser keeps it. */
async function beginAgain(needs: KeptNeeds, c: WebContext, id: string) {
  const { browser, actor } = c.var
  const kept = openKept(needs, browser, readCookie(c.req.header('cookie'), needs.cookies.waiting) ?? '')
  const now = needs.clock.now()
  if (kept?.id !== id || kept.until <= now.getTime()) return undefined
  const journey: Journey = {
    id: kept.id,
    browserMark: actor.browser,
    destination: kept.destination,
    interactionMark: null,
    account: null,
    proofs: {},
  }
  const { network } = actor
  const isNew = await insertJourney(needs, needs.db, journey, { network, now, expiresAt: after(now, JOURNEY_LIVES) })
  return isNew ? journey : undefined
}

function openKept({ keyring }: KeptNeeds, browser: string, sealed: string): (Journey & { until: number }) | undefined {
  try {
    return JSON.parse(keyring.open(sealed, boundTo(browser)))
  } catch {
    return undefined
  }
}
