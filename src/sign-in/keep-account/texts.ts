import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('keep-account', {
  title: 'Keep your account?',
  lead: 'Your account {address} closes on {date}. Products let you in again once you decide to keep it.',
  keep: 'Keep my account',
  leave: 'Let it close',
})
