/** The letter to whom an account was taken back for. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { happeningBlock } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('not-me-letters', {
  subject: 'Your account is safe: choose a new password',
  intro:
    'You, or somebody who has a letter of ours to you, told us that somebody else uses your account at {brand}. We have signed it out everywhere and turned its password off.',
  ways: 'What was added to it in the last 7 days is gone, and ways to sign in that were removed are back.',
  asked:
    'For the next {hours, plural, one {# hour} other {# hours}} the new password alone does not open it: a sign-in asks for one of its other ways to sign in too.',
  button: 'Choose a new password',
  lives:
    'The link works once, for a day. If you have chosen a new password already, there is nothing left to do. If you have not, and it no longer works, press “It was not me” in our newest email.',
})

export const securedLetter = (language: Language, facts: Letters['account-secured']): Letter => {
  const t = texts.in(language)
  const { brand, link, removed, restored, askedHours } = facts
  return {
    subject: t('subject'),
    blocks: [
      { paragraph: t('intro', { brand: brand.name }) },
      happeningBlock(language, facts),
      ...(removed + restored > 0 ? [{ paragraph: t('ways') }] : []),
      ...(askedHours ? [{ paragraph: t('asked', { hours: askedHours }) }] : []),
      { button: t('button'), url: link },
      { small: t('lives') },
    ],
  }
}
