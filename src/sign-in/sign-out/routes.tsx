/** HTTP for signing out. `to` says where a product wants its person back; only we can have written it. */
import { endSessionHere, frameOf, type PageNeeds, sessionOf } from '../../journey/frame.ts'
import { CannotOpen } from '../../platform/secrets/keyring.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { SignedOutPage } from './pages.tsx'
import { signOut } from './rules.ts'

export function routes(needs: PageNeeds) {
  const wayBack = (c: WebContext): string => {
    try {
      return needs.keyring.open(field(c, 'to'), 'sign-out')
    } catch (error) {
      if (error instanceof CannotOpen) return urls.signedOut
      throw error
    }
  }
  return webRoutes()
    .post(urls.signOut, async (c) => {
      const session = await sessionOf(needs, c)
      if (session) await signOut(needs, session, c.var.actor)
      endSessionHere(needs, c)
      return c.redirect(wayBack(c), 303)
    })
    .get(urls.signedOut, async (c) =>
      c.html(renderPage(<SignedOutPage frame={await frameOf(needs, c)} signIn={urls.signIn} />)),
    )
}
