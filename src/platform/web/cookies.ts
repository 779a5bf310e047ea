/** Cookies as the service sets them: for this host alone, out of reach of scripts (RFC 6265bis, the __Host- prefix). */
import { type Duration, inSeconds } from '../clock.ts'

/** The names in use; on https they carry the prefix that makes browsers keep others' hands off. */
export type CookieNames = Record<'session' | 'browser' | 'trust' | 'language' | 'draft' | 'waiting' | 'form', string>

export function cookieNames(https: boolean): CookieNames {
  const named = (what: string) => `${https ? '__Host-' : ''}passerelle-${what}`
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

export type CookieOptions = { https: boolean; lives?: Duration }

/** A Set-Cookie line. Without `lives` it ends with the browser; with an empty value it is taken back. */
export function cookie(name: string, value: string, { https, lives }: CookieOptions): string {
  const age = value === '' ? '; Max-Age=0' : lives ? `; Max-Age=${Math.floor(inSeconds(lives))}` : ''
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}${age}`
}
