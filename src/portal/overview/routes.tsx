/** HTTP for the first page of account management. */
import { productsUsedBy } from '../../core/product/store.ts'
import type { PageNeeds } from '../../journey/frame.ts'
import { webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { visitorOf } from '../frame.ts'
import { OverviewPage } from './pages.tsx'

export const overview = (needs: PageNeeds) =>
  webRoutes().get(urls.account, async (c) => {
    const visitor = await visitorOf(needs, c)
    if (visitor instanceof Response) return visitor
    const { account, frame, portal } = visitor
    const day = new Intl.DateTimeFormat(frame.language, { dateStyle: 'long' })
    const used = await productsUsedBy(needs.db, account.id)
    const page = (
      <OverviewPage
        frame={frame}
        portal={portal}
        name={`${account.firstName} ${account.lastName}`}
        email={account.email}
        products={used.map(({ name, lastUsedAt }) => ({ name, at: day.format(lastUsedAt) }))}
      />
    )
    return c.html(renderPage(page))
  })
