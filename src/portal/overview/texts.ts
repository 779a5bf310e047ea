import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('overview', {
  lead: 'What we know of you, and where you use your account.',
  unblocked: 'The account is no longer blocked.',
  closesOn: 'Your account closes on {date}',
  closesLead: 'Until then you can change your mind.',
  keep: 'Keep my account',
  onlyPassword:
    'Your password alone opens your account. With two-step verification, nobody gets in who has only learnt it.',
  setUp: 'Set up a second way',
  onlyOne: 'You have no back-up way yet. If you lose your phone or your key, nothing else opens your account.',
  check: 'Would you get in without your phone?',
  you: 'You',
  name: 'Name',
  email: 'Email address',
  twoStep: 'Two-step verification',
  'twoStep.on': 'On',
  'twoStep.off': 'Off',
  products: 'Products',
  none: 'You have not opened a product with this account yet.',
  lastUsed: 'Last opened on {at}',
})
