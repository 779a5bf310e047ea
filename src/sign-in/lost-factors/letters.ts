/** The letter of a request to support. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('lost-factors-letters', {
  subject: 'Somebody asked support for help with your account',
  intro:
    'Somebody who knows your password at {brand} could use none of your other ways to sign in, and has asked support for help. Nothing has changed at your account. If it was not you, say so: the request is then withdrawn too.',
  reference: 'Reference',
})

export const askedLetter = (language: Language, facts: Letters['support-asked']): Letter => {
  const t = texts.in(language)
  const { brand, reference } = facts
  return noticeLetter(language, facts, {
    subject: t('subject'),
    intro: t('intro', { brand: brand.name }),
    facts: [{ label: t('reference'), value: reference }],
  })
}
