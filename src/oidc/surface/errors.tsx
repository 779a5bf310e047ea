/** The protocol's errors, as a page with a way on; and as what comes before them where that can go on. */
import type { ErrorOut } from 'oidc-provider'
import { type Trouble, TroublePage } from '../../journey/errors/pages.tsx'
import { findJourneyOf } from '../../journey/store.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import { readCookie } from '../../platform/web/cookies.ts'
import { urls } from '../../urls.ts'
import { requestAgain } from '../bridge.ts'
import type { ProtocolNeeds } from '../needs.ts'
import { routes } from '../paths.ts'
import { type Ctx, frameOf, goTo, type Next, send } from './frame.ts'

/** Longer than any we make, and no more than a person can do something with. */
const LONGEST_REASON = 500

const page = (needs: ProtocolNeeds, ctx: Ctx, trouble: Trouble, reason = '') => (
  <TroublePage
    frame={frameOf(needs, ctx)}
    trouble={trouble}
    reason={reason.slice(0, LONGEST_REASON)}
    request={ctx.get('x-request-id')}
    way={urls.signIn}
  />
)

/**
 * An error that cannot be sent to the product. Where the protocol has lost an interaction that we still know, the
 * product's request is made again instead: nothing is lost. Who wants to sign out is asked, whatever the hint was.
 */
export async function errorPage(needs: ProtocolNeeds, ctx: Ctx, out: ErrorOut, error: Error): Promise<void> {
  const unreadableHint =
    ctx.path === routes.end_session && ctx.query.id_token_hint && /id_token_hint/.test(out.error_description ?? '')
  if (unreadableHint) return goTo(ctx, routes.end_session)
  const lost = error.name === 'SessionNotFound'
  const uid = lost ? /^\/oidc\/authorize\/([\w-]+)$/.exec(ctx.path)?.[1] : undefined
  const browser = readCookie(ctx.get('cookie'), needs.cookies.browser)
  const journey = uid && browser ? await findJourneyOf(needs, sha256(uid), browser, needs.clock.now()) : undefined
  if (journey) return goTo(ctx, requestAgain(needs, journey))
  const trouble: Trouble = lost ? 'expired' : out.error === 'server_error' ? 'fault' : 'request'
  const reason = [out.error, out.error_description].filter(Boolean).join(': ')
  send(ctx, page(needs, ctx, trouble, reason), Math.max(ctx.status, 400))
}

/** For clients that do not accept HTML: an error of the protocol (RFC 6749, section 5.2). */
export function unreadable(needs: ProtocolNeeds, ctx: Ctx): void {
  const refusal = { error: 'invalid_request', error_description: 'the address contains the character NUL' }
  const reason = Object.values(refusal).join(': ')
  if (ctx.accepts('json', 'html') === 'html') send(ctx, page(needs, ctx, 'request', reason), 400)
  else Object.assign(ctx, { status: 400, body: refusal })
}

export const tooLarge = (needs: ProtocolNeeds, ctx: Ctx): void => send(ctx, page(needs, ctx, 'too-large'), 413)

/** Where the protocol has nothing to say, a person is shown a page all the same. */
export const notFound =
  (needs: ProtocolNeeds) =>
  async (ctx: Ctx, next: Next): Promise<void> => {
    await next()
    if (ctx.status === 404 && !ctx.body && ctx.accepts('json', 'html') === 'html')
      send(ctx, page(needs, ctx, 'not-found'), 404)
  }
