import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('new-password-letters', {
  subject: 'Your password was changed',
  intro:
    'The password of your account at {brand} was changed on {at}. You have been signed out of every browser and product.',
  notYou:
    'It was not you? Then somebody can read your mailbox. Change the password of the mailbox first, then choose a new one here:',
  link: 'It was not me',
})

/** `at`: ISO 8601. */
export type ChangedFacts = { brand: string; at: string; link: string }

export const changedLetter = (language: Language, { brand, at, link }: ChangedFacts): Letter => {
  const t = texts.in(language)
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  const when = `${day.format(new Date(at))} UTC`
  return {
    subject: t('subject'),
    blocks: [
      { paragraph: t('intro', { brand, at: when }) },
      { paragraph: t('notYou') },
      { button: t('link'), url: link },
    ],
  }
}
