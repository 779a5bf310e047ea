import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('confirm-sign-in', {
  title: 'Verification code',
  lead: 'Your password is right, but you sign in from a place that is new to us. To be sure that it is you, we sent a code to {address}. It works for {minutes, plural, one {# minute} other {# minutes}}.',
  junk: 'If it does not arrive in a minute, look in the junk folder.',
  resent: 'A new code is on its way. The one before no longer works.',
  code: 'Verification code',
  submit: 'Continue',
  resend: 'Resend code',
  'code-missing': 'Enter the code from the email.',
  'code-wrong': 'That is not the code. Check the newest email and type it again.',
  'code-expired': 'This code no longer works. Have a new one sent.',
  'code-used-up': 'That was one try too many. Have a new code sent.',
  'code-too-many': 'Too many codes were tried today. Try again tomorrow.',
})
