/** HTTP for changing the address: the form, the code, the link. No decisions here. */
import { suggestAddress } from '../../core/model/account/email.ts'
import { codeOf } from '../../core/model/one-time/one-time.ts'
import { problemText } from '../../journey/errors/problem-texts.ts'
import { endSessionHere, frameOf, type PageNeeds, sessionOf } from '../../journey/frame.ts'
import { inMinutes } from '../../platform/clock.ts'
import { deliveryOf } from '../../platform/outbox/store.ts'
import { refused } from '../../platform/outcome.ts'
import { field, linkIn, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { type CodeRefusal, letterState } from '../../ui/asking/code.tsx'
import type { ProblemTexts } from '../../ui/frame.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { FRESH, freshBefore, type Visitor, visitorOf } from '../frame.ts'
import { EmailLinkPage, EmailPage, FixedEmailPage, VerifyEmailPage } from './pages.tsx'
import * as rules from './rules.ts'
import { texts } from './texts.ts'

type Needs = rules.Needs & PageNeeds & { support: string }

/** The person who waits for a code. A code sent again does not refresh the proofs with which the change was asked for. */
const waiting = (needs: Needs, c: WebContext) => visitorOf(needs, c, freshBefore(needs.figures.codeLives))

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.email, async (c) => {
      const visitor = await visitorOf(needs, c)
      if (!(await rules.mayChange(needs, visitor.account))) return showFixed(needs, c, visitor)
      const fresh = await visitorOf(needs, c, FRESH)
      return showForm(needs, c, fresh)
    })
    .post(urls.email, async (c) => {
      const visitor = await visitorOf(needs, c, FRESH)
      const { account, frame } = visitor
      const outcome = await rules.askToChange(needs, account, field(c, 'email'), c.var.actor)
      if (outcome.ok) return c.redirect(urls.emailVerify, 303)
      const { reason, figures } = outcome
      if (reason === 'not-yours-to-change') return c.redirect(urls.email, 303)
      const { language } = frame
      if (reason === 'address-missing')
        return showForm(needs, c, visitor, { email: texts.in(language)('email-missing') })
      const about = reason === 'too-many' ? 'form' : 'email'
      return showForm(needs, c, visitor, { [about]: problemText(language, refused(reason, figures)) })
    })
    .get(urls.emailVerify, async (c) => {
      const link = c.req.query('link')
      if (link !== undefined) return showLink(needs, c, link)
      const visitor = await waiting(needs, c)
      return showCode(needs, c, visitor)
    })
    .post(urls.emailVerify, async (c) => confirm(needs, c, await waiting(needs, c)))
    .post(urls.emailResend, async (c) => {
      const visitor = await waiting(needs, c)
      const outcome = await rules.resendCode(needs, visitor.account, c.var.actor)
      if (outcome.ok) return c.redirect(at(urls.emailVerify, { done: 'resent' }), 303)
      if (outcome.reason === 'nothing-pending') return c.redirect(urls.email, 303)
      return showCode(needs, c, visitor, 'asked-too-often', 429)
    })

function showFixed({ support }: Needs, c: WebContext, { frame, portal, account }: Visitor) {
  const page = <FixedEmailPage {...{ frame, portal, support }} current={urls.email} address={account.email} />
  return c.html(renderPage(page))
}

async function showForm(needs: Needs, c: WebContext, { frame, portal, account }: Visitor, problems?: ProblemTexts) {
  const pending = await rules.pendingEmail(needs, account.id)
  const page = (
    <EmailPage
      {...{ frame, portal }}
      action={urls.email}
      address={account.email}
      pending={pending?.email}
      problems={problems ?? {}}
    />
  )
  return c.html(renderPage(page), problems ? (problems.form ? 429 : 422) : 200)
}

async function showCode(
  needs: Needs,
  c: WebContext,
  { frame, portal, account }: Visitor,
  refusal?: CodeRefusal,
  status: 422 | 429 = 422,
) {
  const pending = await rules.pendingEmail(needs, account.id)
  if (!pending) return c.redirect(urls.email, 303)
  const delivery = await deliveryOf(needs, rules.referenceOf(account.id))
  const page = (
    <VerifyEmailPage
      {...{ frame, portal, refusal }}
      action={urls.emailVerify}
      resend={urls.emailResend}
      change={urls.email}
      address={pending.email}
      minutes={inMinutes(needs.figures.codeLives)}
      letter={delivery && letterState(delivery)}
      meant={suggestAddress(pending.email)}
      resent={!refusal && c.req.query('done') === 'resent'}
    />
  )
  return c.html(renderPage(page), refusal ? status : 200)
}

/** What a link shows: a button to the browser that asked, the code to type to any other. Nothing changes by looking. */
async function showLink(needs: Needs, c: WebContext, link: string) {
  const change = await rules.whoseLink(needs, link)
  const session = await sessionOf(needs, c)
  const isHere = change?.browser === c.var.actor.browser && change.account === session?.account
  const page = (
    <EmailLinkPage
      frame={await frameOf(needs, c, undefined, change?.language)}
      change={urls.email}
      here={isHere ? { action: urls.emailVerify, link, address: change.email } : undefined}
      code={change && !isHere ? codeOf(link) : undefined}
    />
  )
  return c.html(renderPage(page), change ? 200 : 410)
}

async function confirm(needs: Needs, c: WebContext, visitor: Visitor) {
  const { account, frame } = visitor
  const link = linkIn(c)
  const typed = field(c, 'code')
  if (link === null && typed.trim() === '') return showCode(needs, c, visitor, 'code-missing')
  const outcome =
    link === null
      ? await rules.confirmByCode(needs, account, typed, c.var.actor)
      : await rules.confirmByLink(needs, account, link, c.var.actor)
  if (outcome.ok) {
    endSessionHere(needs, c)
    return c.redirect(at(urls.signIn, { done: 'email-changed' }), 303)
  }
  const { reason } = outcome
  if (reason === 'address-taken')
    return showForm(needs, c, visitor, { email: texts.in(frame.language)('address-taken') })
  if (reason === 'nothing-pending' || reason === 'not-yours-to-change') return c.redirect(urls.email, 303)
  if (link !== null) return c.redirect(at(urls.emailVerify, { link }), 303)
  return showCode(needs, c, visitor, reason)
}
