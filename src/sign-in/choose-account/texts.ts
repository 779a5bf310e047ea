import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('choose-account', {
  title: 'Choose an account',
  lead: 'You are signed in on this browser.',
  goOn: 'Continue as {address}',
  other: 'Use another account',
})
