import type { CodeProblem } from '../../core/one-time/one-time.ts'
import { defineTexts } from '../../platform/languages/languages.ts'
import type { NameProblem } from './rules.ts'

export const texts = defineTexts('sign-up', {
  title: 'Create an account',
  lead: 'We use your address to recognise you and to keep your account safe, never for marketing.',
  email: 'Email address',
  firstName: 'First name',
  lastName: 'Last name',
  password: 'Password',
  passwordHint: 'At least {min} characters. Three words or more are easy to remember and hard to guess.',
  passwordKept: 'Leave this empty to keep the password you chose.',
  submit: 'Sign up',
  known: 'You have an account?',
  signIn: 'Sign in',
  'firstName.name-missing': 'Enter your first name.',
  'firstName.name-too-long': 'A first name can have {limit} characters at most; this has {has}.',
  'firstName.name-unusable': 'A first name cannot hold < or > or a web address.',
  'lastName.name-missing': 'Enter your last name.',
  'lastName.name-too-long': 'A last name can have {limit} characters at most; this has {has}.',
  'lastName.name-unusable': 'A last name cannot hold < or > or a web address.',
  verifyTitle: 'Verification code',
  sentTo: 'We sent a 6-digit code to {address}. It works for {minutes, plural, one {# minute} other {# minutes}}.',
  changeAddress: 'Change the address',
  code: 'Verification code',
  verify: 'Verify email',
  junk: 'If the email does not arrive, look in your junk folder, or have it sent again.',
  resend: 'Resend code',
  resent:
    'A new code is on its way; it can take a minute. We send a few an hour at most: always use the newest one you have.',
  'resent.delayed':
    'A new code follows as soon as the mail server takes it: it asked us to try again a little later. Always use the newest one you have.',
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
  linkHere: 'Press the button to verify your address and go on.',
  confirm: 'Confirm',
  linkElsewhere: 'You began on another browser or device. Type this code there:',
  linkWarning: 'Give this code to nobody, not even to us. It is only for the {brand} page on which you asked for it.',
  linkDead: 'This link no longer works. Go back to the page where you began, and have a new code sent.',
  startAgain: 'Sign in',
} satisfies Record<`firstName.${NameProblem}` | `lastName.${NameProblem}` | CodeProblem, string> &
  Record<string, string>)
