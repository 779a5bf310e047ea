/** The page of the account that asked to sign in first: `to` in the address. */
import type { WebContext } from '../platform/web/web.ts'
import { urls } from '../urls.ts'
import { ownPath } from './language.ts'

export function placeIn({ origin }: { origin: string }, c: WebContext): string | undefined {
  const path = ownPath(c.req.query('to') ?? '', origin)
  return path.startsWith(`${urls.account}/`) ? path : undefined
}
