/** The purposes of codes and links. */

/** What a secret is for. One of one purpose never opens another. */
export const purposes = [
  'sign-up',
  'reset',
  'not-me',
  'unblock',
  'change-email',
  'undo-email',
  'take-back',
  'confirm',
  'new-way',
  'second-step',
  'mailbox',
] as const
export type Purpose = (typeof purposes)[number]

/**
 * What is random and used once, without having been kept before: `passkey`, the challenge of an authenticator;
 * `recovery-codes`, a set that was offered.
 */
export type Spendable = 'passkey' | 'recovery-codes'
