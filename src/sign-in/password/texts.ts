import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('sign-in', {
  title: 'Sign in',
  lead: 'One account for all your products.',
  email: 'Email address',
  password: 'Password',
  submit: 'Sign in',
  forgot: 'Forgot your password?',
  first: 'First time here?',
  signUp: 'Create an account',
  or: 'or',
  passkey: 'Sign in with a passkey',
  passkeyFailed: 'No passkey was used. Try again, or sign in with your password.',
  'not-recognised':
    'That address and password do not go together. Check both, or ask for a new password. After several wrong tries, wait a while before the next.',
  'password-missing': 'Enter your password.',
  'done.reset': 'Your password is changed. Sign in with the new one.',
  'done.has-account': 'This address has an account already. Sign in to it, or ask for a new password.',
  'done.signed-out': 'You are signed out.',
  'done.email-changed': 'Your address is changed. Sign in with the new one.',
  'done.closing':
    'Your account closes in 30 days, and you are signed out. Until then, sign in if you change your mind.',
  'done.unblocked': 'Your account is no longer blocked. Sign in.',
  'done.older-way':
    'A way to sign in that you used was added in the last few days. To change how your account opens, sign in with your password or an older passkey, and with an older second step where one is asked for.',
  'done.passkey-refused':
    'That passkey does not work here, or the page was open too long. Try again, or sign in with your password.',
  'done.once-more':
    'What you are about to do needs a fresh sign-in. You then go on where you were, with what you typed.',
})
