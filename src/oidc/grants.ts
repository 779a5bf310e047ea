/** What a product may have of a person: all it asks for if it is ours, what the person agreed to if it is not. */
import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { AccountId } from '../core/account/store.ts'
import type { ProductId } from '../core/product/product.ts'
import { consentedScopes, noteUse } from '../core/product/store.ts'
import type { Needs } from './needs.ts'

/** The grant of this session and product; made, or widened, without a page where none is needed. */
export async function loadGrant(needs: Needs, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { oidc } = ctx
  const { client, session, provider } = oidc
  if (!client || !session?.accountId) return undefined
  const product = await needs.catalogue.find(client.clientId)
  if (!product) return undefined
  const account = session.accountId as AccountId
  const id = session.grantIdFor(client.clientId)
  const known = id === undefined ? undefined : await provider.Grant.find(id)
  const grant = known ?? new provider.Grant({ accountId: account, clientId: client.clientId })
  const allowed = product.thirdParty
    ? new Set(await consentedScopes(needs.db, account, product.id))
    : oidc.requestParamOIDCScopes
  if (allowed.size === 0) return known
  if (!widen(ctx, grant, allowed) && known) return known
  await grant.save()
  if (!known) await noteUse(needs.db, account, product.id as ProductId, needs.clock.now())
  return grant
}

/** Adds what is asked for and allowed; false when the grant had it all. */
function widen({ oidc }: KoaContextWithOIDC, grant: Grant, allowed: ReadonlySet<string>): boolean {
  const has = new Set(grant.getOIDCScope().split(' '))
  const missing = [...oidc.requestParamOIDCScopes].filter((scope) => allowed.has(scope) && !has.has(scope))
  if (missing.length > 0) grant.addOIDCScope(missing.join(' '))
  const claims = [...oidc.requestParamClaims].filter((claim) => !grant.getOIDCClaims().includes(claim))
  if (claims.length > 0) grant.addOIDCClaims(claims)
  let widened = missing.length > 0 || claims.length > 0
  for (const [resource, server] of Object.entries(oidc.resourceServers ?? {})) {
    const granted = new Set(grant.getResourceScope(resource).split(' '))
    const wanted = [...oidc.requestParamScopes].filter((scope) => server.scopes.has(scope) && !granted.has(scope))
    if (wanted.length === 0) continue
    grant.addResourceScope(resource, wanted.join(' '))
    widened = true
  }
  return widened
}
