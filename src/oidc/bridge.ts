/**
 * Between the protocol and the journey: an interaction of oidc-provider becomes a journey, and the journey's end
 * becomes its answer. If the protocol has forgotten the interaction meanwhile, the product's request is made again.
 */
import { decodeJwt } from 'jose'
import type { Interaction, KoaContextWithOIDC } from 'oidc-provider'
import type { Product, ProductId } from '../core/model/product/product.ts'
import { acrOf } from '../core/model/session/acr.ts'
import { type Session, sessionOfRow } from '../core/model/session/session.ts'
import { beginJourney } from '../journey/begin.ts'
import { nothingProved, whatIsNext } from '../journey/facts.ts'
import { keepInBrowser } from '../journey/frame.ts'
import type { Journey, ProductRequest, Proofs } from '../journey/journey.ts'
import type { Next } from '../journey/next-step.ts'
import { stepPath } from '../journey/routes.tsx'
import { isProved } from '../journey/store.ts'
import { epochSeconds, inSeconds, minutes } from '../platform/clock.ts'
import { sha256 } from '../platform/secrets/keyring.ts'
import { browserOf } from '../platform/web/web.ts'
import { urls } from '../urls.ts'
import { answerInteraction } from './adapter/records.ts'
import { sessionRead } from './adapter/sessions.ts'
import { scopesAskedFor } from './grants.ts'
import type { ProtocolNeeds } from './needs.ts'
import { routes } from './paths.ts'
import { actorOf } from './surface/frame.ts'

/** The page an interrupted request begins with. */
export const interactionUrl =
  (needs: ProtocolNeeds) =>
  async (ctx: KoaContextWithOIDC, interaction: Interaction): Promise<string> => {
    const { browser, naming } = browserOf(needs, ctx.get('cookie'))
    if (naming) ctx.append('Set-Cookie', naming)
    const { request, session, next } = await decisionOn(needs, ctx)
    const { network } = actorOf(needs, ctx)
    const stranger = !session && { network }
    const mark = sha256(interaction.uid)
    const journey = await beginJourney(needs, { browser, ...stranger, destination: request, interactionMark: mark })
    const kept = keepInBrowser(needs, browser, journey)
    if (kept) ctx.append('Set-Cookie', kept)
    return stepPath(next, journey)
  }

type Decision = { request: ProductRequest; session: Session | undefined; next: Next }
const decisions = new WeakMap<object, Promise<Decision>>()

/** What the journey's list of steps says of a request of the protocol: asked once a request, however many checks want to know. */
export function decisionOn(needs: ProtocolNeeds, ctx: KoaContextWithOIDC): Promise<Decision> {
  const known = decisions.get(ctx) ?? decide(needs, ctx)
  decisions.set(ctx, known)
  return known
}

async function decide(needs: ProtocolNeeds, ctx: KoaContextWithOIDC): Promise<Decision> {
  const row = sessionRead(ctx)
  const session = row && sessionOfRow(needs, row)
  const request = requestOf(ctx, await needs.catalogue.find(ctx.oidc.client?.clientId ?? ''))
  return { request, session, next: await whatIsNext(needs, { destination: request, ...nothingProved }, session) }
}

/** A native application whose answer goes to no https address, which alone the system gives to one program. */
const isUnclaimed = (product: Product | undefined, redirectUri: unknown): boolean =>
  product?.native === true && !`${redirectUri}`.startsWith('https:')

/** The product means somebody else than who is signed in (`id_token_hint`, or `sub` in `claims`): OpenID Connect Core 1.0, sections 3.1.2.1 and 5.5.1. */
function meansAnother({ oidc }: KoaContextWithOIDC): boolean {
  const meant = [oidc.entities.IdTokenHint?.payload.sub, oidc.claims.id_token?.sub?.value]
  return (
    oidc.session?.accountId !== undefined && meant.some((sub) => sub !== undefined && sub !== oidc.session?.accountId)
  )
}

