import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('consent', {
  title: 'Share with {product}?',
  lead: '{product} is not one of our own products. It asks to see this of your account {address}:',
  'scope.openid': 'a number by which it knows you again',
  'scope.profile': 'your name and your language',
  'scope.email': 'your email address',
  'scope.offline_access': 'to stay connected when you are not there, until you remove its access',
  'scope.other': 'what it calls “{scope}”',
  note: 'You go back to {host}. You can take this back at any time in your account.',
  allow: 'Share and continue',
  refuse: 'Do not share',
})
