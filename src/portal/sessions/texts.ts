import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('sessions', {
  lead: 'Where you are signed in. If you do not recognise something, sign it out and change your password.',
  open: 'Open sessions',
  near: 'Near {place}, {ago}',
  from: 'From {place}, {ago}',
  usedFor: 'Used for {products}',
  here: 'This browser',
  end: 'Sign out',
  endOthers: 'Sign out everywhere else',
  alone: 'No other session is open.',
  browsers: 'Browsers you have used',
  browsersLead:
    'On these we know that it is you, even while somebody else tries passwords. Forget one that you use no more.',
  lastOnly:
    'These are the {count} you used last. Forget one to see an older one; a new password, or signing out everywhere else, makes us forget all but the one you do it in.',
  once: 'Signed in on {first}',
  since: 'First signed in on {first}, last on {last}',
  forget: 'Forget',
  'done.end': 'That session is over, in the products it was used for too.',
  'done.end-others':
    'You are signed out everywhere else, in every product too. Only in this browser do we still know that it is you.',
  'done.forget': 'That browser is forgotten.',
})
