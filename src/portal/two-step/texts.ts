import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('two-step', {
  'on.title': 'Turn on two-step verification',
  'on.lead':
    'When you sign in with your password, we then ask for one of your other ways too. Nobody gets in who has only learnt your password.',
  'on.after': 'If you have no recovery codes yet, you save some next, for the day on which your device is not at hand.',
  'on.submit': 'Turn on',
  'off.title': 'Turn off two-step verification',
  'off.lead':
    'When you sign in with your password, we then ask for nothing else. Whoever learns your password gets in.',
  'off.after': 'Your other ways stay, and a passkey still signs you in.',
  'off.submit': 'Turn off',
  required: 'Two-step verification is required for your account, so it stays on.',
  'no-way': 'You have no way to take the second step by. Set one up first.',
})
