/** HTTP for the offer of a passkey after a sign-in by password. */

import type { Session } from '../../core/model/session/session.ts'
import { offerPasskey as offer, registerPasskey } from '../../core/operations/factor/enrol-passkey.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { along, frameOf, JourneyLost, journeyOf, onward, type PageNeeds, sessionOf } from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { OfferPage, type TwoStep } from './pages.tsx'
import { type Needs, putOff, whoIsOffered } from './rules.ts'
import { texts } from './texts.ts'

export function routes(needs: Needs & PageNeeds) {
  const asked = async (c: WebContext) => {
    const journey = await journeyOf(needs, c)
    if (!journey) throw new JourneyLost('a passkey is offered on the way')
    const session = await sessionOf(needs, c)
    const account = await whoIsOffered(needs, journey, session)
    return { journey, whose: session && account && { session, account } }
  }
  const twoStepWith = (session: Session): TwoStep => {
    if (isTwoStepOn(needs, session)) return 'on'
    return isTwoStepOn(needs, { ...session, maxAcr: 'phr' }) ? 'begins' : 'off'
  }
  const show = async (c: WebContext, isRefused = false) => {
    const { journey, whose } = await asked(c)
    if (!whose) return c.redirect(onward(journey), 303)
    const frame = await frameOf(needs, c, journey, whose.account.language)
    const page = (
      <OfferPage
        {...{ frame, ...(await offer(needs, whose.account, 'required')) }}
        action={along(urls.offerPasskey, journey)}
        twoStep={twoStepWith(whose.session)}
        later={along(urls.offerPasskeyLater, journey)}
        problems={isRefused ? { form: texts.in(frame.language)('passkey-refused') } : {}}
      />
    )
    return c.html(renderPage(page), isRefused ? 422 : 200)
  }

  return webRoutes()
    .get(urls.offerPasskey, (c) => show(c))
    .post(urls.offerPasskey, async (c) => {
      const { journey, whose } = await asked(c)
      if (!whose) return c.redirect(onward(journey), 303)
      const brought = { sealed: field(c, 'asked'), answer: field(c, 'answer') }
      const outcome = await registerPasskey(needs, { ...whose, actor: c.var.actor }, brought, 'required')
      return outcome.ok ? c.redirect(onward(journey), 303) : show(c, true)
    })
    .post(urls.offerPasskeyLater, async (c) => {
      const { journey, whose } = await asked(c)
      if (whose) await putOff(needs, journey, whose.account)
      return c.redirect(onward(journey), 303)
    })
}
