/** HTTP for the profile. */

import { nameProblemTexts } from '../../journey/errors/problem-texts.ts'
import type { PageNeeds } from '../../journey/frame.ts'
import { rememberLanguage } from '../../journey/language.ts'
import { matchLanguage } from '../../platform/languages/matching.ts'
import { field, type WebContext, webRoutes } from '../../platform/web/web.ts'
import type { ProblemTexts } from '../../ui/frame.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { type Visitor, visitorOf } from '../frame.ts'
import { ProfilePage } from './pages.tsx'
import { changeProfile } from './rules.ts'

export function routes(needs: PageNeeds) {
  const show = (c: WebContext, { frame, portal, account }: Visitor, problems?: ProblemTexts) => {
    const saved = !problems && c.req.query('done') === 'saved'
    const page = <ProfilePage {...{ frame, portal, saved }} profile={account} problems={problems ?? {}} />
    return c.html(renderPage(page), problems ? 422 : 200)
  }
  return webRoutes()
    .get(urls.profile, async (c) => show(c, await visitorOf(needs, c)))
    .post(urls.profile, async (c) => {
      const visitor = await visitorOf(needs, c)
      const { account, frame } = visitor
      const language = matchLanguage(field(c, 'locale')) ?? account.language
      const typed = { firstName: field(c, 'first-name'), lastName: field(c, 'last-name'), language }
      const outcome = await changeProfile(needs, account, typed, c.var.actor)
      if (!outcome.ok) return show(c, visitor, nameProblemTexts(frame.language, outcome.problems))
      // Who chooses another language for their account means these pages too, whatever was chosen at their foot before.
      if (language !== account.language) rememberLanguage(needs, c, language)
      return c.redirect(at(urls.profile, { done: 'saved' }), 303)
    })
}
