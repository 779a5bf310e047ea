/** HTTP for the question of a third-party product. */

import { findAccount } from '../../core/model/account/store.ts'
import { scopeWords } from '../../core/model/product/scope-words.ts'
import {
  along,
  frameAbout,
  isFormOf,
  JourneyLost,
  journeyOf,
  onward,
  type PageNeeds,
  sessionOf,
} from '../../journey/frame.ts'
import type { Journey } from '../../journey/journey.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { ConsentPage } from './pages.tsx'
import { giveConsent } from './rules.ts'

/** The host of an address; of one that has none, such as an application's own, its scheme. */
function hostOf(address: string | undefined, otherwise: string): string {
  if (!address || !URL.canParse(address)) return otherwise
  const { host, protocol } = new URL(address)
  return host || protocol.slice(0, -1)
}

/** Answers the protocol that the person said no; tells where the browser goes with that. */
export type Refuse = (journey: Journey, error: 'access_denied') => Promise<string>

export function routes(needs: PageNeeds & { refuse: Refuse }) {
  const asked = async (c: WebContext) => {
    const [journey, session] = [await journeyOf(needs, c), await sessionOf(needs, c)]
    if (journey?.destination.kind !== 'product') throw new JourneyLost('nothing asks for consent')
    return { journey, request: journey.destination, session }
  }
  return webRoutes()
    .get(urls.consent, async (c) => {
      const { journey, request, session } = await asked(c)
      const account = session && (await findAccount(needs.db, session.account))
      const product = await needs.catalogue.find(request.product)
      if (!account || !product) return c.redirect(onward(journey), 303)
      const uri = request.params.redirect_uri
      const frame = await frameAbout(needs, c, account, journey)
      const page = (
        <ConsentPage
          frame={frame}
          action={along(urls.consent, journey)}
          product={product.name}
          address={account.email}
          scopes={request.scopes.map((scope) => scopeWords(frame.language, scope))}
          host={hostOf(uri, product.name)}
        />
      )
      return c.html(renderPage(page))
    })
    .post(urls.consent, async (c) => {
      const { journey, request, session } = await asked(c)
      if (session && !isFormOf(needs, c, session.account)) return c.redirect(along(urls.consent, journey), 303)
      if (field(c, 'decision') === 'refuse') return c.redirect(await needs.refuse(journey, 'access_denied'), 303)
      if (session && field(c, 'decision') === 'allow') await giveConsent(needs, journey, request, session, c.var.actor)
      return c.redirect(onward(journey), 303)
    })
}
