/** HTTP for the second step. */

import { factorKinds, isSent } from '../../core/model/factor/kinds.ts'
import { authenticationOptions } from '../../core/model/factor/passkey.ts'
import { passkeysOf } from '../../core/model/factor/passkey-store.ts'
import { secondFactors } from '../../core/model/factor/store.ts'
import type { Factor, SecondFactorSubject } from '../../core/operations/factor/second-factor-subject.ts'
import { contactHint } from '../../core/operations/factor/sent-code.ts'
import {
  type AtSecondStep,
  along,
  atSecondStep,
  frameOf,
  keepSignedIn,
  onward,
  type PageNeeds,
} from '../../journey/frame.ts'
import { codeOut, sendTo } from '../../journey/signing-in/second-step-code.ts'
import { inDays } from '../../platform/clock.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { type Refused, refused } from '../../platform/outcome.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { letterState } from '../../ui/asking/code.tsx'
import { type SentCodeProblem, sentCodeProblem } from '../../ui/asking/sent-code.tsx'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { SecondStepPage, type Way, WaysPage } from './pages.tsx'
import { type Needs, RECOVERY, REMEMBERED_FOR, type SecondStepProblem, takeSecondStep } from './rules.ts'
import { isOwn, texts } from './texts.ts'

type All = Needs & PageNeeds

export const routes = (needs: All) =>
  webRoutes()
    .get(urls.secondStep, async (c) => show(needs, c, await atSecondStep(needs, c)))
    .post(urls.secondStep, async (c) => {
      const at = await atSecondStep(needs, c)
      const { id: way } = wayOf(at.subject, c.req.query('way'))
      const brought = { sealed: field(c, 'asked'), answer: field(c, 'answer') }
      const typed = { ...brought, code: field(c, 'code'), way, remember: field(c, 'remember') === 'yes' }
      const outcome = await takeSecondStep(needs, at.context, at.subject, typed)
      if (!outcome.ok) return show(needs, c, at, outcome)
      keepSignedIn(needs, c, outcome)
      return c.redirect(onward(at.context.journey), 303)
    })
    .post(urls.secondStepSend, async (c) => {
      const at = await atSecondStep(needs, c)
      const { id: way } = wayOf(at.subject, c.req.query('way'))
      const outcome = await sendTo(needs, at.context, at.subject, way)
      if (!outcome.ok) return show(needs, c, at, outcome)
      return c.redirect(along(urls.secondStep, at.context.journey, { way }), 303)
    })
    .get(urls.secondStepWays, async (c) => showWays(needs, c, await atSecondStep(needs, c)))

type Problem = Refused<SecondStepProblem | SentCodeProblem>

async function show(needs: All, c: WebContext, { context, subject }: AtSecondStep, problem?: Problem) {
  const { journey } = context
  const { account } = subject
  const frame = await frameOf(needs, c, journey, account.language)
  const asked = c.req.query('way')
  const way = wayOf(subject, asked)
  const known = factorKinds[way.kind].proof === 'webauthn' ? await passkeysOf(needs.db, account.id) : undefined
  const delivery = isOver(problem) ? undefined : await codeOut(needs, context, subject, way.id)
  const page = (
    <SecondStepPage
      frame={frame}
      action={along(urls.secondStep, journey, wayIn(asked))}
      otherWays={along(urls.secondStepWays, journey)}
      send={delivery || !cannotBeSent(problem) ? along(urls.secondStepSend, journey, { way: way.id }) : undefined}
      sent={delivery && letterState(delivery)}
      way={way}
      passkey={
        known && authenticationOptions(needs, c.var.actor.browser, known, subject.hash ? 'preferred' : 'required')
      }
      address={account.email}
      days={inDays(REMEMBERED_FOR)}
      problems={problem ? { [fieldOf(problem)]: problemOf(frame.language, problem) } : {}}
    />
  )
  return c.html(renderPage(page), problem ? 422 : 200)
}

/** The code has expired or has no tries left: the page offers another. */
const isOver = (problem: Problem | undefined): boolean =>
  problem?.reason === 'code-expired' || problem?.reason === 'code-used-up'

const NOT_SENT: readonly string[] = ['phone-country', 'phone-prefix-stopped', 'phone-too-many', 'mail-too-many']
const cannotBeSent = (problem: Problem | undefined): boolean => NOT_SENT.includes(problem?.reason ?? '')

const IN_THE_FIELD: readonly string[] = ['code-missing', 'code-wrong', 'code-used']
const fieldOf = ({ reason }: Problem): string => (IN_THE_FIELD.includes(reason) ? 'code' : 'form')

function problemOf(language: Language, problem: Problem): string {
  const { reason } = problem
  return isOwn(reason) ? texts.in(language)(reason) : sentCodeProblem(language, refused(reason, problem.figures))
}

async function showWays(needs: All, c: WebContext, { context: { journey }, subject }: AtSecondStep) {
  const frame = await frameOf(needs, c, journey, subject.account.language)
  const ways = waysOf(subject).map((way) => ({
    ...way,
    href: along(urls.secondStep, journey, { way: way.id }),
  }))
  const [back, none] = [along(urls.secondStep, journey), along(urls.lostFactors, journey)]
  return c.html(renderPage(<WaysPage {...{ frame, ways, back, none }} />))
}

const wayIn = (way: string | undefined): Record<string, string> => (way === undefined ? {} : { way })
const wayOfFactor = (factor: Factor): Way => {
  const { id, kind, name } = factor
  return isSent(factor) ? { id, kind, name, hint: contactHint(factor) } : { id, kind, name }
}

/** Every second factor of an account, the one used last first; then the addresses, then recovery codes. */
const waysOf = ({ factors, recoveryCodes }: SecondFactorSubject): Way[] => [
  ...secondFactors(factors).map(wayOfFactor),
  ...factors.filter((factor) => !secondFactors(factors).includes(factor)).map(wayOfFactor),
  ...(recoveryCodes > 0 ? [{ id: RECOVERY, kind: 'recovery' as const, name: '' }] : []),
]

/** The one asked for, else the one used last. */
function wayOf(subject: SecondFactorSubject, asked: string | undefined): Way {
  const ways = waysOf(subject)
  const way = ways.find(({ id }) => id === asked) ?? ways[0]
  if (!way) throw new Error('a second step without a way')
  return way
}
