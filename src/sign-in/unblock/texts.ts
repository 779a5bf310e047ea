import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('unblock', {
  title: 'Unblock your account',
  lead: 'Somebody typed wrong passwords for {address} several times in a row. Was it you?',
  me: 'It was me, unblock',
  notMe: 'It was not me',
  meWhy: 'I typed the wrong passwords.',
  notMeWhy:
    'Sign my account out everywhere, and put its ways to sign in back as they were 7 days ago; then I choose a new password.',
  tickFirst:
    'Tick this box, then press its button again. Mail programs press buttons by themselves, but tick no boxes.',
  deadLead:
    'It was used, it is too old, or a newer one was sent. A block ends by itself; a new password ends it at once.',
})
