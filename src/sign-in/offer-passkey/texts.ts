import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('offer-passkey', {
  title: 'Sign in without a password next time?',
  lead: 'With a passkey, the lock of this device signs you in: your finger, your face or its PIN. Nobody can guess it or talk you out of it.',
  off: 'Your password goes on working too. If you want us to ask for both, turn on two-step verification in account management, under “Ways to sign in”.',
  begins:
    'Your password alone then no longer opens your account: we ask for the passkey on other devices too. For the day you lose it, save recovery codes in account management, under “Ways to sign in”.',
  on: 'It takes the place of both steps: of your password, and of what we ask for after it.',
  create: 'Create a passkey',
  later: 'Not now',
  failed: 'No passkey was made. Try again, or leave it for now.',
  'passkey-refused': 'The passkey could not be read, or the page was open too long. Try again, or leave it for now.',
})
