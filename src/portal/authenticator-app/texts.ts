import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('authenticator-app', {
  lead: 'The app makes a new code every 30 seconds. You enter it when you sign in.',
  scan: 'Scan this picture with your app, for example 2FAS, Aegis, Google Authenticator or Microsoft Authenticator.',
  picture: 'QR code for the authenticator app',
  type: 'Or type this key in the app. Choose “time based”. The entry is called {entry}.',
  key: 'Key',
  code: 'Code',
  codeHint: 'The six digits that the app shows now.',
  submit: 'Continue',
  'code-missing': 'Enter the code that the app shows.',
  'code-wrong':
    'That is not the code. Check that the clock of your device is right, and enter the code that is shown now.',
  'offer-over': 'This page was open too long. Here is a new key: remove the old entry from your app, and scan again.',
  'too-many-ways': 'You have {most} authenticator apps already. Remove one first.',
})
