/** HTTP for an unblock link. Opening it changes nothing; its buttons do, where the box of the choice is ticked. */
import type { DisownNeeds } from '../../core/operations/disown/disown.ts'
import { frameOf, goOnDisowned, type PageNeeds } from '../../journey/frame.ts'
import { field, linkOf, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { type Choice, DeadUnblockPage, UnblockPage } from './pages.tsx'
import { disownAttempt, unblockAccount, whoseBlock } from './rules.ts'

export function routes(needs: DisownNeeds & PageNeeds) {
  const dead = async (c: WebContext) => {
    const page = <DeadUnblockPage frame={await frameOf(needs, c)} forgot={urls.forgot} />
    return c.html(renderPage(page), 410)
  }
  const show = async (c: WebContext, link: string, unticked?: Choice) => {
    const account = await whoseBlock(needs, link)
    if (!account) return dead(c)
    const frame = await frameOf(needs, c, undefined, account.language)
    const action = at(urls.unblock, { link })
    const page = <UnblockPage {...{ frame, action, unticked }} address={account.email} />
    return c.html(renderPage(page), unticked ? 422 : 200)
  }
  return webRoutes()
    .get(urls.unblock, (c) => show(c, linkOf(c)))
    .post(urls.unblock, async (c) => {
      const link = linkOf(c)
      const who: Choice = field(c, 'who') === 'was-not-me' ? 'was-not-me' : 'was-me'
      if (field(c, who) !== 'yes') return show(c, link, who)
      if (who === 'was-not-me') {
        const outcome = await disownAttempt(needs, link, c.var.actor)
        if (!outcome.ok) return dead(c)
        return goOnDisowned(needs, c, outcome, 'ended')
      }
      const outcome = await unblockAccount(needs, link, c.var.actor)
      return outcome.ok ? c.redirect(at(urls.signIn, { done: 'unblocked' }), 303) : dead(c)
    })
}
