import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('new-password-letters', {
  subject: 'Your password was changed',
  intro: 'The password of your account at {brand} was changed. You have been signed out of every browser and product.',
  firstSubject: 'Your account has a password now',
  first:
    'A password was chosen for your account at {brand}, which had none. You have been signed out of every other browser.',
  waysChanged:
    'Ways to sign in were added or removed in the last 7 days. We have left them as they are. If you don’t know of that, press “It was not me”: what was added goes, and what was removed comes back.',
  elsewhere: 'The password of your account at {brand} was changed. You have been signed out of every other browser.',
})

export const changedLetter = (language: Language, facts: Letters['password-changed']): Letter => {
  const t = texts.in(language)
  return noticeLetter(language, facts, {
    subject: t(facts.first ? 'firstSubject' : 'subject'),
    intro: t(facts.first ? 'first' : facts.staysHere ? 'elsewhere' : 'intro', { brand: facts.brand.name }),
    todo: facts.waysChanged ? [{ paragraph: t('waysChanged') }] : [],
  })
}
