/** HTTP for the code that confirms a sign-in. */
import { along, frameOf, keepSignedIn, onward, type PageNeeds, requireJourney, sessionOf } from '../../journey/frame.ts'
import { inMinutes } from '../../platform/clock.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import type { CodeRefusal } from '../../ui/asking/code.tsx'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { ConfirmPage } from './pages.tsx'
import { confirm, type Needs as RuleNeeds, resend, whoConfirms } from './rules.ts'

type Needs = RuleNeeds & PageNeeds

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.confirm, (c) => show(needs, c))
    .post(urls.confirm, async (c) => {
      const journey = await requireJourney(needs, c)
      const typed = field(c, 'code')
      if (typed.trim() === '') return show(needs, c, 'code-missing')
      const former = await sessionOf(needs, c)
      const outcome = await confirm(needs, { journey, actor: c.var.actor, former }, typed)
      if (outcome.ok) {
        keepSignedIn(needs, c, outcome)
        return c.redirect(onward(journey), 303)
      }
      if (outcome.reason === 'nothing-pending') return c.redirect(along(urls.signIn, journey), 303)
      return show(needs, c, outcome.reason)
    })
    .post(urls.confirmResend, async (c) => {
      const journey = await requireJourney(needs, c)
      const outcome = await resend(needs, journey, c.var.actor)
      return c.redirect(
        outcome.ok ? along(urls.confirm, journey, { done: 'resent' }) : along(urls.signIn, journey),
        303,
      )
    })

async function show(needs: Needs, c: WebContext, refusal?: CodeRefusal) {
  const journey = await requireJourney(needs, c)
  const account = await whoConfirms(needs, journey)
  if (!account) return c.redirect(onward(journey), 303)
  const page = (
    <ConfirmPage
      frame={await frameOf(needs, c, journey, account.language)}
      action={along(urls.confirm, journey)}
      resend={along(urls.confirmResend, journey)}
      address={account.email}
      minutes={inMinutes(needs.figures.codeLives)}
      resent={!refusal && c.req.query('done') === 'resent'}
      refusal={refusal}
    />
  )
  return c.html(renderPage(page), refusal ? 422 : 200)
}
