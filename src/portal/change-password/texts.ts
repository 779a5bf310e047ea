import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('change-password', {
  title: 'Password',
  lead: 'Choose a new password for your account. You stay signed in here, and are signed out everywhere else.',
  'lead.first':
    'Your account has no password: you sign in with a passkey. If you choose one, you can sign in with both together. You stay signed in here, and are signed out everywhere else.',
  forgot: 'Forgot your password?',
  submit: 'Change the password',
  'submit.first': 'Set the password',
  'done.first': 'Your account has a password now. You are signed out everywhere else.',
  'done.changed': 'Your password is changed. You are signed out everywhere else.',
})
