/** What a product may have of a person: all it asks for if it is ours, what the person agreed to if it is not. */
import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { AccountId } from '../core/model/account/store.ts'
import { scopeAt } from '../core/model/product/product.ts'
import { consentedScopes, noteUse } from '../core/model/product/store.ts'
import type { ProtocolNeeds } from './needs.ts'

/** The grant of this session and product; made, or widened, without a page where none is needed. */
export async function loadGrant(needs: ProtocolNeeds, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, provider, requestParamScopes } = ctx.oidc
  if (!client || !session?.accountId) return undefined
  const product = await needs.catalogue.find(client.clientId)
  if (!product) return undefined
  const account = session.accountId as AccountId
  const id = session.grantIdFor(client.clientId)
  const known = id === undefined ? undefined : await provider.Grant.find(id)
  const agreed = product.thirdParty ? await consentedScopes(needs.db, account, product.id) : undefined
  if ((agreed ?? [...requestParamScopes]).length === 0) return known
  const allowed = (scope: string): boolean => agreed?.includes(scope) ?? true
  const grant = known ?? newGrant(needs, ctx, { account, client: client.clientId, former: id })
  if (widen(ctx, grant, allowed) || !known) await grant.save()
  await noteUse(needs.db, account, product.id, needs.clock.now())
  return grant
}

type For = { account: AccountId; client: string; former: string | undefined }

/**
 * Of a session and a product there is one grant and one name of the session, drawn from both: where two tabs of a
 * product come back at the same moment, they come to the same. After a grant that was revoked comes another.
 */
function newGrant(
  { keyring }: ProtocolNeeds,
  { oidc }: KoaContextWithOIDC,
  { account, client, former = '' }: For,
): Grant {
  const grant = new oidc.provider.Grant({ accountId: account, clientId: client })
  const { session } = oidc
  grant.jti = keyring.mark(`${session?.uid} ${client} ${former}`, 'grant')
  if (session && !session.sidFor(client))
    session.sidFor(client, keyring.mark(`${session.uid} ${client} ${former}`, 'sid'))
  return grant
}

/** Adds what is asked for and allowed; false when the grant had it all. */
function widen({ oidc }: KoaContextWithOIDC, grant: Grant, allowed: (scope: string) => boolean): boolean {
  const missingOf = (scopes: Iterable<string>, granted: string): string[] =>
    [...scopes].filter((scope) => !granted.split(' ').includes(scope))
  const missing = missingOf([...oidc.requestParamOIDCScopes].filter(allowed), grant.getOIDCScope())
  if (missing.length > 0) grant.addOIDCScope(missing.join(' '))
  const claims = [...oidc.requestParamClaims].filter((claim) => !grant.getOIDCClaims().includes(claim))
  if (claims.length > 0) grant.addOIDCClaims(claims)
  let widened = missing.length > 0 || claims.length > 0
  for (const [resource, server] of Object.entries(oidc.resourceServers ?? {})) {
    const offered = [...oidc.requestParamScopes].filter((scope) => server.scopes.has(scope))
    const wanted = missingOf(
      offered.filter((scope) => allowed(scopeAt(resource, scope))),
      grant.getResourceScope(resource),
    )
    if (wanted.length === 0) continue
    grant.addResourceScope(resource, wanted.join(' '))
    widened = true
  }
  return widened
}

/** What a person is told that a product asks for: scopes of ours, and those of the APIs it names. */
export function scopesAskedFor({ oidc }: KoaContextWithOIDC): string[] {
  const offered = Object.entries(oidc.resourceServers ?? {}).flatMap(([resource, { scopes }]) =>
    [...oidc.requestParamScopes].filter((scope) => scopes.has(scope)).map((scope) => scopeAt(resource, scope)),
  )
  return [...oidc.requestParamOIDCScopes, ...offered]
}
