import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('not-me', {
  title: 'Was it not you?',
  lead: 'We then sign the account {address} out everywhere, turn its password off, and take back what was added to it in the last 7 days. You choose a new password.',
  submit: 'It was not me',
  mailedTitle: 'Check your mail',
  mailedLead:
    'Your account is signed out everywhere and its password is off. We have sent a link to choose a new password to its address.',
  earlierLead:
    'Your account is signed out everywhere and its password is off. We sent a link to choose a new password to its address a while ago, and it still works: we don’t send another one now.',
  mailedWhy: 'The link works for a day. We don’t show it here, so that only whoever reads your mail can use it.',
  deadTitle: 'This link no longer works',
  deadLead: 'It is too old. If you think that somebody else uses your account, choose a new password.',
  takenLead: 'The account can’t get this address back, because another account has it now. Ask support for help.',
  ask: 'Choose a new password',
})
