/** HTTP for a person who has to set up a second factor before they go on. */

import { isPhoneOn, type PhoneFigures } from '../../core/limits/phone-limits.ts'
import { findAccount } from '../../core/model/account/store.ts'
import { along, frameOf, JourneyLost, journeyOf, onward, type PageNeeds, sessionOf } from '../../journey/frame.ts'
import { type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { SecondWayPage } from './pages.tsx'
import { missing, putOff } from './rules.ts'

type Needs = PageNeeds & { figures: PhoneFigures }

export function routes(needs: Needs) {
  /** Who lacks a second way on which journey; or where to go instead. */
  const asked = async (c: WebContext) => {
    const journey = await journeyOf(needs, c)
    if (!journey) throw new JourneyLost('nothing asks for a second way')
    const session = await sessionOf(needs, c)
    const own = session && (journey.account === null || journey.account === session.account)
    const lack = own ? await missing(needs, journey, session) : undefined
    return { journey, whose: session && lack && { session, lack } }
  }
  return webRoutes()
    .get(urls.secondWay, async (c) => {
      const { journey, whose } = await asked(c)
      const account = whose && (await findAccount(needs.db, whose.session.account))
      if (!account) return c.redirect(onward(journey), 303)
      const { by, until } = whose.lack
      const frame = await frameOf(needs, c, journey, account.language)
      const page = (
        <SecondWayPage
          frame={frame}
          address={account.email}
          product={by === 'product' ? frame.toward?.name : undefined}
          to={(path) => along(path, journey)}
          phone={isPhoneOn(needs.figures)}
          later={until && { date: dayWords(frame.language, until), action: along(urls.secondWayLater, journey) }}
        />
      )
      return c.html(renderPage(page))
    })
    .post(urls.secondWayLater, async (c) => {
      const { journey, whose } = await asked(c)
      if (whose) await putOff(needs, whose.session)
      return c.redirect(onward(journey), 303)
    })
}
