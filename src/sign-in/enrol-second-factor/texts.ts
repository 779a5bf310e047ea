import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('enrol-second-factor', {
  title: 'Set up a second way to sign in',
  'lead.policy':
    'Besides the password, a second way to sign in is needed for {address}. With it, nobody gets in who has only learnt your password.',
  'lead.product':
    '{product} needs a second way to sign in for {address}, besides the password. With it, nobody gets in who has only learnt your password.',
  how: 'It takes two minutes. Then we bring you to where you were going.',
  notNow: 'Is what you need not at hand?',
  signOut: 'Sign out',
})
