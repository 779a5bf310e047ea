import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('unblock', {
  title: 'Unblock your account',
  lead: 'Somebody typed wrong passwords for {address} several times in a row. Was it you?',
  me: 'It was me, unblock',
  notMe: 'It was not me',
  notMeWhy: 'Then we sign your account out everywhere, and you choose a new password.',
  deadTitle: 'This link no longer works',
  deadLead: 'It is too old, or a newer one was sent. A block ends by itself; a new password ends it at once.',
  ask: 'Choose a new password',
})
