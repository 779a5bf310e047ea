/** The letters of what operators do to an account. Where they did it is not the person's business. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('operator-letters', {
  'held.subject': 'We have blocked your account',
  'held.intro':
    'Your account at {brand} is blocked, and you have been signed out everywhere. Until we unblock it nobody can sign in, not even with a new password.',
  'released.subject': 'Your account is no longer blocked',
  'released.intro': 'We have unblocked your account at {brand}. Sign in as you always do.',
  ask: 'If you do not know why, ask us.',
  support: 'If you do not know why, ask us: {support}',
})

const telling =
  (what: 'held' | 'released') =>
  (language: Language, { brand, support }: Letters['account-held']): Letter => {
    const t = texts.in(language)
    return {
      subject: t(`${what}.subject`),
      blocks: [
        { paragraph: t(`${what}.intro`, { brand: brand.name }) },
        { paragraph: support === '' ? t('ask') : t('support', { support }) },
      ],
    }
  }
export const heldLetter = telling('held')
export const releasedLetter = telling('released')
