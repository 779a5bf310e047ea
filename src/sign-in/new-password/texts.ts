import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('new-password', {
  title: 'Reset your password',
  lead: 'Choose a new password for {address}. You will be signed out everywhere, on this browser too.',
  password: 'New password',
  hint: 'At least {min} characters. Three words or more are easy to remember and hard to guess.',
  again: 'Confirm the password',
  submit: 'Submit',
  'not-the-same': 'The two are not the same. Type the new password twice.',
  deadTitle: 'This link no longer works',
  deadLead: 'It was used, it is too old, or a newer one was sent. Ask for another.',
  ask: 'Ask for a new link',
})
