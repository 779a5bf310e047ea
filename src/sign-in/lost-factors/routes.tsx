import type { Counts } from '../../core/limits/counters/count.ts'
import { problemTexts } from '../../journey/errors/problem-texts.ts'
import { along, atSecondStep, frameOf, type PageNeeds, timeZoneOf } from '../../journey/frame.ts'
import type { Journey } from '../../journey/journey.ts'
import { isProved, passwordProved } from '../../journey/store.ts'
import type { Refused } from '../../platform/outcome.ts'
import { Elsewhere, field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { whenWords } from '../../ui/letter/happening.ts'
import { urls } from '../../urls.ts'
import { AskedPage, AskPage } from './pages.tsx'
import { type AskProblem, ask, LONGEST_WORDS, openRequest } from './rules.ts'
import { texts } from './texts.ts'

type Needs = PageNeeds & Counts<'support-letters'> & { support: string }
type Account = Parameters<typeof openRequest>[1]

export const routes = (needs: Needs) =>
  webRoutes()
    .get(urls.lostFactors, async (c) => {
      const at = await atLostFactors(needs, c)
      const { context, subject } = at
      const isAsked = await openRequest(needs, subject.account)
      if (isAsked) return c.redirect(along(urls.supportAsked, context.journey), 303)
      return showForm(needs, c, context.journey, subject.account)
    })
    .post(urls.lostFactors, async (c) => {
      const at = await atLostFactors(needs, c)
      const { context, subject } = at
      const typed = { reach: field(c, 'reach'), words: field(c, 'words') }
      const outcome = await ask(needs, subject.account, typed, c.var.actor)
      if (!outcome.ok) return showForm(needs, c, context.journey, subject.account, outcome)
      return c.redirect(along(urls.supportAsked, context.journey), 303)
    })
    .get(urls.supportAsked, async (c) => {
      const at = await atLostFactors(needs, c)
      return showAsked(needs, c, at.context.journey, at.subject.account)
    })

/** Requires that the password was typed just now: a stolen session cannot ask support. Others sign in first. */
async function atLostFactors(needs: Needs, c: WebContext) {
  const at = await atSecondStep(needs, c)
  const { journey, session } = at.context
  const signedInByIt = isProved(needs, journey.proofs.identity) && session?.methods.includes('pwd')
  if (signedInByIt || passwordProved(needs, journey)) return at
  throw new Elsewhere(c.redirect(along(urls.signIn, journey), 303))
}

async function showForm(
  needs: Needs,
  c: WebContext,
  journey: Journey,
  account: Account,
  refusal?: Refused<AskProblem>,
) {
  const frame = await frameOf(needs, c, journey, account.language)
  const page = (
    <AskPage
      frame={frame}
      action={along(urls.lostFactors, journey)}
      back={along(urls.secondStepWays, journey)}
      address={account.email}
      limit={LONGEST_WORDS}
      problems={refusal ? problemOf(frame.language, refusal) : {}}
    />
  )
  return c.html(renderPage(page), refusal ? 422 : 200)
}

function problemOf(language: Account['language'], { reason, figures }: Refused<AskProblem>) {
  const t = texts.in(language)
  if (reason === 'words-too-long') return { words: t(reason, figures) }
  if (reason === 'reach-missing' || reason === 'reach-not-one') return { reach: t(reason) }
  return { reach: problemTexts.in(language)(reason, figures) }
}

async function showAsked(needs: Needs, c: WebContext, journey: Journey, account: Account) {
  const open = await openRequest(needs, account)
  if (!open) return c.redirect(along(urls.lostFactors, journey), 303)
  const frame = await frameOf(needs, c, journey, account.language)
  const timeZone = timeZoneOf(needs, c)
  const page = (
    <AskedPage
      frame={frame}
      reference={open.reference}
      when={whenWords(frame.language, open.made_at, timeZone)}
      address={account.email}
      support={needs.support}
      signIn={along(urls.secondStep, journey)}
    />
  )
  return c.html(renderPage(page))
}
