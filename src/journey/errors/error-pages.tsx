/** What a person sees when a request fails: a page in their language, with a way on. Never a blank one. */
import { Busy } from '../../core/model/password/hash-lane.ts'
import type { Log } from '../../platform/log/log.ts'
import { Elsewhere, NotOurForm, type WebContext } from '../../platform/web/web.ts'
import { renderPage } from '../../ui/layout.tsx'
import { at, urls } from '../../urls.ts'
import { frameOf, JourneyLost, type PageNeeds } from '../frame.ts'
import { type Trouble, TroublePage } from './pages.tsx'

const statusOf = { cookies: 403, stale: 403, 'too-large': 413, unreadable: 422 } as const

const troubleOf = (error: Error | undefined): { trouble: Trouble; status: 400 | 403 | 404 | 413 | 422 | 500 | 503 } => {
  if (!error) return { trouble: 'not-found', status: 404 }
  if (error instanceof JourneyLost) return { trouble: 'lost', status: 400 }
  if (error instanceof Busy) return { trouble: 'busy', status: 503 }
  if (error instanceof NotOurForm) return { trouble: error.kind, status: statusOf[error.kind] }
  return { trouble: 'fault', status: 500 }
}

/** What only takes forms, and the page those forms stand on. */
const withoutPage: Readonly<Record<string, string>> = {
  [urls.resendCode]: urls.verify,
  [urls.signInByPasskey]: urls.signIn,
  [urls.betterPasswordLater]: urls.betterPassword,
  [urls.enrolSecondFactorLater]: urls.enrolSecondFactor,
  [urls.offerPasskeyLater]: urls.offerPasskey,
  [urls.removeFactor]: urls.factors,
  [urls.sendContact]: urls.confirmContact,
  [urls.secondStepSend]: urls.secondStep,
  [urls.recoveryCodesFile]: urls.newRecoveryCodes,
  [urls.emailResend]: urls.emailVerify,
  [urls.keep]: urls.privacy,
  [urls.language]: urls.account,
  [urls.signOut]: urls.account,
}

/** The page to go back to and try again. */
const pageOf = (c: WebContext): string => {
  if (c.req.url.includes('%00')) return urls.account
  const page = withoutPage[c.req.path]
  return page ? at(page, c.req.query()) : c.var.here
}

/** Called with an error, or without one where there is no such page. */
export const troubles =
  (needs: PageNeeds & { log: Log }) =>
  async (error: Error | undefined, c: WebContext): Promise<Response> => {
    if (error instanceof Elsewhere) return error.answer
    const { trouble, status } = troubleOf(error)
    const request = String(c.env.incoming.headers['x-request-id'] ?? '')
    if (trouble === 'fault') needs.log.error({ err: error, request }, 'a page failed')
    if (trouble === 'busy') c.header('Retry-After', '10')
    const frame = await frameOf(needs, c)
    const way = trouble === 'lost' || trouble === 'not-found' ? urls.signIn : pageOf(c)
    return c.html(renderPage(<TroublePage frame={frame} trouble={trouble} request={request} way={way} />), status)
  }
