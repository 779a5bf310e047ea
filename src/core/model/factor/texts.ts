/** What is said of each kind of factor, wherever it is: a kind without one of its sentences does not compile. */
import { defineTexts, type Language } from '../../../platform/languages/languages.ts'
import {
  type FactorKind,
  factorKinds,
  isByPhone,
  type ProofKind,
  type SecondFactorKind,
  type SentKind,
  secondFactorKinds,
} from './kinds.ts'

/** `lead`, `sent`, `about`: at the second step. `added`, `codesNext`: when one was set up, and recovery codes come next. */
type Sentences =
  | `${ProofKind}.${'name' | 'lead' | 'about'}`
  | `${SentKind}.sent`
  | `${FactorKind}.${'setUp' | 'added'}`
  | `${FactorKind & SecondFactorKind}.${'hint' | 'codesNext'}`

export const factorTexts = defineTexts('factor', {
  'passkey.name': 'Passkey',
  'passkey.setUp': 'Create a passkey',
  'passkey.hint': 'The lock of your device: your finger, your face, or its PIN. Or a security key.',
  'passkey.added': 'The passkey is made. You can sign in with it from now on, without your password.',
  'passkey.codesNext': 'The passkey is made. One thing is left: codes for the day on which you do not have it.',
  'passkey.lead': 'Use a passkey or security key of this account.',
  'passkey.about': 'The lock of your device, or a key that you plug in.',
  'app.name': 'Authenticator app',
  'app.setUp': 'Set up an authenticator app',
  'app.hint': 'An app on your phone or computer, which shows a code to enter.',
  'app.added': 'The authenticator app is set up. From now on we ask for its code when you sign in.',
  'app.codesNext': 'The authenticator app is set up. One thing is left: codes for the day on which you do not have it.',
  'app.lead': '{named, select, yes {Open {name}} other {Open your authenticator app}} and enter the code of {entry}.',
  'app.about': 'A code that changes every 30 seconds.',
  'text.name': 'Text message',
  'text.setUp': 'Set up text messages',
  'text.hint': 'A code that we send to your phone.',
  'text.added': 'Text messages are set up. From now on we can send you a code when you sign in.',
  'text.codesNext':
    'Text messages are set up. One thing is left: codes for the day on which you do not have your phone.',
  'text.lead': 'We can send a code by text to the number ending in {contact}.',
  'text.sent': 'Enter the code that we have sent by text to the number ending in {contact}.',
  'text.about': 'A code to the number ending in {contact}.',
  'voice.name': 'Voice call',
  'voice.setUp': 'Set up voice calls',
  'voice.hint': 'A code that we say when we call you, on a landline too.',
  'voice.added': 'Voice calls are set up. From now on we can call you with a code when you sign in.',
  'voice.codesNext': 'Voice calls are set up. One thing is left: codes for the day on which nobody can pick up.',
  'voice.lead': 'We can call the number ending in {contact} and say a code.',
  'voice.sent': 'Enter the code that we say when we call the number ending in {contact}.',
  'voice.about': 'A call that says a code, to the number ending in {contact}.',
  'email.name': 'Back-up email address',
  'email.setUp': 'Set up a back-up email address',
  'email.added':
    'The back-up address is set up. A code to it opens the second step when you have nothing else at hand.',
  'email.lead': 'We can send a code to your back-up address {contact}.',
  'email.sent': 'Enter the code that we have sent to your back-up address {contact}. Look in the junk folder too.',
  'email.about': 'A code to {contact}.',
  'mailbox.name': 'Your email address',
  'mailbox.lead': 'Your other ways to sign in are new. We can send a code to your address {contact} instead.',
  'mailbox.sent': 'Enter the code that we have sent to {contact}. Look in the junk folder too.',
  'mailbox.about': 'A code to {contact}, while your other ways are new.',
  'recovery.name': 'Recovery code',
  'recovery.lead': 'Enter one of the recovery codes that you have saved. Each works once.',
  'recovery.about': 'One of the codes that you have printed or saved.',
} satisfies Record<Sentences, string>)

/** The person's own name for it, where there is one. */
export const factorName = (language: Language, kind: ProofKind, name = ''): string =>
  name || factorTexts.in(language)(`${kind}.name`)

export type SetUpLink = { href: string; label: string; hint: string }
/** Every second factor that can be set up. `phone`: whether texts and calls can be sent. */
export function setUpLinks(language: Language, phone: boolean): SetUpLink[] {
  const t = factorTexts.in(language)
  return secondFactorKinds
    .filter((kind) => phone || !isByPhone(kind))
    .map((kind) => ({ href: factorKinds[kind].setUp, label: t(`${kind}.setUp`), hint: t(`${kind}.hint`) }))
}
