/** HTTP for the offer of a passkey after a sign-in by password. */

import type { Session } from '../../core/model/session/session.ts'
import { offerPasskey as offer, registerPasskey } from '../../core/operations/factor/enrol-passkey.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { along, frameOf, onward, type PageNeeds, requirementOf } from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { OfferPage, type TwoStep } from './pages.tsx'
import { type Needs, putOff, whoIsOffered } from './rules.ts'
import { texts } from './texts.ts'

export function routes(needs: Needs & PageNeeds) {
  const offered = (c: WebContext) =>
    requirementOf(needs, c, async (session, journey) => {
      const account = await whoIsOffered(needs, journey, session)
      return account && { account }
    })
  const twoStepWith = (session: Session): TwoStep => {
    if (isTwoStepOn(needs, session)) return 'on'
    return isTwoStepOn(needs, { ...session, maxAcr: 'phr' }) ? 'begins' : 'off'
  }
  const show = async (c: WebContext, isRefused = false) => {
    const { journey, session, account } = await offered(c)
    const frame = await frameOf(needs, c, journey, account.language)
    const page = (
      <OfferPage
        {...{ frame, ...(await offer(needs, account, 'required')) }}
        action={along(urls.offerPasskey, journey)}
        twoStep={twoStepWith(session)}
        later={along(urls.offerPasskeyLater, journey)}
        problems={isRefused ? { form: texts.in(frame.language)('passkey-refused') } : {}}
      />
    )
    return c.html(renderPage(page), isRefused ? 422 : 200)
  }

  return webRoutes()
    .get(urls.offerPasskey, (c) => show(c))
    .post(urls.offerPasskey, async (c) => {
      const { journey, ...whose } = await offered(c)
      const brought = { sealed: field(c, 'asked'), answer: field(c, 'answer') }
      const outcome = await registerPasskey(needs, { ...whose, actor: c.var.actor }, brought, 'required')
      return outcome.ok ? c.redirect(onward(journey), 303) : show(c, true)
    })
    .post(urls.offerPasskeyLater, async (c) => {
      const { journey, account } = await offered(c)
      await putOff(needs, journey, account)
      return c.redirect(onward(journey), 303)
    })
}
