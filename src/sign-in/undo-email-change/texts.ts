import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('undo-email-change', {
  title: 'Undo the change of your address?',
  lead: 'Your account gets the address {address} back. We sign it out everywhere, turn its password off, and put its ways to sign in back as they were 7 days ago. Next you choose a new password.',
  submit: 'Undo the change',
  takenTitle: 'Another account has this address now',
  takenLead:
    'So your account can’t have {address} back yet. If you did not change its address, press “It was not me” first: nobody gets into it then. To get it back, sign in to the other account and give that one another address, then open this link again. It works until {until}.',
  takenSubmit: 'It was not me',
  signIn: 'Sign in',
  deadLead:
    'It is too old, a newer one was sent, or the change was undone already. If you can no longer sign in, choose a new password.',
})
