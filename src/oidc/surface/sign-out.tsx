/** Signing out at a product's wish (OpenID Connect RP-Initiated Logout 1.0). */

import { emit } from '../../core/events/emit.ts'
import type { AccountId } from '../../core/model/account/store.ts'
import { endSession } from '../../core/model/session/session.ts'
import { transact } from '../../platform/database/db.ts'
import { cookie } from '../../platform/web/cookies.ts'
import { contentSecurityPolicy } from '../../platform/web/headers.ts'
import { urls } from '../../urls.ts'
import type { ProtocolNeeds } from '../needs.ts'
import { SignOutPage } from '../pages.tsx'
import { actorOf, type Ctx, frameOf, goTo, send } from './frame.ts'

/**
 * With an ID token of the very person there is nothing to ask; without one a page asks, because anybody can make a
 * browser load an address.
 */
export async function signOutQuestion(needs: ProtocolNeeds, ctx: Ctx): Promise<void> {
  const { session, entities, params } = ctx.oidc
  const uri = params?.post_logout_redirect_uri
  const hinted = entities.IdTokenHint?.payload.sub
  if (!session?.uid || hinted === undefined || hinted !== session.accountId) {
    if (typeof uri === 'string') ctx.set('Content-Security-Policy', contentSecurityPolicy([uri]))
    const to = needs.keyring.seal(wayBack(ctx), 'sign-out')
    return send(ctx, <SignOutPage frame={frameOf(needs, ctx)} action={urls.signOut} to={to} stay={urls.account} />)
  }
  const { uid } = session
  const account = session.accountId as AccountId
  await transact(needs.db, async (tx) => {
    if (!(await endSession(needs, tx, uid))) return
    await emit(needs, tx, { kind: 'signed-out', account }, actorOf(needs, ctx))
  })
  await leave(needs, ctx)
}

/** Where nobody is signed in there is nothing to ask, and nothing to do. */
export async function leave(needs: ProtocolNeeds, ctx: Ctx): Promise<void> {
  await ctx.oidc.session?.destroy()
  ctx.append('Set-Cookie', cookie(needs.cookies.session, ''))
  goTo(ctx, wayBack(ctx))
}

/** The product's own address, which the protocol has checked, with the state it sent; ours where it named none. */
function wayBack({ oidc }: Ctx): string {
  const { post_logout_redirect_uri: uri, state } = oidc.params ?? {}
  if (typeof uri !== 'string') return urls.signedOut
  const url = new URL(uri)
  if (typeof state === 'string') url.searchParams.set('state', state)
  return url.href
}

export const signOutDone = (ctx: Ctx): void => goTo(ctx, urls.signedOut)
