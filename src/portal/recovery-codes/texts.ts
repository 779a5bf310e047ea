import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('recovery-codes', {
  title: 'Recovery codes',
  lead: 'With one of them you sign in when your device is not at hand. Each works once.',
  left: '{left, plural, =0 {No code is left} one {# code is left} other {# codes are left}}, of those made on {date}.',
  none: 'You have no recovery codes yet.',
  make: 'Make new codes',
  makeHint: 'The codes that you have now stop working when you have saved the new ones.',
  newTitle: 'Your recovery codes',
  newLead:
    'Print them or write them down, and keep them where you find them without your device. They work as soon as you press the button below, and are not shown again.',
  twoStepOn: 'Two-step verification is on. One thing is left: codes for the day on which your device is not at hand.',
  list: 'Recovery codes',
  download: 'Download',
  saved: 'I have saved them',
  'offer-over':
    'The codes of the page before do not work: it was open too long, or you have made others meanwhile. Save these instead.',
})
