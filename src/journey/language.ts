/** The language picker: keeps what was typed, remembers the choice, and comes back to the very page. */
import { days } from '../platform/clock.ts'
import type { Language } from '../platform/languages/languages.ts'
import { matchLanguage } from '../platform/languages/matching.ts'
import { cookie } from '../platform/web/cookies.ts'
import { field, keepDraft, setCookie, type WebContext, type WebNeeds, webRoutes } from '../platform/web/web.ts'
import { urls } from '../urls.ts'

const CHOICE_LIVES = days(400)

export const languageSwitch = (needs: WebNeeds) =>
  webRoutes().post(urls.language, (c) => {
    const language = matchLanguage(field(c, 'language'))
    const here = ownPath(field(c, 'here'), needs.origin)
    if (language) rememberLanguage(needs, c, language)
    keepDraft(needs, c, here, c.var.form)
    return c.redirect(here, 303)
  })

/** From now on this browser is shown pages in that language. */
export const rememberLanguage = ({ cookies }: WebNeeds, c: WebContext, language: Language): void =>
  setCookie(c, cookie(cookies.language, language, CHOICE_LIVES))

/** In code units: ours are far shorter, and what comes back as an address is a header of the answer. */
const LONGEST_PATH = 2_000

/**
 * A path of this service and nothing else: `//elsewhere`, `/\elsewhere`, `/.//elsewhere` and `https:elsewhere` all lead
 * home. It is judged as a browser reads it, since `/x/..//elsewhere` and `/\t/elsewhere` are `//elsewhere` in the end.
 */
export function ownPath(path: string, origin: string): string {
  if (path.length > LONGEST_PATH || !path.startsWith('/') || !URL.canParse(path, origin)) return urls.account
  const url = new URL(path, origin)
  const own = url.pathname + url.search
  const isOwn = url.origin === origin && !url.pathname.startsWith('//') && own.length <= LONGEST_PATH
  return isOwn ? own : urls.account
}
