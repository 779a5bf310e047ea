/** HTTP for the first page of account management. */

import { productsUsedBy } from '../../core/model/product/store.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { lookWithoutPhone } from '../../core/operations/factor/without-phone.ts'
import { type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import { webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { visitorOf } from '../frame.ts'
import { OverviewPage } from './pages.tsx'

export const routes = (needs: PageNeeds) =>
  webRoutes().get(urls.account, async (c) => {
    const { account, frame, portal, session } = await visitorOf(needs, c)
    const isTwoStep = isTwoStepOn(needs, session)
    const known = isTwoStep ? await lookWithoutPhone(needs.db, account, frame.language) : undefined
    const timeZone = timeZoneOf(needs, c)
    const used = await productsUsedBy(needs.db, account.id)
    const page = (
      <OverviewPage
        frame={frame}
        portal={portal}
        name={`${account.firstName} ${account.lastName}`}
        email={account.email}
        unblocked={c.req.query('done') === 'unblocked'}
        twoStep={isTwoStep}
        alone={session.maxAcr === 'pwd' ? 'password' : known && known.independent < 2 ? 'factor' : undefined}
        closing={
          account.closingAt
            ? { on: dayWords(frame.language, account.closingAt, timeZone), keep: urls.privacy }
            : undefined
        }
        products={used.map(({ name, lastUsedAt }) => ({ name, at: dayWords(frame.language, lastUsedAt, timeZone) }))}
      />
    )
    return c.html(renderPage(page))
  })
