import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('sign-out', {
  title: 'You are signed out',
  lead: 'The products that end their session along with ours have been told; others may still be open. You can close this page, or sign in again.',
  again: 'Sign in',
})
