/** HTTP for `prompt=select_account`: go on with the account of this browser, or sign in with another. */
import { findAccount } from '../../core/model/account/store.ts'
import {
  along,
  frameAbout,
  isFormOf,
  journeyOf,
  onward,
  type PageNeeds,
  requireJourney,
  sessionOf,
} from '../../journey/frame.ts'
import { proveNow } from '../../journey/store.ts'
import { webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { ChooseAccountPage } from './pages.tsx'

export function routes(needs: PageNeeds) {
  return webRoutes()
    .get(urls.chooseAccount, async (c) => {
      const [journey, session] = [await journeyOf(needs, c), await sessionOf(needs, c)]
      const account = session && (await findAccount(needs.db, session.account))
      if (!account) return c.redirect(along(urls.signIn, journey), 303)
      const page = (
        <ChooseAccountPage
          frame={await frameAbout(needs, c, account, journey)}
          action={along(urls.chooseAccount, journey)}
          address={account.email}
          other={along(urls.signIn, journey)}
          confirms={journey?.destination.kind === 'product' && !!journey.destination.unclaimed}
        />
      )
      return c.html(renderPage(page))
    })
    .post(urls.chooseAccount, async (c) => {
      const journey = await requireJourney(needs, c)
      const session = await sessionOf(needs, c)
      if (session && !isFormOf(needs, c, session.account)) return c.redirect(along(urls.chooseAccount, journey), 303)
      if (session) await proveNow(needs, needs.db, journey, session, 'choice')
      return c.redirect(onward(journey), 303)
    })
}
