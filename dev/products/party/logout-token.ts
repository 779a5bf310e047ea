import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'

/** Whose sessions are over: one session (`sid`), or all of a person (`sub`), as the token says. */
export type Logout = { sub: string | undefined; sid: string | undefined; jti: string }

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** Checks a logout token as OpenID Connect Back-Channel Logout 1.0, section 2.6, asks; throws at the first flaw. */
export async function readLogoutToken(
  token: string,
  expected: { issuer: string; clientId: string; keys: JWTVerifyGetKey; now: Date },
): Promise<Logout> {
  const { payload } = await jwtVerify(token, expected.keys, {
    typ: 'logout+jwt',
    issuer: expected.issuer,
    audience: expected.clientId,
    requiredClaims: ['exp', 'jti', 'events'],
    maxTokenAge: '5 minutes',
    clockTolerance: '30 seconds',
    currentDate: expected.now,
  })
  const { jti } = payload
  const sub = stringOrNothing(payload, 'sub')
  const sid = stringOrNothing(payload, 'sid')
  if (typeof jti !== 'string' || jti === '') throw new BadLogoutToken('jti is not a string')
  if (sub === undefined && sid === undefined) throw new BadLogoutToken('neither sub nor sid')
  if ('nonce' in payload) throw new BadLogoutToken('a nonce has no place in a logout token')
  if (!isObject(payload.events) || !isObject(payload.events[EVENT])) throw new BadLogoutToken('not a logout event')
  return { sub, sid, jti }
}

/** The token is signed by the right party and says something else than a logout. */
export class BadLogoutToken extends Error {}

/** Tells the first sight of a token from a second one. Older ids may be forgotten: those tokens are no longer fresh. */
export function onlyOnce(now: () => Date): (jti: string) => boolean {
  const seen = new Map<string, number>()
  return (jti) => {
    const time = now().getTime()
    for (const [old, at] of seen) if (Math.abs(time - at) > 600_000) seen.delete(old)
    if (seen.has(jti)) return false
    seen.set(jti, time)
    return true
  }
}

function stringOrNothing(payload: JWTPayload, claim: 'sub' | 'sid'): string | undefined {
  const value = payload[claim]
  if (value !== undefined && typeof value !== 'string') throw new BadLogoutToken(`${claim} is not a string`)
  return value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
