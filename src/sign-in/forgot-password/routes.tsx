/** HTTP for a forgotten password: one field, one answer. */
import { challengeAhead } from '../../core/limits/admission.ts'
import { problemText } from '../../journey/errors/problem-texts.ts'
import { addressHint, along, challengeOf, frameOf, journeyOf, type PageNeeds, proofOf } from '../../journey/frame.ts'
import { inMinutes } from '../../platform/clock.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import type { ProblemTexts } from '../../ui/frame.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { ForgotPage, SentPage } from './pages.tsx'
import { askForReset, type Needs } from './rules.ts'

export function routes(needs: Needs & PageNeeds) {
  const show = async (c: WebContext, problems?: ProblemTexts, challenge?: string) => {
    const journey = await journeyOf(needs, c)
    const ahead = challenge ?? (await challengeAhead(needs, 'reset', c.var.actor))
    const frame = { ...(await frameOf(needs, c, journey)), challenge: ahead }
    const page = (
      <ForgotPage
        frame={frame}
        action={along(urls.forgot, journey)}
        signIn={along(urls.signIn, journey)}
        email={addressHint(journey) ?? ''}
        problems={problems ?? {}}
      />
    )
    return c.html(renderPage(page), problems ? (problems.form ? 429 : 422) : 200)
  }

  return webRoutes()
    .get(urls.forgot, (c) => show(c))
    .post(urls.forgot, async (c) => {
      const journey = await journeyOf(needs, c)
      const outcome = await askForReset(needs, field(c, 'email'), journey, c.var.actor, proofOf(c))
      if (outcome.ok) return c.redirect(along(urls.forgotSent, journey), 303)
      const { language } = await frameOf(needs, c, journey)
      const whole = outcome.reason === 'not-proven'
      return show(c, { [whole ? 'form' : 'email']: problemText(language, outcome) }, challengeOf(outcome))
    })
    .get(urls.forgotSent, async (c) => {
      const journey = await journeyOf(needs, c)
      const ways = { again: along(urls.forgot, journey), signIn: along(urls.signIn, journey) }
      const frame = await frameOf(needs, c, journey)
      return c.html(renderPage(<SentPage frame={frame} minutes={inMinutes(needs.figures.resetLives)} {...ways} />))
    })
}
