import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('second-step', {
  title: 'Verify that it is you',
  code: 'Code',
  remember: 'Remember this browser for {days, plural, one {# day} other {# days}}',
  submit: 'Continue',
  send: 'Send the code',
  otherWays: 'Verify another way',
  ways: 'Verify another way',
  waysLead: 'Choose a way that you have at hand.',
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
