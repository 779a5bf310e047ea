import type { CodeProblem } from '../../core/one-time/one-time.ts'
import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('change-email', {
  title: 'Email',
  lead: 'You sign in with {address}, and we write to you there.',
  email: 'New email address',
  warning: 'Type it with care: it is how we will write to you from now on, and how you get back in.',
  submit: 'Continue',
  'address-taken': 'Another account has taken this address meanwhile. Yours is as it was: choose another address.',
  fixed: 'This address is looked after for you, and cannot be changed here.',
  verifyTitle: 'Verification code',
  sentTo:
    'We sent a 6-digit code to {address}. It works for {minutes, plural, one {# minute} other {# minutes}}. Until you type it, nothing changes.',
  code: 'Verification code',
  verify: 'Verify email',
  resend: 'Resend code',
  changeAddress: 'Change the address',
  back: 'Email',
  junk: 'If the email does not arrive, look in your junk folder, or have it sent again.',
  resent:
    'A new code is on its way; it can take a minute. We send a few an hour at most: always use the newest one you have.',
  'delivery.waiting': 'Your email is on its way.',
  'delivery.delayed': 'The mail server asked us to try again a little later. We will.',
  'delivery.done': 'The mail server has taken your email.',
  'delivery.dead': 'The mail server refused your email. Is the address right?',
  meant: 'Did you mean {address}?',
  'code-missing': 'Type the 6 digits from the email.',
  'code-wrong': 'That is not the right code. Check the newest email.',
  'code-expired': 'This code no longer works. Have a new one sent.',
  'code-used-up': 'Too many wrong codes. Have a new one sent.',
  'code-too-many':
    'Too many codes were typed for this address today. Use the link in the email, or try again tomorrow.',
  linkTitle: 'Verification code',
  linkHere: 'Press the button, and {address} is the address of your account. You then sign in with it.',
  confirm: 'Confirm',
  linkElsewhere: 'Type this code on the page where you asked for it:',
  linkWarning: 'Give this code to nobody, not even to us. It is only for the {brand} page on which you asked for it.',
  linkDead: 'This link no longer works. Go back to your account, and have a new code sent.',
  account: 'Account management',
} satisfies Record<CodeProblem, string> & Record<string, string>)
