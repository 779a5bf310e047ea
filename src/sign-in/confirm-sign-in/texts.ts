import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('confirm-sign-in', {
  lead: 'Your password is right, but you sign in from a place that is new to us. To be sure that it is you, we sent a code to {address}. It works for {minutes, plural, one {# minute} other {# minutes}}.',
  submit: 'Continue',
})
