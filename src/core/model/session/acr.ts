/**
 * How well a session was proved, in the words of `acr` (OpenID Connect Core 1.0, section 2): `pwd`, one proof; `mfa`, more than
 * one; `phr`, more than one, of which none can be phished (OpenID Connect Extended Authentication Profile ACR Values 1.0).
 * It follows from the methods (`amr`, RFC 8176); a code sent by mail is none of them.
 */
import { factorKinds, type ProofKind } from '../factor/kinds.ts'

/** The weakest first. */
export const acrs = ['pwd', 'mfa', 'phr'] as const
export type Acr = (typeof acrs)[number]

/** Passkeys alone prove possession of a key (`pop`): it signs for our origin and no other. */
export function acrOf(methods: readonly string[]): Acr {
  if (!methods.includes('mfa')) return 'pwd'
  return methods.includes('pop') ? 'phr' : 'mfa'
}

export const satisfies = (acr: Acr, requested: Acr): boolean => acrs.indexOf(acr) >= acrs.indexOf(requested)

/** What a factor leads to, with a password before it. */
export const acrWith = (kind: ProofKind): Acr => acrOf(factorKinds[kind].amr)

/** The highest that an account with factors of these kinds can reach. */
export const maxAcrOf = (kinds: readonly ProofKind[]): Acr =>
  acrs.findLast((acr) => kinds.some((kind) => acrWith(kind) === acr)) ?? 'pwd'

/** The lowest of those that a product accepts (`acr_values`), and no higher than the account can reach. */
export function requestedAcr(acrValues = '', maxAcr: Acr = 'phr'): Acr {
  const accepted = acrValues.split(' ')
  const lowest = acrs.find((acr) => accepted.includes(acr)) ?? 'pwd'
  return satisfies(lowest, maxAcr) ? maxAcr : lowest
}

/** The methods of a passkey that has verified its person: possession of a key, and the presence of its owner (RFC 8176). */
export const PASSKEY_AMR = ['pop', 'user', 'mfa'] as const
