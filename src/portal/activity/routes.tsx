/** HTTP for what happened to an account. */

import type { DisownNeeds } from '../../core/operations/disown/disown.ts'
import { goOnDisowned, type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { browserWords, placeWords, whenWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { FRESH, visitorOf } from '../frame.ts'
import { type ActivityLine, ActivityPage } from './pages.tsx'
import { activityOf, disownActivity, type Happened, isEvent } from './rules.ts'

type Needs = DisownNeeds & PageNeeds

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.activity, async (c) => {
      const { account, frame, portal } = await visitorOf(needs, c)
      const given = c.req.query('before') ?? ''
      const before = isEvent(given) ? given : undefined
      const { lines, older } = await activityOf(needs, account, before)
      const timeZone = timeZoneOf(needs, c)
      const said = await Promise.all(lines.map((line) => inWords(needs, frame.language, line, timeZone)))
      return c.html(renderPage(<ActivityPage {...{ frame, portal, older }} lines={said} isNewest={!before} />))
    })
    .post(urls.activity, async (c) => {
      const visitor = await visitorOf(needs, c, FRESH)
      const disowned = await disownActivity(needs, visitor.account, c.var.actor)
      return goOnDisowned(needs, c, disowned, 'ended')
    })

/** The time is told as it is where the reader is now. */
async function inWords(needs: Needs, language: Language, happened: Happened, timeZone: string | undefined) {
  const { at: happenedAt, network, userAgent, product, ...line } = happened
  // A product that is gone goes by its id.
  const name = product && ((await needs.catalogue.find(product))?.name ?? product)
  const said: ActivityLine = { ...line, when: whenWords(language, happenedAt, timeZone), product: name }
  if (network === '' && userAgent === '') return said
  const place = placeWords(language, needs.places.find(network)?.name(language), network)
  return { ...said, place, browser: browserWords(language, userAgent) }
}
