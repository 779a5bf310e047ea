/** HTTP for a person who has to set up a second factor before they go on. */

import { isPhoneOn, type PhoneFigures } from '../../core/limits/phone-limits.ts'
import { findAccount } from '../../core/model/account/store.ts'
import { along, frameOf, onward, type PageNeeds, requirementOf } from '../../journey/frame.ts'
import { type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { SecondWayPage } from './pages.tsx'
import { missing, putOff } from './rules.ts'

type Needs = PageNeeds & { figures: PhoneFigures }

export function routes(needs: Needs) {
  const lacking = (c: WebContext) => requirementOf(needs, c, (session, journey) => missing(needs, journey, session))
  return webRoutes()
    .get(urls.enrolSecondFactor, async (c) => {
      const { journey, session, by, until } = await lacking(c)
      const account = await findAccount(needs.db, session.account)
      if (!account) return c.redirect(onward(journey), 303)
      const frame = await frameOf(needs, c, journey, account.language)
      const page = (
        <SecondWayPage
          frame={frame}
          address={account.email}
          product={by === 'product' ? frame.toward?.name : undefined}
          to={(path) => along(path, journey)}
          phone={isPhoneOn(needs.figures)}
          later={
            until && { date: dayWords(frame.language, until), action: along(urls.enrolSecondFactorLater, journey) }
          }
        />
      )
      return c.html(renderPage(page))
    })
    .post(urls.enrolSecondFactorLater, async (c) => {
      const { journey, session } = await lacking(c)
      await putOff(needs, session)
      return c.redirect(onward(journey), 303)
    })
}
