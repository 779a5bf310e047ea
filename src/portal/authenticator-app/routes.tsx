/** HTTP for setting up an authenticator app. */
import { factorKinds } from '../../core/model/factor/kinds.ts'
import { keyUri } from '../../core/model/factor/totp.ts'
import type { FactorChangeNeeds } from '../../core/operations/factor/add-factor.ts'
import { along, type PageNeeds } from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { afterSettingUp, FRESHEST, type Visitor, visitorOf } from '../frame.ts'
import { NewAppPage } from './pages.tsx'
import { type AppProblem, confirmApp, offerApp, offeredKey } from './rules.ts'
import { texts } from './texts.ts'

type Needs = FactorChangeNeeds & PageNeeds

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.newApp, async (c) => showApp(needs, c, await visitorOf(needs, c, FRESHEST)))
    .post(urls.newApp, async (c) => {
      const visitor = await visitorOf(needs, c, FRESHEST)
      const outcome = await confirmApp(
        needs,
        visitor,
        { sealed: field(c, 'offer'), code: field(c, 'code') },
        c.var.actor,
      )
      if (!outcome.ok) return showApp(needs, c, visitor, outcome.reason)
      return c.redirect(afterSettingUp(needs, visitor, 'app'), 303)
    })

/** The key stays the same when the page is shown again: after a wrong code, or in another language. */
function showApp(needs: Needs, c: WebContext, { frame, portal, account, journey }: Visitor, problem?: AppProblem) {
  const before = frame.draft.offer ?? ''
  const known = problem === 'offer-over' ? undefined : offeredKey(needs, account, before)
  const { key, sealed } = known ? { key: known, sealed: before } : offerApp(needs, account)
  const page = (
    <NewAppPage
      frame={frame}
      portal={portal}
      action={along(urls.newApp, journey)}
      uri={keyUri(key, { issuer: needs.brandOf().name, person: account.email })}
      secret={key}
      offer={sealed}
      address={account.email}
      problems={
        problem ? { [fieldOf(problem)]: texts.in(frame.language)(problem, { most: factorKinds.app.most }) } : {}
      }
    />
  )
  return c.html(renderPage(page), problem ? 422 : 200)
}
const fieldOf = (problem: AppProblem): string =>
  problem === 'offer-over' || problem === 'too-many-ways' ? 'form' : 'code'
