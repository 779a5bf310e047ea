/** HTTP for the link of a notice. Opening it changes nothing; the button does. */
import { frameOf, type PageNeeds } from '../../journey/frame.ts'
import { cookie } from '../../platform/web/cookies.ts'
import { setCookie, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { DeadNoticePage, NotMePage } from './pages.tsx'
import { type Needs, notMe, whoIsTold } from './rules.ts'

export function notMine(needs: Needs & PageNeeds) {
  const dead = async (c: WebContext) => {
    const page = <DeadNoticePage frame={await frameOf(needs, c)} forgot={urls.forgot} />
    return c.html(renderPage(page), 410)
  }
  return webRoutes()
    .get(urls.notMe, async (c) => {
      const link = c.req.query('link') ?? ''
      const account = await whoIsTold(needs, link)
      if (!account) return dead(c)
      const frame = await frameOf(needs, c, undefined, account.language)
      const page = <NotMePage frame={frame} action={at(urls.notMe, { link })} address={account.email} />
      return c.html(renderPage(page))
    })
    .post(urls.notMe, async (c) => {
      const outcome = await notMe(needs, c.req.query('link') ?? '', c.var.origin)
      if (!outcome.ok) return dead(c)
      setCookie(c, cookie(needs.cookies.session, '', { https: needs.https }))
      return c.redirect(at(urls.reset, { link: outcome.reset, done: 'ended' }), 303)
    })
}
