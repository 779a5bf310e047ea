import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import { type HappeningFacts, noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'
import { strong } from '../../ui/notice.tsx'

const texts = defineTexts('products-letters', {
  subject: '{product} no longer has access to your account',
  intro:
    'The access of {product} to your account at {brand} was removed. It keeps what it learned before; ask it to delete that if you wish.',
})

export type RemovedFacts = HappeningFacts & { brand: string; notMe: string; product: string }

export const removedLetter = (language: Language, facts: RemovedFacts): Letter => {
  const t = texts.in(language)
  return noticeLetter(language, facts, {
    subject: t('subject', { product: facts.product }),
    intro: t('intro', { product: strong(facts.product), brand: facts.brand }),
  })
}
