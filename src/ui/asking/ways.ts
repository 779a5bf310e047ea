/** What the ways to sign in are called, on every page and in every letter. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'

export type WayKind = 'app' | 'passkey' | 'text' | 'voice' | 'email' | 'mailbox' | 'recovery'

const texts = defineTexts('ways', {
  app: 'Authenticator app',
  passkey: 'Passkey',
  text: 'Text message',
  voice: 'Voice call',
  email: 'Back-up email address',
  mailbox: 'Your email address',
  recovery: 'Recovery code',
} satisfies Record<WayKind, string>)

/** The person's own word, where there is one. */
export const wayWords = (language: Language, kind: WayKind, name = ''): string => name || texts.in(language)(kind)
