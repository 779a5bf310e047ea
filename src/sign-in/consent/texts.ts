import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('consent', {
  title: 'Share with {product}?',
  lead: '{product} is not one of our own products. This is what it asks of your account {address}:',
  note: 'You go back to {host}.',
  allow: 'Share and continue',
  refuse: 'Do not share',
})
