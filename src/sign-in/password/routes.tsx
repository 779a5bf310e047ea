/** HTTP for signing in: read the form, ask the rules, show a page. No decisions here. */

import { challengeAhead } from '../../core/limits/admission.ts'
import { findAccount } from '../../core/model/account/store.ts'
import { authenticationOptions } from '../../core/model/factor/passkey.ts'
import { problemTexts } from '../../journey/errors/problem-texts.ts'
import {
  addressHint,
  along,
  challengeOf,
  frameOf,
  journeyOf,
  keepSignedIn,
  onward,
  type PageNeeds,
  placeIn,
  proofOf,
  sessionOf,
  severTrust,
} from '../../journey/frame.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import type { ProblemTexts } from '../../ui/frame.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { type JustDone, SignInPage } from './pages.tsx'
import { type Needs, type SignInOutcome, signIn } from './rules.ts'
import { texts } from './texts.ts'

const happenings: readonly JustDone[] = [
  'reset',
  'has-account',
  'signed-out',
  'unblocked',
  'email-changed',
  'closing',
  'passkey-refused',
  'older-way',
]

export function routes(needs: Needs & PageNeeds) {
  const show = async (c: WebContext, refusal?: SignInOutcome & { ok: false }) => {
    const journey = await journeyOf(needs, c)
    const session = await sessionOf(needs, c)
    const to = placeIn(needs, c)
    const done = c.req.query('done') === 'unblocked' ? 'unblocked' : undefined
    if (session && !journey && !to && !refusal) return c.redirect(at(urls.account, { done }), 303)
    const account = session && (await findAccount(needs.db, session.account))
    const ahead = challengeOf(refusal) ?? (await challengeAhead(needs, 'sign-in', c.var.actor))
    const frame = { ...(await frameOf(needs, c, journey, account?.language)), challenge: ahead }
    const page = (
      <SignInPage
        frame={frame}
        action={to && !journey ? at(urls.signIn, { to }) : along(urls.signIn, journey)}
        signUp={along(urls.signUp, journey)}
        forgot={along(urls.forgot, journey)}
        email={addressHint(journey) ?? account?.email ?? ''}
        justDone={
          refusal
            ? undefined
            : (happenings.find((it) => it === c.req.query('done')) ?? (session && to ? 'once-more' : undefined))
        }
        passkey={{
          action: to && !journey ? at(urls.signInByPasskey, { to }) : along(urls.signInByPasskey, journey),
          ...authenticationOptions(needs, c.var.actor.browser),
        }}
        problems={refusal ? sentences(frame.language, refusal) : {}}
      />
    )
    return c.html(renderPage(page), refusal ? (refusal.reason === 'not-proven' ? 429 : 422) : 200)
  }

  return webRoutes()
    .get(urls.signIn, (c) => show(c))
    .post(urls.signIn, async (c) => {
      const [journey, former] = [await journeyOf(needs, c), await sessionOf(needs, c)]
      const { actor, browser } = c.var
      const typed = { email: field(c, 'email'), password: field(c, 'password') }
      const to = placeIn(needs, c)
      const brought = { proof: proofOf(c), makesPasskeys: field(c, 'makes-passkeys') === 'yes' }
      const outcome = await signIn(needs, { ...typed, ...brought, actor, browser, journey, to, former })
      if (!outcome.ok) return show(c, outcome)
      if (outcome.waits) {
        if (outcome.copied) severTrust(needs, c)
        return c.redirect(along(urls[outcome.waits], outcome.journey), 303)
      }
      keepSignedIn(needs, c, outcome)
      return c.redirect(outcome.journey ? onward(outcome.journey) : (to ?? urls.account), 303)
    })
}

function sentences(
  language: Parameters<typeof texts.in>[0],
  { reason, figures }: SignInOutcome & { ok: false },
): ProblemTexts {
  if (reason === 'not-recognised') return { form: texts.in(language)('not-recognised') }
  if (reason === 'password-missing') return { password: texts.in(language)('password-missing') }
  if (reason === 'not-proven') return { form: problemTexts.in(language)(reason) }
  return { email: problemTexts.in(language)(reason, figures) }
}
