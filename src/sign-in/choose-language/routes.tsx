/**
 * Choosing the language of the pages: any page → /languages (where there are many) → the very page again.
 * What was typed goes along, sealed in a cookie between two pages and in the form of this one.
 */
import { frameOf, type PageNeeds } from '../../journey/frame.ts'
import { ownPath, rememberLanguage } from '../../journey/language.ts'
import { matchLanguage } from '../../platform/languages/matching.ts'
import { field, keepDraft, webRoutes } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { LanguagePage } from './pages.tsx'

export const routes = (needs: PageNeeds) =>
  webRoutes()
    .get(urls.languages, async (c) => {
      const frame = { ...(await frameOf(needs, c)), here: ownPath(c.req.query('to') ?? '', needs.origin) }
      return c.html(renderPage(<LanguagePage frame={frame} />))
    })
    .post(urls.language, (c) => {
      const wanted = field(c, 'language')
      const here = ownPath(field(c, 'here'), needs.origin)
      const next = wanted === '' ? at(urls.languages, { to: here }) : here
      const language = matchLanguage(wanted)
      if (language) rememberLanguage(needs, c, language)
      keepDraft(needs, c, next, c.var.form)
      return c.redirect(next, 303)
    })
