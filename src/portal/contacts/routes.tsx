/** HTTP for setting up where codes are sent to. */

import { type ContactKind, contactKinds, factorKinds, isByPhone } from '../../core/model/factor/kinds.ts'
import { contactShown } from '../../core/operations/factor/sent-code.ts'
import { problemText } from '../../journey/errors/problem-texts.ts'
import { along, type PageNeeds } from '../../journey/frame.ts'
import { inMinutes } from '../../platform/clock.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { type Refused, refused } from '../../platform/outcome.ts'
import { Elsewhere, field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { letterState } from '../../ui/asking/code.tsx'
import { sentCodeProblem } from '../../ui/asking/sent-code.tsx'
import type { ProblemTexts } from '../../ui/frame.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { afterSettingUp, FRESHEST, goOn, type Visitor, visitorOf } from '../frame.ts'
import { ConfirmPage, ContactPage } from './pages.tsx'
import {
  type AskProblem,
  askForCode,
  type ConfirmProblem,
  confirmContact,
  deliveryTo,
  isOffered,
  type PendingContact,
  pendingContactIn,
  type Needs as RuleNeeds,
  sendAgain,
} from './rules.ts'
import { texts } from './texts.ts'

type Needs = RuleNeeds & PageNeeds

export const routes = (needs: Needs) =>
  contactKinds
    .reduce((all, kind) => all.route('/', settingUp(needs, kind)), webRoutes())
    .get(urls.confirmContact, async (c) => showCode(needs, c, await atConfirming(needs, c)))
    .post(urls.confirmContact, async (c) => {
      const here = await atConfirming(needs, c)
      const { visitor, asked } = here
      const outcome = await confirmContact(needs, visitor, asked, field(c, 'code'), c.var.actor)
      if (!outcome.ok) return showCode(needs, c, here, outcome)
      return c.redirect(afterSettingUp(needs, visitor, asked.kind), 303)
    })
    .post(urls.sendContact, async (c) => {
      const here = await atConfirming(needs, c)
      const outcome = await sendAgain(needs, here.visitor.account, here.asked, c.var.actor)
      if (!outcome.ok) return showCode(needs, c, here, outcome)
      return c.redirect(along(urls.confirmContact, here.visitor.journey, { asked: outcome.sealed }), 303)
    })

/** The page that takes a number or an address of that kind. */
const settingUp = (needs: Needs, kind: ContactKind) =>
  webRoutes()
    .get(factorKinds[kind].setUp, async (c) => showForm(c, await whoMay(needs, c, kind), kind))
    .post(factorKinds[kind].setUp, async (c) => {
      const visitor = await whoMay(needs, c, kind)
      const typed = field(c, isByPhone(kind) ? 'number' : 'email')
      const outcome = await askForCode(needs, visitor.account, { kind, typed }, c.var.actor)
      if (!outcome.ok) return showForm(c, visitor, kind, outcome)
      return c.redirect(along(urls.confirmContact, visitor.journey, { asked: outcome.sealed }), 303)
    })

async function whoMay(needs: Needs, c: WebContext, kind: ContactKind): Promise<Visitor> {
  const visitor = await visitorOf(needs, c, FRESHEST)
  if (!isOffered(needs, visitor.session, kind)) throw new Elsewhere(c.redirect(goOn(visitor, urls.factors), 303))
  return visitor
}

/** The contact that waits for its code. */
async function atConfirming(needs: Needs, c: WebContext): Promise<{ visitor: Visitor; asked: PendingContact }> {
  const visitor = await visitorOf(needs, c, FRESHEST)
  const asked = pendingContactIn(needs, visitor.account, c.req.query('asked') ?? '')
  if (!asked) throw new Elsewhere(c.redirect(goOn(visitor, urls.factors), 303))
  return { visitor, asked }
}

function showForm(c: WebContext, { frame, portal, journey }: Visitor, kind: ContactKind, problem?: Refused<Problem>) {
  const problems = problem ? problemsOf(frame.language, kind, problem) : {}
  const page = <ContactPage {...{ frame, portal, kind, problems }} action={along(factorKinds[kind].setUp, journey)} />
  return c.html(renderPage(page), problem ? 422 : 200)
}

async function showCode(
  needs: Needs,
  c: WebContext,
  { visitor, asked }: { visitor: Visitor; asked: PendingContact },
  problem?: Refused<Problem>,
) {
  const { frame, portal, account, journey } = visitor
  const carried = { asked: c.req.query('asked') ?? '' }
  const delivery = await deliveryTo(needs, account, asked)
  const { kind } = asked
  const page = (
    <ConfirmPage
      {...{ frame, portal, kind }}
      contact={contactShown(asked, frame.language)}
      action={along(urls.confirmContact, journey, carried)}
      send={along(urls.sendContact, journey, carried)}
      minutes={inMinutes(needs.figures.codeLives)}
      change={along(factorKinds[kind].setUp, journey)}
      news={delivery && letterState(delivery)}
      problems={problem ? problemsOf(frame.language, kind, problem) : {}}
    />
  )
  return c.html(renderPage(page), problem ? 422 : 200)
}

type Problem = AskProblem | ConfirmProblem

/** A problem that can be corrected in a field stands under it; every other, on top. */
function problemsOf(language: Language, kind: ContactKind, { reason, figures }: Refused<Problem>): ProblemTexts {
  const typed = isByPhone(kind) ? 'number' : 'email'
  switch (reason) {
    case 'address-missing':
    case 'address-not-one':
    case 'address-local-too-long':
    case 'address-domain-too-long':
      return { [typed]: problemText(language, refused(reason, figures)) }
    case 'code-missing':
    case 'code-wrong':
      return { code: sentCodeProblem(language, refused(reason)) }
    case 'code-expired':
    case 'code-used-up':
    case 'phone-country':
    case 'phone-prefix-stopped':
    case 'phone-too-many':
    case 'mail-too-many':
      return { form: sentCodeProblem(language, refused(reason, figures)) }
    case 'has-already':
    case 'too-many-ways':
      return { form: texts.in(language)(reason, { most: factorKinds[kind].most }) }
    default:
      return { [typed]: texts.in(language)(reason) }
  }
}
