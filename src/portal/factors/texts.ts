import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('factors', {
  lead: 'What you can prove besides your password, and whether we ask for it when you sign in.',
  'lead.alone':
    'Your account has no password: you sign in with a passkey. With a second passkey on another device, or a password, you still get in when a device is lost.',
  none: 'Only your password protects your account so far.',
  yours: 'Your ways',
  added: 'Added on {date}',
  used: 'Added on {date}, last used on {used}',
  rename: 'Rename',
  remove: 'Remove',
  numberAndDate: '{contact}. {date}',
  twoStep: 'Two-step verification',
  'twoStep.on': 'On. When you sign in with your password, we ask for one of your ways too.',
  'twoStep.required':
    'On, and required for your account. When you sign in with your password, we ask for one of your ways too.',
  'twoStep.off': 'Off. Your password alone opens your account, and a passkey is another way in.',
  'twoStep.off.alone': 'Off. If you choose a password one day, it opens your account alone.',
  'twoStep.off.none':
    'Off. It turns on when you set up an app or a phone that gets codes. If you create a passkey, you can turn it on here.',
  'twoStep.turnOn': 'Turn on',
  'twoStep.turnOff': 'Turn off',
  backUp: 'Back-up ways',
  recovery: 'Recovery codes',
  recoveryNone: 'You have no recovery codes. Without them, losing your device can cost you the account.',
  recoveryLeft: '{left, plural, one {# recovery code is left} other {# recovery codes are left}}, made on {date}',
  recoveryFew: 'Make new ones before the last is used.',
  'last-way':
    'A second way is required for your account, and this is your only one. Add another first, then remove this one.',
  'done.removed': 'That way is removed.',
  'done.renamed': 'The name is changed.',
  'done.kept': 'Your recovery codes are saved.',
  'done.two-step-on': 'Two-step verification is on.',
  'done.two-step-off': 'Two-step verification is off.',
  check: 'Would you get in without your phone?',
  'only-way-in':
    'This passkey is the only way into your account. Create another passkey, or choose a password, then remove this one.',
  'name.title': 'Rename',
  'name.lead': 'A name by which you find it again, such as “My phone”.',
  'name.name': 'Name',
  'name.submit': 'Save',
  'name-too-long': 'Enter at most {limit} characters.',
})
