import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('overview', {
  lead: 'What we know of you, and where you use your account.',
  closesOn: 'Your account closes on {date}',
  closesLead: 'Until then you can change your mind.',
  keep: 'Keep my account',
  you: 'You',
  name: 'Name',
  email: 'Email address',
  products: 'Products',
  none: 'You have not opened a product with this account yet.',
  lastUsed: 'Last opened on {at}',
})
