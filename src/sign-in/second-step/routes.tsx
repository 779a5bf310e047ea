/** HTTP for the second step. */
import type { Factor, Prover } from '../../core/factor/prover.ts'
import { along, frameOf, JourneyLost, journeyOf, onward, type PageNeeds, sessionOf } from '../../journey/frame.ts'
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

export function secondStep(needs: Needs & PageNeeds) {
  /** Whoever is at this step, or the answer that leads to where they are. */
  const standing = async (c: WebContext): Promise<{ standing: Standing; prover: Prover } | Response> => {
    const journey = await journeyOf(needs, c)
    if (!journey) throw new JourneyLost('this page belongs to a sign-in')
    const standing = { journey, session: await sessionOf(needs, c), origin: c.var.origin }
    const prover = await whoProves(needs, standing)
    return prover ? { standing, prover } : c.redirect(along(urls.signIn, journey), 303)
  }

  const show = async (c: WebContext, { journey }: Standing, prover: Prover, problem?: SecondStepProblem) => {
    const { account } = prover
    const frame = await frameOf(needs, c, journey, account.language)
    const asked = c.req.query('way')
    const page = (
      <SecondStepPage
        frame={frame}
        action={along(urls.secondStep, journey, wayIn(asked))}
        otherWays={along(urls.secondStepWays, journey)}
        way={wayOf(prover, asked)}
        address={account.email}
        days={inDays(REMEMBERED_FOR)}
        problems={problem ? { [problem === 'too-many' ? 'form' : 'code']: texts.in(frame.language)(problem) } : {}}
      />
    )
    return c.html(renderPage(page), problem ? 422 : 200)
  }

  return webRoutes()
    .get(urls.secondStep, async (c) => {
      const at = await standing(c)
      return at instanceof Response ? at : show(c, at.standing, at.prover)
    })
    .post(urls.secondStep, async (c) => {
      const at = await standing(c)
      if (at instanceof Response) return at
      const { standing: where, prover } = at
      const { id } = wayOf(prover, c.req.query('way'))
      const typed = { code: field(c, 'code'), way: id, remember: field(c, 'remember') === 'yes' }
      const outcome = await takeSecondStep(needs, where, prover, typed)
      if (!outcome.ok) return show(c, where, prover, outcome.reason)
      const { https, figures } = needs
      setCookie(c, cookie(needs.cookies.session, outcome.session, { https, lives: figures.sessionMax }))
      return c.redirect(onward(where.journey), 303)
    })
    .get(urls.secondStepWays, async (c) => {
      const at = await standing(c)
      if (at instanceof Response) return at
      const { standing: where, prover } = at
      const ways = waysOf(prover).map((way) => ({
        ...way,
        href: along(urls.secondStep, where.journey, { way: way.id }),
      }))
      const frame = await frameOf(needs, c, where.journey, prover.account.language)
      return c.html(renderPage(<WaysPage frame={frame} ways={ways} back={along(urls.secondStep, where.journey)} />))
    })
}

const wayIn = (way: string | undefined): Record<string, string> => (way === undefined ? {} : { way })
const wayOfFactor = ({ id, kind, name }: Factor): Way => ({ id, kind, name })

/** Every way an account has, the one used last first. */
const waysOf = ({ factors, recoveryCodes }: Prover): Way[] => [
  ...factors.map(wayOfFactor),
  ...(recoveryCodes > 0 ? [{ id: RECOVERY, kind: 'recovery' as const, name: '' }] : []),
]

/** The one asked for, else the one used last. */
function wayOf(prover: Prover, asked: string | undefined): Way {
  const ways = waysOf(prover)
  const way = ways.find(({ id }) => id === asked) ?? ways[0]
  if (!way) throw new Error('a second step without a way')
  return way
}
