import { defineTexts } from '../platform/languages/languages.ts'

/** What account management and its sections are called. */
export const portalTexts = defineTexts('portal', {
  home: 'Account management',
  profile: 'Profile',
  email: 'Email',
  password: 'Password',
  factors: 'Ways to sign in',
  sessions: 'Sessions and browsers',
  products: 'Products',
  activity: 'Activity',
  privacy: 'Privacy',
  signOut: 'Sign out',
  back: 'Back',
})
