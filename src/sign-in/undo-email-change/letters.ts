/** The letters of a change of address that was undone. */

import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { noticeOf } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('undo-email-change-letters', {
  'undone.subject': 'Your account has this address again',
  'undone.intro':
    'The change of address of your account at {brand} was undone: you sign in with this address again, and we write to you here. The account was signed out everywhere.',
  'dropped.subject': 'This address no longer belongs to the account',
  'dropped.intro':
    'The change of address of an account at {brand} was undone from the mailbox that it had before. The account no longer has this address, and was signed out everywhere.',
  'dropped.help':
    'Was it your account, and you wanted the change? Sign in with the address of before, and change it again.',
  'dropped.read':
    'Does somebody else read the mailbox of before? Then sign in with a passkey of the account, if it has one, and change the address again. Otherwise ask support for help.',
})

export const undoneLetter = noticeOf(texts, 'undone')

/** For the mailbox that no longer belongs to the account. */
export const droppedLetter = (language: Language, { brand }: Letters['address-dropped']): Letter => {
  const t = texts.in(language)
  return {
    subject: t('dropped.subject'),
    blocks: [
      { paragraph: t('dropped.intro', { brand: brand.name }) },
      { small: t('dropped.help') },
      { small: t('dropped.read') },
    ],
  }
}
