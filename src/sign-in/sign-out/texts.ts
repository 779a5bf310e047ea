import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('sign-out', {
  title: 'You are signed out',
  lead: 'Every product you opened on this browser has been told. You can close this page, or sign in again.',
  again: 'Sign in',
})
