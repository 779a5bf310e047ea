import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('change-password', {
  title: 'Password',
  lead: 'Choose a new password for your account. You stay signed in here, and are signed out everywhere else.',
  current: 'Current password',
  forgot: 'Forgot your password?',
  submit: 'Change the password',
  'done.changed': 'Your password is changed. You are signed out everywhere else.',
  'done.ended': 'You are signed out everywhere else. Now choose a new password that nobody else knows.',
})
