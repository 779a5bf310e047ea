import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('change-email', {
  title: 'Email',
  lead: 'You sign in with {address}, and we write to you there.',
  email: 'New email address',
  'email-missing': 'Enter your new email address.',
  warning: 'Type it with care: it is how we will write to you from now on, and how you get back in.',
  submit: 'Continue',
  'address-taken': 'Another account has taken this address meanwhile. Yours is as it was: choose another address.',
  fixed: 'This address is looked after for you, and cannot be changed here.',
  sentTo:
    'We sent a code to {address}. It works for {minutes, plural, one {# minute} other {# minutes}}. Until you type it, nothing changes.',
  linkHere: 'Press the button, and {address} is the address of your account. You then sign in with it.',
  linkElsewhere: 'Type this code on the page where you asked for it:',
  deadLead:
    'It was used already, it is too old, or a newer one was sent. If you still sign in with the former address, begin the change again.',
})
