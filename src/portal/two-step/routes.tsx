/** HTTP for turning two-step verification on and off. */
import { codesLeft } from '../../core/model/factor/recovery-code-store.ts'
import { secondFactorRequiredBy } from '../../core/operations/factor/required.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import type { PageNeeds } from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { FRESHEST, type Visitor, visitorOf } from '../frame.ts'
import { TwoStepPage } from './pages.tsx'
import { type Needs as RuleNeeds, type TwoStepProblem, turnTwoStep } from './rules.ts'
import { texts } from './texts.ts'

type Needs = RuleNeeds & PageNeeds

/** A person who has just signed in and proved one of their factors, whether two-step verification is on or off. */
const PROVED = { ...FRESHEST, always: true }

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.twoStep, async (c) => {
      const visitor = await visitorOf(needs, c, PROVED)
      const { session } = visitor
      const isFixed = session.maxAcr === 'pwd' || secondFactorRequiredBy(needs, session) !== undefined
      return isFixed ? c.redirect(urls.factors, 303) : show(c, visitor, isTwoStepOn(needs, session))
    })
    .post(urls.twoStep, async (c) => {
      const visitor = await visitorOf(needs, c, PROVED)
      const turn = field(c, 'turn')
      if (turn !== 'on' && turn !== 'off') return c.redirect(urls.twoStep, 303)
      const on = turn === 'on'
      const outcome = await turnTwoStep(needs, visitor.account, on, c.var.actor)
      if (!outcome.ok) return show(c, visitor, !on, outcome.reason)
      const done = { done: `two-step-${turn}` }
      const hasCodes = (await codesLeft(needs.db, visitor.account.id)).left > 0
      return c.redirect(at(on && !hasCodes ? urls.newRecoveryCodes : urls.factors, done), 303)
    })

function show(c: WebContext, { frame, portal }: Visitor, isOn: boolean, problem?: TwoStepProblem) {
  const problems = problem ? { form: texts.in(frame.language)(problem) } : {}
  return c.html(renderPage(<TwoStepPage {...{ frame, portal, isOn, problems }} />), problem ? 422 : 200)
}
