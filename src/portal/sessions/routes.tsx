/** HTTP for sessions and browsers. */
import type { AccountNeeds } from '../../core/events/emit.ts'
import type { PageNeeds } from '../../journey/frame.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { agoWords, browserWords, dayWords, placeWords } from '../../ui/letter/happening.ts'
import { at, urls } from '../../urls.ts'
import { type Visitor, visitorOf } from '../frame.ts'
import { type Confirmation, SessionsPage } from './pages.tsx'
import { endOne, endOthers, forget, type Whereabouts, whereabouts } from './rules.ts'

const deeds: readonly Confirmation[] = ['end', 'end-others', 'forget']

export function routes(needs: PageNeeds) {
  /** Does something for the person who is signed in, and shows the list again with a confirmation. */
  const does =
    (done: Confirmation, deed: (visitor: Visitor, c: WebContext) => Promise<void>) => async (c: WebContext) => {
      const visitor = await visitorOf(needs, c)
      await deed(visitor, c)
      return c.redirect(at(urls.sessions, { done }), 303)
    }
  return webRoutes()
    .get(urls.sessions, async (c) => {
      const visitor = await visitorOf(needs, c)
      const { frame, portal, account } = visitor
      const done = deeds.find((deed) => deed === c.req.query('done'))
      const lines = inWords(needs, c, visitor, await whereabouts(needs, account))
      return c.html(renderPage(<SessionsPage {...{ frame, portal, done, ...lines }} />))
    })
    .post(
      urls.endSession,
      does('end', ({ account }, c) => endOne(needs, account, field(c, 'session'), c.var.actor)),
    )
    .post(
      urls.endOtherSessions,
      does('end-others', ({ account, session }, c) => endOthers(needs, account, session, c.var.actor)),
    )
    .post(
      urls.forgetBrowser,
      does('forget', ({ account }, c) => forget(needs, account, field(c, 'browser'), c.var.actor)),
    )
}

function inWords(
  needs: AccountNeeds,
  c: WebContext,
  { frame, session }: Visitor,
  { sessions, browsers, lastOnly }: Whereabouts,
) {
  const { language } = frame
  const { network, browser } = c.var.actor
  const timeZone = needs.places.find(network)?.timeZone
  return {
    lastOnly,
    sessions: sessions.map(({ uid, userAgent, seenAt, products, ...seat }) => ({
      uid,
      browser: browserWords(language, userAgent),
      ...placeOf(needs, language, seat.network),
      ago: agoWords(language, seenAt, needs.clock.now()),
      products,
      here: uid === session.uid,
    })),
    browsers: browsers.map((known) => ({
      mark: known.browser_mark,
      browser: browserWords(language, known.user_agent),
      first: dayWords(language, known.first_seen_at, timeZone),
      last: dayWords(language, known.last_seen_at, timeZone),
      here: known.browser_mark === browser,
    })),
  }
}

function placeOf({ places }: AccountNeeds, language: Language, network: string) {
  const name = places.find(network)?.name(language)
  return { place: placeWords(language, name, network), nearPlace: name !== undefined }
}
