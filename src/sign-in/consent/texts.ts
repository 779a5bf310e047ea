import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('consent', {
  title: 'Share with {product}?',
  lead: '{product} is not one of our own products. This is what it asks of your account {address}:',
  'scope.openid': 'an identifier by which it knows you again',
  'scope.profile': 'your name and your language',
  'scope.email': 'your email address',
  'scope.offline_access': 'access while you are away, until you take it back',
  'scope.other': 'what it calls “{scope}”',
  note: 'You go back to {host}.',
  allow: 'Share and continue',
  refuse: 'Do not share',
})
