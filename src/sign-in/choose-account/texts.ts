import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('choose-account', {
  title: 'Choose an account',
  lead: 'You are signed in on this browser.',
  confirms: 'Continue to {product}?',
  confirmsLead: 'Go on only if you have just opened it yourself: it signs in with your account.',
  goOn: 'Continue as {address}',
  other: 'Use another account',
})
