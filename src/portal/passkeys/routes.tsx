/** HTTP for creating a passkey. */

import { factorKinds } from '../../core/model/factor/kinds.ts'
import type { Verification } from '../../core/model/factor/passkey.ts'
import type { FactorChangeNeeds } from '../../core/operations/factor/add-factor.ts'
import { offerPasskey, type PasskeyProblem, registerPasskey } from '../../core/operations/factor/enrol-passkey.ts'
import { along, type PageNeeds } from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { afterSettingUp, FRESHEST, type Visitor, visitorOf } from '../frame.ts'
import { NewPasskeyPage } from './pages.tsx'
import { texts } from './texts.ts'

/** Without a password a passkey has to be able to sign in alone. */
const verificationOf = ({ session }: Visitor): Verification => (session.hasPassword ? 'preferred' : 'required')

export const routes = (needs: FactorChangeNeeds & PageNeeds) => {
  const show = async (c: WebContext, visitor: Visitor, problem?: PasskeyProblem) => {
    const { frame, portal, account, journey } = visitor
    const { ask, sealed } = await offerPasskey(needs, account, verificationOf(visitor))
    const problems = problem ? { form: texts.in(frame.language)(problem, { most: factorKinds.passkey.most }) } : {}
    const action = along(urls.newPasskey, journey)
    const page = <NewPasskeyPage {...{ frame, portal, action, ask, sealed, problems }} />
    return c.html(renderPage(page), problem ? 422 : 200)
  }
  return webRoutes()
    .get(urls.newPasskey, async (c) => show(c, await visitorOf(needs, c, FRESHEST)))
    .post(urls.newPasskey, async (c) => {
      const visitor = await visitorOf(needs, c, FRESHEST)
      const brought = { sealed: field(c, 'asked'), answer: field(c, 'answer') }
      const outcome = await registerPasskey(needs, { ...visitor, actor: c.var.actor }, brought, verificationOf(visitor))
      if (!outcome.ok) return show(c, visitor, outcome.reason)
      return c.redirect(afterSettingUp(needs, visitor, 'passkey'), 303)
    })
}
