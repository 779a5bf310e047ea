import { scopeWords } from '../../core/model/product/scope-words.ts'
import { productsUsedBy } from '../../core/model/product/store.ts'
import { type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import { field, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { at, urls } from '../../urls.ts'
import { visitorOf } from '../frame.ts'
import { ProductsPage } from './pages.tsx'
import { removeAccess } from './rules.ts'

export const routes = (needs: PageNeeds) =>
  webRoutes()
    .get(urls.products, async (c) => {
      const { account, frame, portal } = await visitorOf(needs, c)
      const timeZone = timeZoneOf(needs, c)
      const used = await productsUsedBy(needs.db, account.id)
      const products = used.map(({ firstUsedAt, lastUsedAt, scopes, ...product }) => ({
        ...product,
        scopes: scopes.map((scope) => scopeWords(frame.language, scope)),
        since: dayWords(frame.language, firstUsedAt, timeZone),
        last: dayWords(frame.language, lastUsedAt, timeZone),
      }))
      const removed = c.req.query('done') === 'removed'
      return c.html(renderPage(<ProductsPage {...{ frame, portal, products, removed }} />))
    })
    .post(urls.removeAccess, async (c) => {
      const visitor = await visitorOf(needs, c)
      await removeAccess(needs, visitor.account, field(c, 'product'), c.var.actor)
      return c.redirect(at(urls.products, { done: 'removed' }), 303)
    })
