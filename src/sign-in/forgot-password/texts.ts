import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('forgot-password', {
  title: 'Forgot your password?',
  lead: 'Type the address of your account. We will send a link there to choose a new password.',
  email: 'Email address',
  submit: 'Send the link',
  back: 'Back to sign in',
  sentTitle: 'Look in your mailbox',
  sentLead:
    'If the address has an account, a link is on its way to it. The link works once, for {minutes, plural, one {# minute} other {# minutes}}.',
  sentHint:
    'Nothing after a few minutes? Look in your junk folder, or check the address and ask again. We send a few links an hour at most: the newest one works.',
  again: 'Ask again',
})
