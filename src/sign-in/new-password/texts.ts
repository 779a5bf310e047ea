import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('new-password', {
  title: 'Reset your password',
  lead: 'Choose a new password for {address}. You will be signed out everywhere, on this browser too.',
  leadTookBack: 'Choose a new password for {address} that nobody else knows.',
  'done.ended': 'Your account is signed out everywhere, and the former password no longer works.',
  'done.undone':
    'Your account has this address again. It is signed out everywhere, and the former password no longer works.',
  submit: 'Submit',
  deadLead: 'It was used, it is too old, or a newer one was sent. Ask for another.',
  ask: 'Ask for a new link',
})
