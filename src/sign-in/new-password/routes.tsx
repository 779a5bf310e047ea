/** HTTP for a reset link. Opening it changes nothing; the form does. */

import { changeProblems } from '../../journey/errors/problem-texts.ts'
import { along, endSessionHere, frameOf, type PageNeeds } from '../../journey/frame.ts'
import { findJourney } from '../../journey/store.ts'
import { field, linkOf, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { type Confirmation, DeadLinkPage, ResetPage } from './pages.tsx'
import { type Needs, type ResetOutcome, resetPassword, whoseReset } from './rules.ts'

const deeds: readonly Confirmation[] = ['ended', 'undone']

export function routes(needs: Needs & PageNeeds) {
  /** The journey that waits, if this is its browser; a link may well be opened in another. */
  const waiting = (c: WebContext) => findJourney(needs, c.req.query('journey') ?? '', c.var.browser, needs.clock.now())

  const show = async (c: WebContext, link: string, refusal?: ResetOutcome & { ok: false }) => {
    const journey = await waiting(c)
    const whose = refusal?.reason === 'link-dead' ? undefined : await whoseReset(needs, link)
    const frame = await frameOf(needs, c, journey, whose?.account.language)
    if (!whose) return c.html(renderPage(<DeadLinkPage frame={frame} forgot={along(urls.forgot, journey)} />), 410)
    const page = (
      <ResetPage
        frame={frame}
        action={along(urls.reset, journey, { link })}
        address={whose.account.email}
        tookBack={whose.recovery !== undefined}
        passwordMin={needs.policies.current().minLength}
        done={refusal ? undefined : deeds.find((deed) => deed === c.req.query('done'))}
        problems={refusal ? changeProblems(frame.language, refusal) : {}}
      />
    )
    return c.html(renderPage(page), refusal ? 422 : 200)
  }

  return webRoutes()
    .get(urls.reset, (c) => show(c, linkOf(c)))
    .post(urls.reset, async (c) => {
      const link = linkOf(c)
      const typed = { password: field(c, 'new-password'), again: field(c, 'confirm-password') }
      const outcome = await resetPassword(needs, { ...typed, link, actor: c.var.actor })
      if (!outcome.ok && outcome.reason === 'address-taken')
        return c.redirect(at(urls.notMeMailed, { next: outcome.reason }), 303)
      if (!outcome.ok) return show(c, link, outcome)
      endSessionHere(needs, c)
      const journey = await waiting(c)
      const isLookedOver = outcome.tookBack || (outcome.waysChanged && !journey) // a person on the way to a product is told by letter instead
      const next = isLookedOver ? at(urls.signIn, { to: urls.review, done: 'reset' }) : undefined
      return c.redirect(next ?? along(urls.signIn, journey, { done: 'reset' }), 303)
    })
}