/** What a journey has answered already is asked for no more. */
function requestOf(ctx: KoaContextWithOIDC, product: Product | undefined): ProductRequest {
  const { oidc } = ctx
  const params = Object.entries(oidc.params ?? {})
  const { resource, max_age: maxAge, redirect_uri: redirectUri } = oidc.params ?? {}
  const isAnswered = oidc.result?.login !== undefined
  const prompts = new Set([...oidc.prompts].filter((prompt) => oidc.promptPending(prompt)))
  if (meansAnother(ctx)) prompts.add('login')
  return {
    kind: 'product',
    product: (oidc.client?.clientId ?? '') as ProductId,
    thirdParty: product?.thirdParty ?? true,
    params: Object.fromEntries(params.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    ...(Array.isArray(resource) && { resources: resource.map(String) }),
    prompts: [...prompts],
    scopes: scopesAskedFor(ctx),
    ...(!isAnswered && isUnclaimed(product, redirectUri) && { unclaimed: true }),
    ...(!isAnswered && maxAge !== undefined && { maxAge: Number(maxAge) }),
  }
}

/** Answers the protocol that all was proved, and says where the browser goes with that. */
export async function answer(needs: ProtocolNeeds, journey: Journey, session: Session): Promise<string> {
  if (isAboutAnother(journey, session)) return refuse(needs, journey, 'login_required')
  const { account: accountId, uid, methods, authenticatedAt } = session
  const login = {
    accountId,
    amr: [...methods],
    acr: acrOf(methods),
    ts: epochSeconds(authenticatedAt),
    remember: true,
  }
  const result = { login, consent: {}, select_account: {}, create: {} }
  return completeInteraction(needs, journey, { result, session: { accountId, uid, cookie: '' } })
}

const WHY = {
  access_denied: 'the person did not agree',
  login_required: 'somebody else than the id_token_hint says signed in',
}

/** Answers the protocol that the product does not get what it asked for. */
export const refuse = (needs: ProtocolNeeds, journey: Journey, error: keyof typeof WHY): Promise<string> =>
  completeInteraction(needs, journey, { result: { error, error_description: WHY[error] } })

/** Where the protocol has forgotten the interaction meanwhile, the product's request is made again instead. */
async function completeInteraction(
  needs: ProtocolNeeds,
  journey: Journey,
  result: Parameters<typeof answerInteraction>[2],
): Promise<string> {
  const back = journey.interactionMark ? await answerInteraction(needs, journey.interactionMark, result) : undefined
  return back ?? requestAgain(needs, journey)
}

/** OpenID Connect Core 1.0, section 3.1.2.1: with an id_token_hint, an answer about its person or none. */
function isAboutAnother({ destination }: Journey, { account }: Session): boolean {
  const hint = destination.kind === 'product' ? destination.params.id_token_hint : undefined
  return hint !== undefined && decodeJwt(hint).sub !== account
}

/** The product's request once more, without what the person has just done for it. */
export function requestAgain(needs: Pick<ProtocolNeeds, 'clock'>, { destination, proofs }: Journey): string {
  if (destination.kind === 'place') return destination.path
  const { prompt, max_age: maxAge, ...params } = destination.params
  if (!params.client_id || !params.redirect_uri) return urls.device
  const left = (prompt ?? '').split(' ').filter((one) => one !== '' && !isDone(needs, one, proofs, params.scope))
  const freshly = isProved(needs, proofs.identity) && (maxAge !== undefined || prompt?.split(' ').includes('login'))
  const query = new URLSearchParams(params)
  if (left.length > 0) query.set('prompt', left.join(' '))
  if (freshly) query.set('max_age', String(Math.max(Number(maxAge ?? 0), inSeconds(JUST_NOW))))
  else if (maxAge !== undefined) query.set('max_age', maxAge)
  for (const resource of destination.resources ?? []) query.append('resource', resource)
  return `${routes.authorization}?${query}`
}

/** Who signed in on this journey within so long need not do so once more, and the ID token still says when it was. */
const JUST_NOW = minutes(5)

/** `consent` stays where it is needed to be given a scope at all (OpenID Connect Core 1.0, section 11). */
function isDone(needs: Pick<ProtocolNeeds, 'clock'>, prompt: string, proofs: Proofs, scope = ''): boolean {
  const just = (what: 'identity' | 'choice' | 'consent') => isProved(needs, proofs[what])
  if (prompt === 'create') return !!proofs.identity
  if (prompt === 'login') return just('identity')
  if (prompt === 'select_account') return just('identity') || just('choice')
  return prompt === 'consent' && just('consent') && !scope.split(' ').includes('offline_access')
}
