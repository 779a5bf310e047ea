import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('without-phone', {
  title: 'Would you get in without your phone?',
  yes: 'Yes. If you lost your phone today, you could still sign in.',
  perhaps: 'Perhaps. It depends on which device you would lose.',
  no: 'No. If you lost your phone today, nothing would open your account.',
  unsecured:
    'Your account asks for your password alone, so the phone makes no difference. But whoever learns your password gets in: set up a second way.',
  opens: 'You would still have',
  perhapsList: 'You would lose this if it is on the phone',
  gone: 'You would lose',
  number: 'The number {contact}',
  recovery: '{left, plural, one {# recovery code} other {# recovery codes}}',
  recoveryWhere: 'As long as you do not keep them on the phone alone.',
  makeCodes: 'Recovery codes',
  addAddress: 'Set up a back-up email address',
  setUp: 'Set up a second way',
})
