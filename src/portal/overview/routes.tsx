/** HTTP for the first page of account management. */
import { findAccount } from '../../core/account/store.ts'
import { productsUsedBy } from '../../core/product/store.ts'
import { frameOf, type PageNeeds, sessionOf } from '../../journey/frame.ts'
import { webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { OverviewPage } from './pages.tsx'
import { texts } from './texts.ts'

export const overview = (needs: PageNeeds) =>
  webRoutes().get(urls.account, async (c) => {
    const session = await sessionOf(needs, c)
    const account = session && (await findAccount(needs.db, session.account))
    if (!account) return c.redirect(urls.signIn, 303)
    const frame = await frameOf(needs, c, undefined, account.language)
    const t = texts.in(frame.language)
    const day = new Intl.DateTimeFormat(frame.language, { dateStyle: 'long' })
    const used = await productsUsedBy(needs.db, account.id)
    const page = (
      <OverviewPage
        frame={frame}
        portal={{
          home: { href: urls.account, label: t('title') },
          sections: [],
          signOut: { href: urls.signOut, label: t('signOut') },
          person: account.email,
        }}
        name={`${account.firstName} ${account.lastName}`}
        email={account.email}
        products={used.map(({ name, lastUsedAt }) => ({ name, at: day.format(lastUsedAt) }))}
      />
    )
    return c.html(renderPage(page))
  })
