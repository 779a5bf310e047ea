/** The language that a person chose in their browser, and the page they chose it on. */
import { days } from '../platform/clock.ts'
import type { Language } from '../platform/languages/languages.ts'
import { cookie } from '../platform/web/cookies.ts'
import { setCookie, type WebContext, type WebNeeds } from '../platform/web/web.ts'
import { urls } from '../urls.ts'

const CHOICE_LIVES = days(400)

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
