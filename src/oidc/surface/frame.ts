/** What a page of the protocol is given, and how it is sent. */
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { ProductId } from '../../core/model/product/product.ts'
import type { Actor } from '../../platform/actor.ts'
import { defaultLanguage, languages } from '../../platform/languages/languages.ts'
import { acceptedTags, firstLanguage, matchLanguage } from '../../platform/languages/matching.ts'
import { readCookie } from '../../platform/web/cookies.ts'
import { browserOf, draftFor } from '../../platform/web/web.ts'
import { draftOf, type Frame } from '../../ui/frame.ts'
import { renderPage } from '../../ui/layout.tsx'
import type { ProtocolNeeds } from '../needs.ts'

export type Ctx = KoaContextWithOIDC
export type Next = () => Promise<unknown>

/** The language: the one chosen, the product's, the browser's. A browser that is new here is given its name. */
export function frameOf(needs: ProtocolNeeds, ctx: Ctx): Frame {
  const header = ctx.get('cookie')
  const { browser, naming } = browserOf(needs, header)
  if (naming) ctx.append('Set-Cookie', naming)
  const here = ctx.method === 'GET' ? ctx.url : ctx.path
  const { draft, forgetting } = draftFor(needs, ctx.method === 'GET' ? header : undefined, here)
  if (forgetting) ctx.append('Set-Cookie', forgetting)
  const chosen = matchLanguage(readCookie(header, needs.cookies.language) ?? '')
  const wished = String(ctx.query.ui_locales ?? '').split(' ')
  return {
    language: chosen ?? firstLanguage([...wished, ...acceptedTags(ctx.get('accept-language'))]) ?? defaultLanguage,
    languages,
    csrf: needs.keyring.mark(browser, 'csrf'),
    here,
    draft: draftOf(draft),
    brand: needs.brandOf(ctx.oidc?.client?.clientId as ProductId | undefined),
    assets: needs.assets,
  }
}

export function send(ctx: Ctx, page: Parameters<typeof renderPage>[0], status = 200): void {
  ctx.status = status
  ctx.type = 'html'
  ctx.body = renderPage(page)
}

export function goTo(ctx: Ctx, address: string): void {
  ctx.status = 303
  ctx.redirect(address)
}

export const actorOf = (needs: ProtocolNeeds, ctx: Ctx): Actor =>
  needs.actorOf({ env: { incoming: ctx.req }, req: { header: (name) => ctx.get(name) || undefined } })
