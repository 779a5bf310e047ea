import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('undo-email-change', {
  title: 'Undo the change of your address?',
  lead: 'Your account gets the address {address} back. We sign it out on every browser and in every product, and you choose a new password.',
  submit: 'Undo the change',
  takenTitle: 'Another account has this address now',
  takenLead:
    'Since the change somebody has created another account with {address}, so it cannot be given back. Was that you? Then sign in to that account. Your former one can be found again with the help of support.',
  signIn: 'Sign in',
  deadTitle: 'This link no longer works',
  deadLead:
    'It is too old, or the change was undone from an earlier address. If you can no longer sign in, choose a new password.',
  ask: 'Choose a new password',
})
