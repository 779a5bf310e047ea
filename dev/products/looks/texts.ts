/** The sentences that the two sample products share. */
import { defineTexts } from '../../../src/platform/languages/languages.ts'

const english = {
  signIn: 'Sign in',
  signUp: 'Create an account',
  signOut: 'Sign out',
  refresh: 'Refresh',
  tryAgain: 'Try again',
  home: 'Home page',
  account: 'Account management',
  open: 'Open {product}',
  hello: 'Hello, {name}',
  yourAccount: 'Your account',
  name: 'Name',
  email: 'Email address',
  subject: 'Subject id',
  language: 'Language',
  setUp: 'Set up a second step',
  bank: 'Bank details',
  bankLead: 'You have proved more than a password. This is where the money goes.',
  ended: 'The account service has ended your session. Sign in again to go on.',
  refreshed: 'Refreshed at {time}. Your session is alive.',
  oneAccount: 'One account for all your products.',
  sample: 'A sample product. Nothing here is real.',
  'unreachable.title': 'The account service is not reachable yet',
  'unreachable.text': 'It may still be starting. Nothing is lost: try again in a moment.',
  'denied.title': 'Sign-in was cancelled',
  'denied.text': 'You are not signed in. You can try again whenever you like.',
  'notSignedIn.title': 'You are not signed in yet',
  'notSignedIn.text': 'This needs your account. Sign in to go on.',
  'failed.title': 'Sign-in did not work',
  'failed.text': 'The account service refused the request. You can try again.',
  'lost.title': 'This sign-in is no longer valid',
  'lost.text': 'It took too long, or this browser does not keep cookies. Allow cookies for this site, then try again.',
  'moreNeeded.title': 'This page needs more than a password',
  'moreNeeded.text': 'Your account has no second step yet. Set one up in account management, then come back.',
  'missing.title': 'There is nothing here',
  'missing.text': 'The address may be mistyped, or the page has moved.',
  'forbidden.title': 'This form came from elsewhere',
  'forbidden.text': 'Nothing was done. Use the buttons of this site.',
  'broken.title': 'Something went wrong',
  'broken.text': 'It is not your doing. Try again in a moment.',
}

export const texts = defineTexts('sample-product', english)

/** What is the only thing that a page says. */
export type MessageName = keyof typeof english extends infer Key
  ? Key extends `${infer Name}.title`
    ? Name
    : never
  : never
