/** What happens to a request before the protocol sees it. */
import { errors } from 'oidc-provider'
import { count, countFrom } from '../../core/limits/counters/count.ts'
import { findSession } from '../../core/model/session/session.ts'
import { readCookie } from '../../platform/web/cookies.ts'
import type { ProtocolNeeds } from '../needs.ts'
import { DeviceFormPage } from '../pages.tsx'
import { routes } from '../paths.ts'
import { tooLarge, unreadable } from './errors.tsx'
import { actorOf, type Ctx, frameOf, goTo, type Next, send } from './frame.ts'

/** No address of the protocol has the character NUL in it, whether what it stands in would be kept or not. */
export const refuseNul =
  (needs: ProtocolNeeds) =>
  async (ctx: Ctx, next: Next): Promise<void> => {
    if (ctx.url.includes('%00')) unreadable(needs, ctx)
    else await next()
  }

/** What fits into an address once more. */
const LONGEST_QUERY = 12 * 1_024

/**
 * A product may send its person with a form as well as with an address (OpenID Connect Core 1.0, section 3.1.2.1;
 * RP-Initiated Logout 1.0, section 2). With a form from elsewhere the browser sends no cookie along, and we would
 * know nobody: the same request is made once more, as an address.
 */
export const redirectPostAsGet =
  (needs: ProtocolNeeds) =>
  async (ctx: Ctx, next: Next): Promise<void> => {
    const sent = ctx.method === 'POST' && (ctx.path === routes.authorization || ctx.path === routes.end_session)
    if (!sent || !ctx.is('application/x-www-form-urlencoded')) {
      await next()
      return
    }
    const body = await readForm(ctx)
    if (body === undefined) tooLarge(needs, ctx)
    else goTo(ctx, `${ctx.path}?${new URLSearchParams(body)}`)
  }

async function readForm({ req }: Ctx): Promise<string | undefined> {
  let body = ''
  for await (const part of req.setEncoding('latin1')) if (body.length <= LONGEST_QUERY) body += part
  return body.length > LONGEST_QUERY ? undefined : body
}

/**
 * The code of a device is short: so many are tried from one network, and no more (RFC 8628, section 5.1).  A person who is signed
 * in is counted by their account instead, so that nobody is kept from it by others on the same network.
 */
export const limitCodes =
  (needs: ProtocolNeeds) =>
  async (ctx: Ctx, next: Next): Promise<void> => {
    if (ctx.method !== 'POST' || ctx.path !== routes.code_verification) {
      await next()
      return
    }
    const session = await findSession(needs, readCookie(ctx.get('cookie'), needs.cookies.session))
    const isCounted = session
      ? count(needs, 'devices', 'account', session.account)
      : countFrom(needs, 'devices', actorOf(needs, ctx).network)
    if (await isCounted) {
      await next()
      return
    }
    const page = { frame: frameOf(needs, ctx), action: routes.code_verification, xsrf: '' }
    send(ctx, <DeviceFormPage {...page} problem={session ? 'wait' : 'unknown'} />, 429)
  }

/** What a request may say, in characters of an address: it is kept until its person is there, and `state` goes back in one. */
const LONGEST_REQUEST = 10 * 1_024
/** Nothing comes back to a device: there is no `state`, no address to return to, and no more of one to be kept than this. */
const LONGEST_OF_DEVICE = 512

/** Called once for each request, those of devices included. A product that proves itself may push a longer one. */
export function boundRequest({ oidc }: Ctx): void {
  const isPushed = oidc.route === 'pushed_authorization_request' || !!oidc.entities.PushedAuthorizationRequest
  if (isPushed && oidc.client?.clientAuthMethod !== 'none') return
  const { params = {} } = oidc
  const longest =
    oidc.route === 'device_authorization' && oidc.client?.clientAuthMethod === 'none'
      ? LONGEST_OF_DEVICE
      : LONGEST_REQUEST
  const lengthOf = (values: object): number => new URLSearchParams(Object.entries(values)).toString().length
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined))
  if (lengthOf(given) <= longest) return
  // One that is too long by itself would not fit into the address of the answer.
  if (lengthOf({ state: params.state }) > LONGEST_REQUEST) params.state = undefined
  throw new errors.InvalidRequest(`the parameters together are longer than ${longest} characters`)
}
