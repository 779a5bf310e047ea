/**
 * How well a session was proved, in the words of `acr` (OpenID Connect Core 1.0, section 2): `pwd`, one proof; `mfa`, more than
 * one. Worked out from the methods (`amr`, RFC 8176); what a mailbox receives is none.
 */
export const levels = ['pwd', 'mfa'] as const
export type Level = (typeof levels)[number]

export const levelOf = (methods: readonly string[]): Level => (methods.includes('mfa') ? 'mfa' : 'pwd')

export const reaches = (level: Level, asked: Level): boolean => levels.indexOf(level) >= levels.indexOf(asked)

/** The least of the levels that would do for a product (`acr_values`); of others than ours nothing is asked. */
export const leastOf = (acrValues = ''): Level => {
  const asked = acrValues.split(' ')
  return levels.find((level) => asked.includes(level)) ?? 'pwd'
}

/** A passkey that has verified its person (RFC 8176): a key was proven, by somebody whom it knows. */
export const BY_PASSKEY = ['pop', 'user', 'mfa'] as const
