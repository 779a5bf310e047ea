import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('forgot-password-letters', {
  subject: 'Choose a new password',
  intro: 'Somebody, you we hope, asked for a new password for your account at {brand}. Open this link to choose one:',
  first:
    'Your account has no password: you sign in with a passkey. With this link you can choose a password; it then opens your account too.',
  'first.asked':
    'Your account has no password: you sign in with a passkey. With this link you can choose a password; we ask for the passkey all the same.',
  link: 'Choose a new password',
  lives:
    'The link works once, for {minutes, plural, one {# minute} other {# minutes}}. If you asked more than once, only the newest one works.',
  livesLong:
    'The link works once, for {hours, plural, one {# hour} other {# hours}}. If you asked more than once, only the newest one works.',
  notYou:
    'You did not ask for it? Then do nothing: your password stays as it is, and nobody can change it without this link.',
})

/** In minutes: from then on in hours. */
const LONG = 120

export const resetLetter = (
  language: Language,
  { link, minutes, brand, first, asked }: Letters['reset-link'],
): Letter => {
  const t = texts.in(language)
  return {
    subject: t('subject'),
    blocks: [
      { paragraph: t('intro', { brand: brand.name }) },
      ...(first ? [{ paragraph: t(asked ? 'first.asked' : 'first') }] : []),
      { button: t('link'), url: link },
      { small: minutes >= LONG ? t('livesLong', { hours: Math.floor(minutes / 60) }) : t('lives', { minutes }) },
      { small: t('notYou') },
    ],
  }
}
