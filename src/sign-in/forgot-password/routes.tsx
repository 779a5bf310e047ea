/** HTTP for a forgotten password: one field, one answer. */
import { along, frameOf, journeyOf, type PageNeeds } from '../../journey/frame.ts'
import { problemText } from '../../journey/problem-texts.ts'
import { inMinutes } from '../../platform/clock.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import type { ProblemTexts } from '../../ui/frame.ts'
import { renderPage } from '../../ui/layout.tsx'
import { urls } from '../../urls.ts'
import { ForgotPage, SentPage } from './pages.tsx'
import { askForReset, type Needs } from './rules.ts'

export function forgotPassword(needs: Needs & PageNeeds) {
  const show = async (c: WebContext, problems?: ProblemTexts) => {
    const journey = await journeyOf(needs, c)
    const frame = await frameOf(needs, c, journey)
    const hint = journey?.destination.kind === 'product' ? journey.destination.params.login_hint : undefined
    const page = (
      <ForgotPage
        frame={frame}
        action={along(urls.forgot, journey)}
        signIn={along(urls.signIn, journey)}
        email={hint ?? ''}
        problems={problems ?? {}}
      />
    )
    return c.html(renderPage(page), problems ? (problems.form ? 429 : 422) : 200)
  }

  return webRoutes()
    .get(urls.forgot, (c) => show(c))
    .post(urls.forgot, async (c) => {
      const journey = await journeyOf(needs, c)
      const outcome = await askForReset(needs, field(c, 'email'), journey?.id, c.var.origin)
      if (outcome.ok) return c.redirect(along(urls.forgotSent, journey), 303)
      const { language } = await frameOf(needs, c, journey)
      return show(c, { [outcome.reason === 'too-many' ? 'form' : 'email']: problemText(language, outcome) })
    })
    .get(urls.forgotSent, async (c) => {
      const journey = await journeyOf(needs, c)
      const ways = { again: along(urls.forgot, journey), signIn: along(urls.signIn, journey) }
      const frame = await frameOf(needs, c, journey)
      return c.html(renderPage(<SentPage frame={frame} minutes={inMinutes(needs.figures.resetLives)} {...ways} />))
    })
}
