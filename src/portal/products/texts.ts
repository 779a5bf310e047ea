import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('products', {
  lead: 'Where you use your account, and what each product may see.',
  none: 'You have not opened a product with this account yet.',
  used: 'Since {since}, last opened on {last}',
  usedOnce: 'Opened on {since}',
  ours: 'One of our own products: it knows your name, your language and your email address.',
  agreed: 'You agreed to share: {scopes}',
  remove: 'Remove access',
  after: 'A product that you open again has access again; one that is not ours asks you first.',
  removed: 'Access is removed, and you are signed out there.',
})
