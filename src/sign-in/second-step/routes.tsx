/** HTTP for the second step. */
import { askForPasskey } from '../../core/factor/passkey.ts'
import { passkeysOf } from '../../core/factor/passkey-store.ts'
import type { Factor, Prover } from '../../core/factor/prover.ts'
import { reachedBy, reaches, reachOf } from '../../core/session/level.ts'
import { along, frameOf, JourneyLost, journeyOf, onward, type PageNeeds, sessionOf } from '../../journey/frame.ts'
import { levelWanted } from '../../journey/journey.ts'
import { inDays } from '../../platform/clock.ts'
import { cookie } from '../../platform/web/cookies.ts'
import { field, setCookie, type WebContext, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { SecondStepPage, type Way, WaysPage } from './pages.tsx'
import {
  type Needs,
  RECOVERY,
  REMEMBERED_FOR,
  type SecondStepProblem,
  type Standing,
  takeSecondStep,
  whoProves,
} from './rules.ts'
import { texts } from './texts.ts'

type All = Needs & PageNeeds & { support: string }
type At = { standing: Standing; prover: Prover }

export const secondStep = (needs: All) =>
  webRoutes()
    .get(urls.secondStep, async (c) => {
      const at = await standing(needs, c)
      return at instanceof Response ? at : show(needs, c, at)
    })
    .post(urls.secondStep, async (c) => {
      const at = await standing(needs, c)
      if (at instanceof Response) return at
      const { id: way } = wayOf(at, c.req.query('way'))
      const brought = { sealed: field(c, 'asked'), answer: field(c, 'answer') }
      const typed = { ...brought, code: field(c, 'code'), way, remember: field(c, 'remember') === 'yes' }
      const outcome = await takeSecondStep(needs, at.standing, at.prover, typed)
      if (!outcome.ok) return show(needs, c, at, outcome.reason)
      const { https, figures } = needs
      setCookie(c, cookie(needs.cookies.session, outcome.session, { https, lives: figures.sessionMax }))
      return c.redirect(onward(at.standing.journey), 303)
    })
    .get(urls.secondStepWays, async (c) => {
      const at = await standing(needs, c)
      return at instanceof Response ? at : showWays(needs, c, at)
    })

/** Whoever is at this step, or the answer that leads to where they are. */
async function standing(needs: All, c: WebContext): Promise<At | Response> {
  const journey = await journeyOf(needs, c)
  if (!journey) throw new JourneyLost('this page belongs to a sign-in')
  const standing = { journey, session: await sessionOf(needs, c), origin: c.var.origin }
  const prover = await whoProves(needs, standing)
  return prover ? { standing, prover } : c.redirect(along(urls.signIn, journey), 303)
}

async function show(needs: All, c: WebContext, at: At, problem?: SecondStepProblem) {
  const { prover } = at
  const { journey } = at.standing
  const { account } = prover
  const frame = await frameOf(needs, c, journey, account.language)
  const asked = c.req.query('way')
  const way = wayOf(at, asked)
  const known = way.kind === 'passkey' ? await passkeysOf(needs.db, account.id) : undefined
  const page = (
    <SecondStepPage
      frame={frame}
      action={along(urls.secondStep, journey, wayIn(asked))}
      otherWays={along(urls.secondStepWays, journey)}
      way={way}
      passkey={known && askForPasskey(needs, c.var.origin.browser, known, prover.hash ? 'preferred' : 'required')}
      address={account.email}
      days={inDays(REMEMBERED_FOR)}
      problems={problem ? { [fieldOf(problem)]: texts.in(frame.language)(problem) } : {}}
    />
  )
  return c.html(renderPage(page), problem ? 422 : 200)
}

const fieldOf = (problem: SecondStepProblem): string =>
  problem === 'too-many' || problem === 'passkey-refused' ? 'form' : 'code'

async function showWays(needs: All, c: WebContext, at: At) {
  const { journey } = at.standing
  const ways = waysOf(at).map((way) => ({ ...way, href: along(urls.secondStep, journey, { way: way.id }) }))
  const frame = await frameOf(needs, c, journey, at.prover.account.language)
  const back = along(urls.secondStep, journey)
  return c.html(renderPage(<WaysPage {...{ frame, ways, back }} support={needs.support} />))
}

const wayIn = (way: string | undefined): Record<string, string> => (way === undefined ? {} : { way })
const wayOfFactor = ({ id, kind, name }: Factor): Way => ({ id, kind, name })

/** Every way an account has that leads to what the product asks for, the one used last first. */
function waysOf({ standing: { journey }, prover: { factors, recoveryCodes } }: At): Way[] {
  const wanted = levelWanted(journey, reachOf(factors.map(({ kind }) => kind)))
  const recovery: Way[] = recoveryCodes > 0 ? [{ id: RECOVERY, kind: 'recovery', name: '' }] : []
  return [...factors.map(wayOfFactor), ...recovery].filter(({ kind }) => reaches(reachedBy[kind], wanted))
}

/** The one asked for, else the one used last. */
function wayOf(at: At, asked: string | undefined): Way {
  const ways = waysOf(at)
  const way = ways.find(({ id }) => id === asked) ?? ways[0]
  if (!way) throw new Error('a second step without a way')
  return way
}
