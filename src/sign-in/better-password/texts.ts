import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('better-password', {
  title: 'Choose a new password',
  'lead.too-short':
    'We now ask for passwords of at least {min} characters. Choose a new one for {address}; you stay signed in here, and are signed out everywhere else.',
  'lead.guessable':
    'Your password is one of those that are tried first. Choose a new one for {address}; you stay signed in here, and are signed out everywhere else.',
  submit: 'Save the new password',
})
