/** The letter about a browser that was copied. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import { type NoticeFacts, noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('password-letters', {
  'copied.subject': 'One of your browsers may have been copied',
  'copied.intro':
    'Somebody entered your password at {brand}, or used your passkey, in what looked like a browser of yours, but with a mark that we have replaced since. Either that browser was restored from a backup, or somebody has copied its cookies. We trust neither the browser nor the copy any more: each is asked like a new one.',
})

export const copiedLetter = (language: Language, facts: NoticeFacts): Letter => {
  const t = texts.in(language)
  return noticeLetter(language, facts, {
    subject: t('copied.subject'),
    intro: t('copied.intro', { brand: facts.brand.name }),
  })
}
