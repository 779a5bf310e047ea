import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('without-phone', {
  title: 'Would you get in without your phone?',
  yes: 'Yes. If you lost your phone today, you could still sign in.',
  perhaps: 'Perhaps. It depends on which device you would lose.',
  no: 'No. If you lost your phone today, nothing would open your account.',
  password:
    'Your account asks for your password alone, so the phone makes no difference. But whoever learns your password gets in: set up two-step verification.',
  mailbox:
    'Yes. Your account has no password: if you lose your passkey with the phone, “Forgot your password?” sends you a link to choose one.',
  opens: 'You would still have',
  perhapsList: 'You would lose this if it is on the phone',
  gone: 'You would lose',
  number: 'The number {contact}',
  recovery: '{left, plural, one {# recovery code} other {# recovery codes}}',
  recoveryWhere: 'As long as you do not keep them on the phone alone.',
  makeCodes: 'Recovery codes',
  setUp: 'Two-step verification',
})
