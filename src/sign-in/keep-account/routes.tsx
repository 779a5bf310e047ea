/** HTTP for the choice that comes before a product where the account is about to close. */

import { findAccount } from '../../core/model/account/store.ts'
import { cancelClosing } from '../../core/operations/close-account.ts'
import {
  along,
  frameAbout,
  isFormOf,
  journeyOf,
  onward,
  type PageNeeds,
  sessionOf,
  timeZoneOf,
} from '../../journey/frame.ts'
import { transact } from '../../platform/database/db.ts'
import { webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { KeepAccountPage } from './pages.tsx'

export const routes = (needs: PageNeeds) =>
  webRoutes()
    .get(urls.keepAccount, async (c) => {
      const [journey, session] = [await journeyOf(needs, c), await sessionOf(needs, c)]
      const account = session && (await findAccount(needs.db, session.account))
      if (!account?.closingAt) return c.redirect(onward(journey), 303)
      const frame = await frameAbout(needs, c, account, journey)
      const timeZone = timeZoneOf(needs, c)
      const page = (
        <KeepAccountPage
          frame={frame}
          action={along(urls.keepAccount, journey)}
          leave={urls.privacy}
          address={account.email}
          date={dayWords(frame.language, account.closingAt, timeZone)}
        />
      )
      return c.html(renderPage(page))
    })
    .post(urls.keepAccount, async (c) => {
      const [journey, session] = [await journeyOf(needs, c), await sessionOf(needs, c)]
      if (session && !isFormOf(needs, c, session.account)) return c.redirect(along(urls.keepAccount, journey), 303)
      if (session)
        await transact(needs.db, (tx) => cancelClosing(needs, tx, { account: session.account, actor: c.var.actor }))
      return c.redirect(onward(journey), 303)
    })
