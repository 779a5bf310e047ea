import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('lost-factors', {
  title: 'Ask support for help',
  lead: 'Without one of your ways to sign in we cannot tell you from somebody who pretends to be you, so that nobody, not even support, can switch this step off at once.',
  next: 'What happens',
  'next.told': 'We tell {address} at once that help was asked for, and again before anything changes.',
  'next.identity': 'Support reaches you, and confirms that it is you.',
  'next.approved': 'A second person has to approve, and 24 hours have to pass.',
  reach: 'Email address or phone number',
  reachHint: 'Where support can reach you now. It may be another one than that of your account.',
  words: 'What happened (optional)',
  wordsHint: 'A few words, {limit} characters at most. Never write a password or a code.',
  submit: 'Ask for help',
  back: 'Back',
  'reach-missing': 'Enter an address or a number at which support can reach you.',
  'reach-not-one': 'Enter an address like name@example.com, or a phone number with its area code.',
  'words-too-long': 'At most {limit} characters; this has {has}.',
  askedTitle: 'Your reference is {reference}',
  askedLead: 'Support has your request of {when}. Write the reference down: support finds your request by it.',
  unchanged: 'Nothing has changed at your account. When you find one of your ways, sign in as you always do.',
  signIn: 'Back to signing in',
})
