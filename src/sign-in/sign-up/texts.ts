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
  or: 'or',
  byPasskey: 'Sign up with a passkey',
  passkeyKept: 'Leave this empty to keep the passkey you made.',
  'passkey.title': 'Create a passkey',
  'passkey.lead':
    'The lock of your device then signs you in as {address}: your finger, your face or its PIN. You need no password.',
  'passkey.how': 'Your device asks you to confirm. Then we send a code to your address.',
  'passkey.without': 'This browser cannot make a passkey, or JavaScript is off. Choose a password instead.',
  'passkey.create': 'Create a passkey',
  'passkey.failed': 'No passkey was made. Try again when you are ready, or choose a password instead.',
  'passkey.refused': 'The passkey could not be read, or the page was open too long. Try again.',
  'passkey.back': 'Choose a password instead',
  known: 'You have an account?',
  signIn: 'Sign in',
  sentTo: 'We sent a code to {address}. It works for {minutes, plural, one {# minute} other {# minutes}}.',
  linkHere: 'Press the button to verify your address and go on.',
  linkElsewhere: 'You began on another browser or device. Type this code there:',
  deadHere: 'It is too old, or a newer one was sent. Your account is not made yet: have a new code sent, and go on.',
  deadLead:
    'It was used already, it is too old, or a newer one was sent. To go on with creating your account, have a new code sent on the page where you began.',
})
