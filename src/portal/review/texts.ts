import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('review', {
  title: 'Is all of this yours?',
  lead: 'You have a new password. These open your account too, or learn who you are from it. Remove what you don’t recognise.',
  ways: 'Ways to sign in',
  titleNone: 'Nothing else opens your account',
  leadNone: 'Only your new password does: no other way to sign in is left, and no product has access.',
  none: 'Only your password.',
  wayAdded: 'Added on {date}',
  contactAdded: '{contact}, added on {date}',
  codes: '{left, plural, one {# recovery code left} other {# recovery codes left}}',
  codesMade: 'Made on {date}',
  remove: 'Remove',
  newCodes: 'Make new codes',
  products: 'Products with access',
  noProducts: 'No product has access.',
  productUsed: 'Last opened on {date}',
  seeProducts: 'See what they may do',
  removed: 'It was removed.',
  allMine: 'All of this is mine',
  goOn: 'Continue',
  'last-way': 'You need one way to sign in besides your password. Set up another one, then remove this one.',
  'only-way-in':
    'This passkey is the only way into your account. Create another passkey, or choose a password, then remove this one.',
})
