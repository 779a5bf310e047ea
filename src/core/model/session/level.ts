/**
 * How well a session was proved, in the words of `acr` (OpenID Connect Core 1.0, section 2): `pwd`, one proof; `mfa`, more than
 * one; `phr`, more than one, of which none can be phished (OpenID Connect Extended Authentication Profile ACR Values 1.0).
 * Worked out from the methods (`amr`, RFC 8176); what a mailbox receives is none.
 */
import type { FactorKind } from '../factor/store.ts'

export const levels = ['pwd', 'mfa', 'phr'] as const
export type Level = (typeof levels)[number]

/** Passkeys alone prove possession of a key (`pop`): it signs for our origin and no other. */
export function levelOf(methods: readonly string[]): Level {
  if (!methods.includes('mfa')) return 'pwd'
  return methods.includes('pop') ? 'phr' : 'mfa'
}

export const reaches = (level: Level, asked: Level): boolean => levels.indexOf(level) >= levels.indexOf(asked)

const lower = (one: Level, other: Level): Level => (reaches(one, other) ? other : one)

/** What a way of an account leads to, with a password before it. */
export const reachedBy: Readonly<Record<FactorKind | 'recovery', Level>> = {
  app: 'mfa',
  passkey: 'phr',
  text: 'mfa',
  voice: 'mfa',
  email: 'pwd',
  recovery: 'mfa',
}

/** The level that an account with such ways can reach. */
export const reachOf = (kinds: readonly FactorKind[]): Level =>
  levels.findLast((level) => kinds.some((kind) => reachedBy[kind] === level)) ?? 'pwd'

/** The least of the levels that would do for a product (`acr_values`), as far as there is a way to it. */
export function wantedOf(acrValues = '', reachable: Level = 'phr'): Level {
  const asked = acrValues.split(' ')
  return lower(levels.find((level) => asked.includes(level)) ?? 'pwd', reachable)
}

/** A passkey that has verified its person (RFC 8176): a key was proven, by somebody whom it knows. */
export const BY_PASSKEY = ['pop', 'user', 'mfa'] as const
