import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { happeningBlock, whenWords } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('unblock-letters', {
  subject: 'Your account is blocked for unknown browsers',
  intro:
    'Somebody typed a wrong password for your account at {brand} {failures, plural, one {once} other {# times in a row}}. Until {until} it lets nobody in from a browser you have not used before.',
  works: 'Browsers you have used before still let you in, and so do a passkey and a new password.',
  button: 'Unblock my account',
  'off.subject': 'Your password no longer works',
  'off.intro':
    'Somebody has typed so many wrong passwords for your account at {brand} that we have turned the password off. Choose a new one; your account is as it was.',
  'off.button': 'Choose a new password',
})

export const blockedLetter = (language: Language, facts: Letters['account-blocked']): Letter => {
  const t = texts.in(language)
  const { brand, failures, link, timeZone } = facts
  const happened = happeningBlock(language, facts)
  if (facts.until === '')
    return {
      subject: t('off.subject'),
      blocks: [{ paragraph: t('off.intro', { brand: brand.name }) }, happened, { button: t('off.button'), url: link }],
    }
  const until = whenWords(language, new Date(facts.until), timeZone)
  return {
    subject: t('subject'),
    blocks: [
      { paragraph: t('intro', { brand: brand.name, failures, until }) },
      happened,
      { paragraph: t('works') },
      { button: t('button'), url: link },
    ],
  }
}
