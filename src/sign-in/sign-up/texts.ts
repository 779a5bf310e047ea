import { defineTexts } from '../../platform/languages/languages.ts'

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
  sentTo: 'We sent a 6-digit code to {address}. It works for {minutes, plural, one {# minute} other {# minutes}}.',
  verify: 'Verify email',
  linkHere: 'Press the button to verify your address and go on.',
  confirm: 'Confirm',
  linkElsewhere: 'You began on another browser or device. Type this code there:',
  deadTitle: 'This link no longer works',
  deadHere: 'It is too old, or a newer one was sent. Your account is not made yet: have a new code sent, and go on.',
  deadLead:
    'It was used already, it is too old, or a newer one was sent. To go on with creating your account, have a new code sent on the page where you began.',
})
