/** Cookies as the service sets them: for this host alone, out of reach of scripts (RFC 6265bis, the __Host- prefix). */
import { type Duration, inSeconds } from '../clock.ts'

/** Browsers take a cookie of such a name from this host alone, and only with `Secure`. */
const SECURE = '__Host-'

/** The names in use; on https they carry the prefix. */
export type CookieNames = Record<'session' | 'browser' | 'trust' | 'language' | 'draft' | 'waiting' | 'form', string>

export function cookieNames(origin: string): CookieNames {
  const prefix = origin.startsWith('https:') ? SECURE : ''
  const named = (what: string) => `${prefix}passerelle-${what}`
  return {
    session: named('session'),
    browser: named('browser'),
    trust: named('trust'),
    language: named('language'),
    draft: named('draft'),
    waiting: named('waiting'),
    form: named('form'),
  }
}

/** The first value of that name; later ones, which a neighbouring host may have planted, do not count. */
export function readCookie(header: string | null | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}

/** A Set-Cookie line, `Secure` where the name says so. Without `lives` it ends with the browser; an empty value deletes it. */
export function cookie(name: string, value: string, lives?: Duration): string {
  const age = value === '' ? '; Max-Age=0' : lives ? `; Max-Age=${Math.floor(inSeconds(lives))}` : ''
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${name.startsWith(SECURE) ? '; Secure' : ''}${age}`
}
