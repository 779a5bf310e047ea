/** HTTP for creating an account: the form, the code, the link. No decisions here. */

import { challengeAhead } from '../../core/limits/admission.ts'
import { suggestAddress } from '../../core/model/account/email.ts'
import { codeOf } from '../../core/model/one-time/one-time.ts'
import { isReady, type Means } from '../../core/model/sign-up/store.ts'
import { referenceOf } from '../../core/operations/sign-up-letter.ts'
import { nameProblemTexts, problemText } from '../../journey/errors/problem-texts.ts'
import {
  along,
  challengeOf,
  frameOf,
  journeyOf,
  keepSignedIn,
  onward,
  type PageNeeds,
  proofOf,
  requireJourney,
  sessionOf,
} from '../../journey/frame.ts'
import { findJourney } from '../../journey/store.ts'
import { inMinutes } from '../../platform/clock.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { deliveryOf } from '../../platform/outbox/store.ts'
import { field, linkIn, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { type CodeRefusal, letterState } from '../../ui/asking/code.tsx'
import type { ProblemTexts } from '../../ui/frame.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { LinkPage, SignUpPage, SignUpPasskeyPage, VerifyPage } from './pages.tsx'
import * as rules from './rules.ts'
import { askedForPasskey, offerPasskey, registerPasskey } from './rules-passkey.ts'
import { texts } from './texts.ts'

type Needs = rules.Needs & PageNeeds

export function routes(needs: Needs) {
  return webRoutes()
    .get(urls.signUp, (c) => showForm(needs, c))
    .post(urls.signUp, async (c) => {
      const journey = await journeyOf(needs, c)
      const { language } = await frameOf(needs, c, journey)
      const typed = { email: field(c, 'email'), firstName: field(c, 'first-name'), lastName: field(c, 'last-name') }
      const form = { ...typed, password: field(c, 'password'), byPasskey: field(c, 'way') === 'passkey', language }
      const outcome = await rules.askToSignUp(
        needs,
        journey ?? { browser: c.var.browser },
        form,
        c.var.actor,
        proofOf(c),
      )
      if (!outcome.ok) return refuseForm(needs, c, language, outcome.problems)
      return c.redirect(along(outcome.isReady ? urls.verify : urls.signUpPasskey, outcome.journey), 303)
    })
    .get(urls.signUpPasskey, (c) => showPasskey(needs, c))
    .post(urls.signUpPasskey, async (c) => {
      const journey = await requireJourney(needs, c)
      const asked = await askedForPasskey(needs, journey)
      const brought = { sealed: field(c, 'asked'), answer: field(c, 'answer') }
      const outcome = asked && (await registerPasskey(needs, journey, asked, brought))
      return outcome?.ok === false
        ? showPasskey(needs, c, outcome.reason)
        : c.redirect(along(urls.verify, journey), 303)
    })
    .get(urls.verify, (c) => {
      const link = c.req.query('link')
      return link === undefined ? showCode(needs, c) : showLink(needs, c, link)
    })
    .post(urls.verify, (c) => confirm(needs, c))
    .post(urls.resendCode, async (c) => {
      const journey = await requireJourney(needs, c)
      const outcome = await rules.resendCode(needs, journey, c.var.actor)
      if (!outcome.ok && outcome.reason === 'not-proven') {
        const { language } = await frameOf(needs, c, journey)
        return refuseForm(needs, c, language, { form: { ...outcome, reason: outcome.reason } })
      }
      return c.redirect(outcome.ok ? along(urls.verify, journey, { done: 'resent' }) : along(urls.signUp, journey), 303)
    })
}

const refuseForm = (needs: Needs, c: WebContext, language: Language, problems: rules.FormProblems) =>
  showForm(needs, c, formSentences(language, problems), challengeOf(problems.form))

async function showForm(needs: Needs, c: WebContext, problems?: ProblemTexts, challenge?: string) {
  const journey = await journeyOf(needs, c)
  const pending = journey && (await rules.pendingSignUp(needs, journey))
  const ahead = challenge ?? (await challengeAhead(needs, 'sign-up', c.var.actor))
  const page = (
    <SignUpPage
      frame={{ ...(await frameOf(needs, c, journey)), challenge: ahead }}
      action={along(urls.signUp, journey)}
      signIn={along(urls.signIn, journey)}
      passwordMin={needs.policies.current().minLength}
      pending={pending && { ...pending, keeps: keptOf(pending) }}
      problems={problems ?? {}}
    />
  )
  return c.html(renderPage(page), problems ? (problems.form ? 429 : 422) : 200)
}

const keptOf = (means: Means) => (isReady(means) ? (means.passkey ? 'passkey' : 'password') : undefined)

/** Asks the browser for a passkey, where one was asked for that is not made yet. */
async function showPasskey(needs: Needs, c: WebContext, problem?: 'passkey-refused') {
  const journey = await requireJourney(needs, c)
  const asked = await askedForPasskey(needs, journey)
  if (!asked) return c.redirect(along(urls.verify, journey), 303)
  const frame = await frameOf(needs, c, journey)
  const page = (
    <SignUpPasskeyPage
      {...{ frame, ...offerPasskey(needs, asked) }}
      action={along(urls.signUpPasskey, journey)}
      address={asked.email}
      back={along(urls.signUp, journey)}
      problems={problem ? { form: texts.in(frame.language)('passkey.refused') } : {}}
    />
  )
  return c.html(renderPage(page), problem ? 422 : 200)
}

async function showCode(needs: Needs, c: WebContext, refusal?: CodeRefusal) {
  const journey = await requireJourney(needs, c)
  const pending = await rules.pendingSignUp(needs, journey)
  if (!pending) return c.redirect(journey.proofs.identity ? onward(journey) : along(urls.signUp, journey), 303)
  if (!isReady(pending)) return c.redirect(along(urls.signUpPasskey, journey), 303)
  const frame = await frameOf(needs, c, journey)
  const delivery = await deliveryOf(needs, referenceOf(journey.id))
  const page = (
    <VerifyPage
      frame={frame}
      action={along(urls.verify, journey)}
      resend={along(urls.resendCode, journey)}
      change={along(urls.signUp, journey)}
      address={pending.email}
      minutes={inMinutes(needs.figures.codeLives)}
      letter={delivery && letterState(delivery)}
      meant={suggestAddress(pending.email)}
      resent={!refusal && c.req.query('done') === 'resent'}
      refusal={refusal}
    />
  )
  return c.html(renderPage(page), refusal ? 422 : 200)
}

/** What a link shows: a button to the browser that asked, the code to type to any other. Nothing changes by looking. */
async function showLink(needs: Needs, c: WebContext, link: string) {
  const id = await rules.whoseLink(needs, link)
  // Of a link that is dead, the letter says which sign-up it was for: its browser may go on with it.
  const journey =
    id === undefined ? await journeyOf(needs, c) : await findJourney(needs, id, c.var.browser, needs.clock.now())
  const waits = id === undefined && journey && (await rules.pendingSignUp(needs, journey))
  if (id === undefined && journey?.proofs.identity && !waits) return c.redirect(onward(journey), 303) // it was pressed here
  const page = (
    <LinkPage
      frame={await frameOf(needs, c, journey)}
      signIn={urls.signIn}
      resend={waits ? along(urls.resendCode, journey) : undefined}
      here={id !== undefined && journey ? { action: along(urls.verify, journey), link } : undefined}
      code={id !== undefined && !journey ? codeOf(link) : undefined}
    />
  )
  return c.html(renderPage(page), id === undefined ? 410 : 200)
}

async function confirm(needs: Needs, c: WebContext) {
  const journey = await requireJourney(needs, c)
  const former = await sessionOf(needs, c)
  const confirmation = { journey, actor: c.var.actor, former }
  const link = linkIn(c)
  const typed = field(c, 'code')
  if (link === null && typed.trim() === '') return showCode(needs, c, 'code-missing')
  const outcome =
    link === null
      ? await rules.confirmByCode(needs, confirmation, typed)
      : await rules.confirmByLink(needs, confirmation, link)
  if (outcome.ok) {
    keepSignedIn(needs, c, outcome)
    // Nobody waits: then the day is thought of on which the device is lost.
    const codesFirst = !outcome.hasPassword && journey.destination.kind === 'place'
    return c.redirect(codesFirst ? at(urls.newRecoveryCodes, { done: 'passkey' }) : onward(journey), 303)
  }
  if (outcome.reason === 'address-taken') return c.redirect(along(urls.signIn, journey, { done: 'has-account' }), 303)
  if (outcome.reason === 'passkey-refused') return showPasskey(needs, c, outcome.reason)
  if (outcome.reason === 'nothing-pending') return c.redirect(along(urls.signUp, journey), 303)
  if (link !== null) return c.redirect(at(urls.verify, { link, letter: journey.id }), 303)
  return showCode(needs, c, outcome.reason)
}

function formSentences(language: Language, problems: rules.FormProblems): ProblemTexts {
  const { email, password, form } = problems
  return {
    ...(form && { form: problemText(language, form) }),
    ...(email && { email: problemText(language, email) }),
    ...nameProblemTexts(language, problems),
    ...(password && { password: problemText(language, password) }),
  }
}
