/** The headers of every answer. What a page may load and where its forms may lead is said here and nowhere else. */
import type { ServerResponse } from 'node:http'

/**
 * Content Security Policy 3. No inline script or style, nothing from elsewhere, no frames. A form may lead on to a
 * product: browsers hold every redirect after a post against `form-action`, and a product may redirect further on its
 * own, so that on the way to a product any https address is allowed, and its own where that is not https.
 */
export function contentSecurityPolicy(leadsAway: readonly string[]): string {
  const away =
    leadsAway.length === 0 ? [] : ['https:', ...new Set(leadsAway.map(sourceOf).filter((it) => it !== 'https:'))]
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `form-action ${["'self'", ...away].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** A source expression: the scheme of https and of native applications, the origin of plain http. */
const sourceOf = (uri: string): string => {
  const { protocol, origin } = new URL(uri)
  return protocol === 'http:' ? origin : protocol
}

export function setHeaders(response: ServerResponse, https: boolean): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy([]))
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  response.setHeader('Cache-Control', 'no-store')
  // Two years, RFC 6797 and ASVS 5.0, 3.4.1.
  if (https) response.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
}
