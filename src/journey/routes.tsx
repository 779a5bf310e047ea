/** /continue: where every proof leads back to, and the one place that sends a browser to the next page or on. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Session } from '../core/model/session/session.ts'
import { setCookie, webRoutes } from '../platform/web/web.ts'
import { at, urls } from '../urls.ts'
import { whatIsNext } from './facts.ts'
import { along, forgetInBrowser, JourneyLost, type PageNeeds, sessionOf, waitingJourney } from './frame.ts'
import type { Journey } from './journey.ts'
import type { Next } from './next-step.ts'

/** The path of what is next on a journey. */
export const stepPath = (next: Next, journey: Journey): string =>
  next.go === 'show' ? along(next.step.path, journey) : `${urls.continue}/${journey.id}`

/** What the answer to another tab, under way at this moment, takes to reach the browser. */
const ON_ITS_WAY_MS = 250

/** Ends a journey to a product: answers the protocol and says where the browser goes with that. */
export type Answer = (journey: Journey, session: Session) => Promise<string>

export const journeys = (needs: PageNeeds & { answer: Answer }) =>
  webRoutes().get(`${urls.continue}/:journey`, async (c) => {
    const journey = await waitingJourney(needs, c, c.req.param('journey'))
    if (!journey) throw new JourneyLost('no such journey in this browser')
    const session = await sessionOf(needs, c)
    // When two tabs finish at once, one is given the session; the request of the other may arrive before the cookie does.
    if (journey.proofs.identity && !session && c.req.query('again') === undefined) {
      await pause(ON_ITS_WAY_MS)
      return c.redirect(at(c.req.path, { again: '1' }), 303)
    }
    const next = await whatIsNext(needs, journey, session)
    if (next.go === 'show') return c.redirect(stepPath(next, journey), 303)
    if (!session) throw new Error('a journey went on without a session')
    const { destination } = journey
    if (destination.kind === 'product') setCookie(c, forgetInBrowser(needs))
    return c.redirect(destination.kind === 'place' ? destination.path : await needs.answer(journey, session), 303)
  })
