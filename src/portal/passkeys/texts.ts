import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('passkeys', {
  lead: 'A passkey signs you in with the lock of your device: your finger, your face, or its PIN. Nobody can guess it or talk you out of it.',
  without:
    'This browser cannot make a passkey, or JavaScript is off. Try another browser or device, or set up an authenticator app.',
  how: 'Your device asks you to confirm. With a security key, plug it in or hold it to your phone.',
  create: 'Create a passkey',
  failed: 'No passkey was made. Your device may have one for this account already. Try again when you are ready.',
  'passkey-refused': 'The passkey could not be read, or the page was open too long. Try again.',
  'too-many-ways': 'You have {most} passkeys already. Remove one first.',
})
