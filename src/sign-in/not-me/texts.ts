import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('not-me', {
  title: 'Was it not you?',
  lead: 'We then sign the account {address} out on every browser and in every product, and you choose a new password.',
  submit: 'It was not me',
  deadTitle: 'This link no longer works',
  deadLead: 'It is too old. If you think that somebody else uses your account, choose a new password.',
  ask: 'Choose a new password',
})
