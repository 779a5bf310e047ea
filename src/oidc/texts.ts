import { defineTexts } from '../platform/languages/languages.ts'

export const texts = defineTexts('protocol', {
  'signOut.title': 'Sign out?',
  'signOut.lead':
    'You will be signed out here, and of the products on this browser that end their session along with ours.',
  'signOut.submit': 'Sign out',
  'signOut.stay': 'Stay signed in',
  'device.title': 'Connect a device',
  'device.lead': 'Type the code that the device shows.',
  'device.code': 'Code on the device',
  'device.submit': 'Continue',
  'device.problem': 'There is no device waiting with this code. Check it, or have the device show a new one.',
  'device.missing': 'Type the code that the device shows.',
  'device.again': 'This page was too old. Type the code once more.',
  'device.wait': 'You have tried too many codes. Wait a quarter of an hour, then try again.',
  'device.unknown': 'Too many codes were tried from your network. Sign in first, then type the code.',
  'device.signIn': 'Sign in',
  'device.refused': 'The device was not connected. If it is another one that waits, type its code.',
  'question.title': 'Connect this device?',
  'question.lead':
    '{product} will be signed in with your account on the device that shows this code. Go on only if it is in front of you.',
  'question.submit': 'Connect',
  'question.stop': 'This is not my device',
  'deviceDone.title': 'The device is connected',
  'onward.title': 'One moment',
  'onward.lead': 'This goes on by itself. If it does not, go on here.',
  'onward.submit': 'Continue',
  'deviceDone.lead': 'Go back to it: it goes on by itself. You can close this page.',
})
