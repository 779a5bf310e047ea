/** HTTP for changing the password in account management. */
import {
  type ChangeOutcome,
  changePassword,
  type PasswordChangeNeeds,
} from '../../core/operations/password/change-password.ts'
import { changeProblems } from '../../journey/errors/problem-texts.ts'
import { keepSession, type PageNeeds } from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { FRESH, type Visitor, visitorOf } from '../frame.ts'
import { ChangePasswordPage, type Confirmation } from './pages.tsx'

const deeds: readonly Confirmation[] = ['changed', 'first']

/** Who has no password has another way at least, of which a fresh proof is asked for here. */
export function routes(needs: PasswordChangeNeeds & PageNeeds) {
  const show = (
    c: WebContext,
    { frame, portal, account, session }: Visitor,
    refusal?: ChangeOutcome & { ok: false },
  ) => {
    const page = (
      <ChangePasswordPage
        frame={frame}
        portal={portal}
        action={urls.password}
        address={account.email}
        forgot={urls.forgot}
        first={!session.hasPassword}
        passwordMin={needs.policies.current().minLength}
        done={refusal ? undefined : deeds.find((deed) => deed === c.req.query('done'))}
        problems={refusal ? changeProblems(frame.language, refusal) : {}}
      />
    )
    return c.html(renderPage(page), refusal ? 422 : 200)
  }

  return webRoutes()
    .get(urls.password, async (c) => show(c, await visitorOf(needs, c, { factor: FRESH.factor })))
    .post(urls.password, async (c) => {
      const visitor = await visitorOf(needs, c, { factor: FRESH.factor })
      const { account, session } = visitor
      const typed = {
        current: session.hasPassword ? field(c, 'current-password') : undefined,
        password: field(c, 'new-password'),
        again: field(c, 'confirm-password'),
      }
      const outcome = await changePassword(needs, { account, session, ...typed, actor: c.var.actor })
      // Somebody was quicker, and this session has ended with that: signing in says so.
      if (!outcome.ok && outcome.reason === 'changed-meanwhile') return c.redirect(urls.password, 303)
      if (!outcome.ok) return show(c, visitor, outcome)
      keepSession(needs, c, outcome.session)
      return c.redirect(at(urls.password, { done: session.hasPassword ? 'changed' : 'first' }), 303)
    })
}
