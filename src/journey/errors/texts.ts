import { defineTexts } from '../../platform/languages/languages.ts'

/** What can go wrong with a page as a whole, and the way on from it. */
export const texts = defineTexts('trouble', {
  'lost.title': 'This page belongs to another visit',
  'lost.lead':
    'It was begun in another browser or too long ago, or this browser keeps no cookies. Go back to the product you came from and open it again, or sign in here.',
  'stale.title': 'Please try once more',
  'stale.lead':
    'The form you sent was from an older page. Nothing was changed. Go back, load the page again and send it once more.',
  'cookies.title': 'Cookies are switched off',
  'cookies.lead':
    'We keep your place with a cookie, for this site only and never for advertising. Allow cookies for this site, then try again.',
  'too-large.title': 'That was too much at once',
  'too-large.lead': 'The form you sent is larger than any of ours. Go back and try again.',
  'unreadable.title': 'We could not read that',
  'unreadable.lead':
    'What was sent contains an invisible character that we cannot keep. Nothing was changed. Go back, type it again by hand, then try once more.',
  'busy.title': 'Many people are signing in',
  'busy.lead': 'Wait a few seconds, then try again. Nothing of yours was lost.',
  'not-found.title': 'There is no such page',
  'not-found.lead': 'The link may be incomplete, or the page has moved.',
  'fault.title': 'Something went wrong on our side',
  'fault.lead': 'We have noted it. Try again in a minute. If it happens again, give this number to support: {request}',
  'request.title': 'This product could not be opened',
  'request.lead':
    'The product sent us a request that we cannot accept. Nothing is wrong with your account. The product’s makers will want to know this: {reason}',
  'expired.title': 'This took too long',
  'expired.lead':
    'The product is no longer waiting for this answer. Open it again; if you are signed in, you are in at once.',
  signIn: 'Go to sign in',
  again: 'Try again',
})
