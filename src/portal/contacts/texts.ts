import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('contacts', {
  'lead.text': 'When you sign in, we can send you a code by text. You enter it after your password.',
  'lead.voice': 'When you sign in, we can call you and say a code. A landline will do.',
  'lead.email':
    'If you lose your phone or your keys, a code to this address opens the second step, together with your password. Choose another mailbox than that of your account.',
  number: 'Phone number',
  numberHint: 'As you dial it at home, or with + and the country code.',
  email: 'Back-up email address',
  send: 'Send the code',
  'sent.text':
    'We have sent a code by text to {contact}. It works for {minutes, plural, one {# minute} other {# minutes}}.',
  'sent.voice':
    'We are calling {contact} to say a code. It works for {minutes, plural, one {# minute} other {# minutes}}.',
  'sent.email':
    'We have sent a code to {contact}. It works for {minutes, plural, one {# minute} other {# minutes}}. Look in the junk folder too.',
  confirmTitle: 'Verification code',
  code: 'Verification code',
  confirm: 'Continue',
  change: 'Change the number',
  changeAddress: 'Change the address',
  'number-missing': 'Enter your phone number.',
  'number-unusable': 'This is not a phone number. Enter it with + and the country code, like +1 613 555 0123.',
  'number-too-short': 'This number is too short. Enter all of it, with + and the country code.',
  'number-too-long': 'This number is too long. Enter one number, with + and the country code.',
  'number-extension': 'We cannot dial an extension. Enter a number that rings directly.',
  'number-of-a-service': 'This number belongs to a service. Enter one of your own.',
  'number-no-texts': 'This is a landline, which gets no texts. Enter a mobile number, or set up voice calls instead.',
  'own-address': 'This is the address of your account. Enter one of another mailbox.',
  'has-already': 'You have set this up already.',
  'too-many-ways': 'You have {most} of these already. Remove one first.',
})
