/** HTTP for choosing a better password on the way to where the person was going. */

import { findAccount } from '../../core/model/account/store.ts'
import { needsStepUp } from '../../core/operations/factor/two-step.ts'
import type { ChangeOutcome, PasswordChangeNeeds } from '../../core/operations/password/change-password.ts'
import { beginJourney } from '../../journey/begin.ts'
import { changeProblems } from '../../journey/errors/problem-texts.ts'
import { whatIsNext } from '../../journey/facts.ts'
import { along, frameOf, keepSession, onward, type PageNeeds, requirementOf } from '../../journey/frame.ts'
import { stepPath } from '../../journey/routes.tsx'
import { Elsewhere, field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { BetterPasswordPage } from './pages.tsx'
import { chooseBetter, FACTOR_WITHIN, putOff, shortOf } from './rules.ts'

export function routes(needs: PasswordChangeNeeds & PageNeeds) {
  const whoFallsShort = (c: WebContext) =>
    requirementOf(needs, c, async (session) => {
      const found = shortOf(needs, session)
      const account = found && (await findAccount(needs.db, session.account))
      return account && { account, short: found }
    })
  type Whose = Awaited<ReturnType<typeof whoFallsShort>>
  /** Where more than the password has to be proved first, that leads back to the page. */
  const proved = async (c: WebContext): Promise<Whose> => {
    const whose = await whoFallsShort(c)
    const factorWithin = FACTOR_WITHIN.ms
    if (!needsStepUp(needs, { factorWithin }, whose.session)) return whose
    const destination = { kind: 'place', path: along(urls.betterPassword, whose.journey), factorWithin } as const
    const detour = await beginJourney(needs, { browser: c.var.browser, destination })
    throw new Elsewhere(c.redirect(stepPath(await whatIsNext(needs, detour, whose.session), detour), 303))
  }
  const show = async (c: WebContext, { journey, account, short }: Whose, refusal?: ChangeOutcome & { ok: false }) => {
    const { why, until, asksCurrent } = short
    const frame = await frameOf(needs, c, journey, account.language)
    const page = (
      <BetterPasswordPage
        frame={frame}
        action={along(urls.betterPassword, journey)}
        address={account.email}
        passwordMin={needs.policies.current().minLength}
        why={why}
        asksCurrent={asksCurrent}
        later={until && { date: dayWords(frame.language, until), action: along(urls.betterPasswordLater, journey) }}
        problems={refusal ? changeProblems(frame.language, refusal) : {}}
      />
    )
    return c.html(renderPage(page), refusal ? 422 : 200)
  }

  return webRoutes()
    .get(urls.betterPassword, async (c) => show(c, await proved(c)))
    .post(urls.betterPassword, async (c) => {
      const whose = await proved(c)
      const typed = { password: field(c, 'new-password'), again: field(c, 'confirm-password') }
      const current = field(c, 'current-password')
      const outcome = await chooseBetter(needs, whose.short, { ...whose, ...typed, current, actor: c.var.actor })
      if (!outcome.ok && outcome.reason !== 'changed-meanwhile') return show(c, whose, outcome)
      keepSession(needs, c, outcome.ok ? outcome.session : undefined)
      return c.redirect(onward(whose.journey), 303)
    })
    .post(urls.betterPasswordLater, async (c) => {
      const { journey, session } = await whoFallsShort(c)
      await putOff(needs, session)
      return c.redirect(onward(journey), 303)
    })
}
