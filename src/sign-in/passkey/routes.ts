/** HTTP for signing in with a passkey: the button and its words stand on the sign-in page. */

import type { JourneyNeeds } from '../../journey/begin.ts'
import { along, journeyOf, keepSignedIn, onward, type PageNeeds, placeIn, sessionOf } from '../../journey/frame.ts'
import { field, webRoutes } from '../../platform/web/web.ts'
import { at, urls } from '../../urls.ts'
import { signInByPasskey } from './rules.ts'

export const routes = (needs: JourneyNeeds & PageNeeds) =>
  webRoutes().post(urls.signInByPasskey, async (c) => {
    const [journey, former] = [await journeyOf(needs, c), await sessionOf(needs, c)]
    const to = placeIn(needs, c)
    const brought = { sealed: field(c, 'asked'), answer: field(c, 'answer') }
    const outcome = await signInByPasskey(needs, { ...brought, journey, former, actor: c.var.actor })
    if (!outcome.ok)
      return c.redirect(
        journey ? along(urls.signIn, journey, { done: outcome.reason }) : at(urls.signIn, { to, done: outcome.reason }),
        303,
      )
    keepSignedIn(needs, c, outcome)
    return c.redirect(journey ? onward(journey) : (to ?? urls.account), 303)
  })
