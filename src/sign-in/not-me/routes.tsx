/** HTTP for the link of a notice. Opening it changes nothing; the button does. */
import type { DisownNeeds, Next } from '../../core/operations/disown/disown.ts'
import { frameOf, goOnDisowned, type PageNeeds } from '../../journey/frame.ts'
import { linkOf, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { DeadNoticePage, NextPage, NotMePage } from './pages.tsx'
import { notMe, whoIsTold } from './rules.ts'

const nexts: readonly Next[] = ['mailed', 'mailed-earlier', 'outranked', 'address-taken']

export function routes(needs: DisownNeeds & PageNeeds & { support: string }) {
  const dead = async (c: WebContext) => {
    const page = <DeadNoticePage frame={await frameOf(needs, c)} forgot={urls.forgot} />
    return c.html(renderPage(page), 410)
  }
  return webRoutes()
    .get(urls.notMe, async (c) => {
      const link = linkOf(c)
      const told = await whoIsTold(needs, link)
      if (!told) return dead(c)
      const frame = await frameOf(needs, c, undefined, told.account.language)
      return c.html(renderPage(<NotMePage frame={frame} action={at(urls.notMe, { link })} address={told.mailbox} />))
    })
    .get(urls.notMeMailed, async (c) => {
      const next = nexts.find((one) => one === c.req.query('next')) ?? 'mailed'
      const ways = { support: needs.support, forgot: urls.forgot, signIn: urls.signIn }
      return c.html(renderPage(<NextPage frame={await frameOf(needs, c)} {...{ next, ...ways }} />))
    })
    .post(urls.notMe, async (c) => {
      const outcome = await notMe(needs, linkOf(c), c.var.actor)
      if (!outcome.ok) return dead(c)
      return goOnDisowned(needs, c, outcome, 'ended')
    })
}
