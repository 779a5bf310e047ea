/** HTTP for the ways to sign in. */

import { isPhoneOn, type PhoneFigures } from '../../core/limits/phone-limits.ts'
import { FEW_CODES } from '../../core/model/factor/recovery-code.ts'
import type { FactorId } from '../../core/model/factor/store.ts'
import type { FactorChangeNeeds } from '../../core/operations/factor/add-factor.ts'
import { type RemovalNeeds, removalProblems, removeFactor } from '../../core/operations/factor/remove-factor.ts'
import { secondFactorRequiredBy } from '../../core/operations/factor/required.ts'
import { contactShown } from '../../core/operations/factor/sent-code.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { dayWords } from '../../ui/letter/happening.ts'
import { at, urls } from '../../urls.ts'
import { FRESHEST, type Visitor, visitorOf } from '../frame.ts'
import { FactorsPage, NamePage } from './pages.tsx'
import { completions, renameFactor, waysOf } from './rules.ts'
import { texts } from './texts.ts'

type Needs = FactorChangeNeeds & RemovalNeeds & PageNeeds & { figures: PhoneFigures }

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.factors, async (c) => showList(needs, c, await visitorOf(needs, c)))
    .get(urls.factorName, async (c) => showName(needs, c, await visitorOf(needs, c, FRESHEST)))
    .post(urls.factorName, async (c) => {
      const visitor = await visitorOf(needs, c, FRESHEST)
      const given = { id: (c.req.query('way') ?? '') as FactorId, name: field(c, 'name') }
      const outcome = await renameFactor(needs, visitor.account, given, c.var.actor)
      if (!outcome.ok) return showName(needs, c, visitor, outcome.figures)
      return c.redirect(at(urls.factors, { done: 'renamed' }), 303)
    })
    .post(urls.removeFactor, async (c) => {
      const visitor = await visitorOf(needs, c, FRESHEST)
      const outcome = await removeFactor(needs, visitor.account, field(c, 'way') as FactorId, c.var.actor)
      return c.redirect(at(urls.factors, outcome.ok ? { done: 'removed' } : { refused: outcome.reason }), 303)
    })

async function showList(needs: Needs, c: WebContext, { frame, portal, account, session }: Visitor) {
  const problem = removalProblems.find((reason) => reason === c.req.query('refused'))
  const { factors, codes } = await waysOf(needs, account)
  const timeZone = timeZoneOf(needs, c)
  const day = (date: Date) => dayWords(frame.language, date, timeZone)
  const page = (
    <FactorsPage
      frame={frame}
      portal={portal}
      factors={factors.map(({ id, kind, name, contact, made_at: made, last_used_at: used }) => ({
        id,
        kind,
        name,
        contact: contact ? contactShown({ kind, contact }, frame.language) : undefined,
        added: day(made),
        used: used ? day(used) : undefined,
      }))}
      phone={isPhoneOn(needs.figures)}
      recovery={codes.madeAt ? { left: codes.left, made: day(codes.madeAt), few: codes.left <= FEW_CODES } : undefined}
      hasPassword={session.hasPassword}
      twoStep={!isTwoStepOn(needs, session) ? 'off' : secondFactorRequiredBy(needs, session) ? 'required' : 'on'}
      done={completions.find((one) => one === c.req.query('done'))}
      problems={problem ? { form: texts.in(frame.language)(problem) } : {}}
    />
  )
  return c.html(renderPage(page))
}

async function showName(
  needs: Needs,
  c: WebContext,
  visitor: Visitor,
  tooLong?: Readonly<Record<string, string | number>>,
) {
  const { frame, portal, account } = visitor
  const factor = (await waysOf(needs, account)).factors.find(({ id }) => id === c.req.query('way'))
  if (!factor) return c.redirect(urls.factors, 303)
  const t = texts.in(frame.language)
  const problems = tooLong ? { name: t('name-too-long', tooLong) } : {}
  const page = <NamePage frame={frame} portal={portal} way={factor.id} name={factor.name} problems={problems} />
  return c.html(renderPage(page), tooLong ? 422 : 200)
}
