import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('second-step', {
  title: 'Verify that it is you',
  'lead.app': 'Open your authenticator app and enter the code of {entry}.',
  'lead.named': 'Open {name} and enter the code of {entry}.',
  'lead.recovery': 'Enter one of the recovery codes that you have saved. Each works once.',
  code: 'Code',
  remember: 'Remember this browser for {days, plural, one {# day} other {# days}}',
  submit: 'Continue',
  otherWays: 'Verify another way',
  ways: 'Verify another way',
  waysLead: 'Choose a way that you have at hand.',
  'way.app': 'Authenticator app',
  'way.recovery': 'Recovery code',
  'about.app': 'A code that changes every 30 seconds.',
  'about.recovery': 'One of the codes that you have printed or saved.',
  use: 'Use',
  back: 'Back',
  'code-missing': 'Enter the code.',
  'code-wrong': 'That is not the code. Enter the one that is shown now.',
  'code-used': 'This code was used already. Wait for the next one.',
  'too-many': 'There were too many wrong codes. Wait a while, then try again.',
})
