import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { noticeLetter } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'
import { strong } from '../../ui/notice.tsx'

const texts = defineTexts('products-letters', {
  subject: '{product} no longer has access to your account',
  intro:
    'The access of {product} to your account at {brand} was removed. It keeps what it learned before; ask it to delete that if you wish.',
})

export const removedLetter = (language: Language, facts: Letters['access-removed']): Letter => {
  const t = texts.in(language)
  return noticeLetter(language, facts, {
    subject: t('subject', { product: facts.product }),
    intro: t('intro', { product: strong(facts.product), brand: facts.brand.name }),
  })
}
