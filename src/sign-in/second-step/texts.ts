import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('second-step', {
  title: 'Verify that it is you',
  'lead.app': 'Open your authenticator app and enter the code of {entry}.',
  'lead.named': 'Open {name} and enter the code of {entry}.',
  'lead.passkey': 'Use a passkey or security key of this account.',
  'lead.text': 'We can send a code by text to the number ending in {contact}.',
  'lead.voice': 'We can call the number ending in {contact} and say a code.',
  'lead.email': 'We can send a code to your back-up address {contact}.',
  'lead.mailbox': 'Your other ways to sign in are new. We can send a code to your address {contact} instead.',
  'sent.text': 'Enter the code that we have sent by text to the number ending in {contact}.',
  'sent.voice': 'Enter the code that we say when we call the number ending in {contact}.',
  'sent.email': 'Enter the code that we have sent to your back-up address {contact}. Look in the junk folder too.',
  'sent.mailbox': 'Enter the code that we have sent to {contact}. Look in the junk folder too.',
  'lead.recovery': 'Enter one of the recovery codes that you have saved. Each works once.',
  code: 'Code',
  remember: 'Remember this browser for {days, plural, one {# day} other {# days}}',
  submit: 'Continue',
  send: 'Send the code',
  otherWays: 'Verify another way',
  ways: 'Verify another way',
  waysLead: 'Choose a way that you have at hand.',
  'about.app': 'A code that changes every 30 seconds.',
  'about.passkey': 'The lock of your device, or a key that you plug in.',
  'about.text': 'A code to the number ending in {contact}.',
  'about.voice': 'A call that says a code, to the number ending in {contact}.',
  'about.email': 'A code to {contact}.',
  'about.mailbox': 'A code to {contact}, while your other ways are new.',
  'about.recovery': 'One of the codes that you have printed or saved.',
  usePasskey: 'Use a passkey',
  withoutPasskey: 'This browser cannot use a passkey, or JavaScript is off. Verify another way.',
  passkeyFailed: 'No passkey was used. Try again, or verify another way.',
  use: 'Use',
  noWay: 'None of these works for me',
  back: 'Back',
  'code-missing': 'Enter the code.',
  'code-wrong': 'That is not the code. Enter the newest one.',
  'passkey-refused':
    'That passkey does not work here, or the page was open too long. Try again, or verify another way.',
  'code-used': 'This code was used already. Wait for the next one.',
  'too-many': 'There were too many wrong codes. Wait a while, then try again.',
})

const own = ['code-missing', 'code-wrong', 'code-used', 'too-many', 'passkey-refused'] as const
/** Of a code that was sent, all pages say the rest in the same words. */
export const isOwn = (reason: string): reason is (typeof own)[number] => own.some((it) => it === reason)
