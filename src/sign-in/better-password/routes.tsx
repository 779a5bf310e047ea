/** HTTP for choosing a better password on the way to where the person was going. */

import { findAccount } from '../../core/model/account/store.ts'
import type { Session } from '../../core/model/session/session.ts'
import { needsStepUp } from '../../core/operations/factor/two-step.ts'
import type { ChangeOutcome, PasswordChangeNeeds } from '../../core/operations/password/change-password.ts'
import { beginJourney } from '../../journey/begin.ts'
import { changeProblems } from '../../journey/errors/problem-texts.ts'
import { whatIsNext } from '../../journey/facts.ts'
import {
  along,
  frameOf,
  JourneyLost,
  journeyOf,
  keepSession,
  onward,
  type PageNeeds,
  sessionOf,
} from '../../journey/frame.ts'
import type { Journey } from '../../journey/journey.ts'
import { stepPath } from '../../journey/routes.tsx'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { BetterPasswordPage } from './pages.tsx'
import { chooseBetter, FACTOR_WITHIN, putOff, shortOf } from './rules.ts'

export function routes(needs: PasswordChangeNeeds & PageNeeds) {
  /** Whose password falls short of what, on which journey; or where to go instead. */
  const asked = async (c: WebContext) => {
    const journey = await journeyOf(needs, c)
    if (!journey) throw new JourneyLost('nothing asks for a better password')
    const session = await sessionOf(needs, c)
    const account = session && (await findAccount(needs.db, session.account))
    const short = session && shortOf(needs, session)
    const whose = account && short && { account, session, short }
    return { journey, whose: journey.account === null || journey.account === account?.id ? whose : undefined }
  }
  const show = async (c: WebContext, refusal?: ChangeOutcome & { ok: false }) => {
    const { journey, whose } = await asked(c)
    if (!whose) return c.redirect(onward(journey), 303)
    const more = await provesMore(needs, c, journey, whose.session)
    if (more) return c.redirect(more, 303)
    const { why, until, asksCurrent } = whose.short
    const frame = await frameOf(needs, c, journey, whose.account.language)
    const page = (
      <BetterPasswordPage
        frame={frame}
        action={along(urls.betterPassword, journey)}
        address={whose.account.email}
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
    .get(urls.betterPassword, (c) => show(c))
    .post(urls.betterPassword, async (c) => {
      const { journey, whose } = await asked(c)
      if (!whose) return c.redirect(onward(journey), 303)
      const more = await provesMore(needs, c, journey, whose.session)
      if (more) return c.redirect(more, 303)
      const typed = { password: field(c, 'new-password'), again: field(c, 'confirm-password') }
      const current = field(c, 'current-password')
      const outcome = await chooseBetter(needs, whose.short, { ...whose, ...typed, current, actor: c.var.actor })
      if (!outcome.ok && outcome.reason !== 'changed-meanwhile') return show(c, outcome)
      keepSession(needs, c, outcome.ok ? outcome.session : undefined)
      return c.redirect(onward(journey), 303)
    })
    .post(urls.betterPasswordLater, async (c) => {
      const { journey, whose } = await asked(c)
      if (whose) await putOff(needs, whose.session)
      return c.redirect(onward(journey), 303)
    })
}

/** Where more than the password has to be proved first: the way there, which leads back to the page. */
async function provesMore(
  needs: PageNeeds,
  c: WebContext,
  journey: Journey,
  session: Session,
): Promise<string | undefined> {
  const factorWithin = FACTOR_WITHIN.ms
  if (!needsStepUp(needs, { factorWithin }, session)) return undefined
  const destination = { kind: 'place', path: along(urls.betterPassword, journey), factorWithin } as const
  const detour = await beginJourney(needs, { browser: c.var.browser, destination })
  return stepPath(await whatIsNext(needs, detour, session), detour)
}
