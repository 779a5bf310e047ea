import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('not-me', {
  title: 'Was it not you?',
  lead: 'We then sign the account {address} out everywhere, turn its password off, and put its ways to sign in back as they were 7 days ago. Next you choose a new password.',
  submit: 'It was not me',
  mailedTitle: 'Check your mail',
  mailed:
    'Your account is signed out everywhere and its password is off. We have sent a link to choose a new password to its address.',
  'mailed-earlier':
    'Your account is signed out everywhere and its password is off. We sent a link to choose a new password to its address a while ago, and it still works: we don’t send another one now.',
  mailedWhy: 'The link works for a day. We don’t show it here, so that only whoever reads your mail can use it.',
  notThere: 'No mail? Ask for another link',
  signIn: 'Sign in',
  safeTitle: 'Nobody gets into this account now',
  'address-taken':
    'It is signed out everywhere and its password is off. It can’t have this address back yet, because another account has it now. Sign in to that one, or choose a new password for it, and give it another address. Then open the link again.',
  outranked:
    'It is signed out everywhere and its password is off. Somebody who reads a mailbox that it had before says that it is theirs, and that mailbox comes first. If the account is yours, ask support for help.',
  deadLead:
    'It is too old, or the password was changed since. If you think that somebody else uses your account, choose a new password.',
})
