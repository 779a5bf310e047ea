/** The letters of a change of address. They name nobody, and never the other mailbox. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { codeLetterOf } from '../../ui/letter/code-letter.ts'
import { happeningBlock, noticeOf } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('change-email-letters', {
  'code.intro':
    'Somebody, you we hope, wants to use this address for their account at {brand}. To go on, type this code on the page where you asked for it:',
  'code.notYou': 'You did not ask for it? Then do nothing, and tell nobody the code: nothing changes without it.',
  'tried.subject': 'Your address was typed for another account',
  'tried.intro':
    'Somebody wanted to make this address that of another account at {brand}. It belongs to your account, so nothing was changed.',
  'tried.what':
    'Was it you, and you have two accounts? Sign in to this one with this address, or choose another address for the other one.',
  'tried.notYou':
    'It was not you? Then do nothing: your account is as it was, and whoever it was has not learnt of it.',
  'own.subject': 'This is your address already',
  'own.intro':
    'Somebody, you we hope, typed this address as the new one of your account at {brand}. It is the address of your account already, so nothing was changed.',
  'changed.subject': 'Your account has a new address',
  'changed.intro':
    'This is the address of your account at {brand} from now on. You sign in with it, and we write to you here. Your password is as it was, and you have been signed out everywhere.',
  'undo.subject': 'The address of your account was changed',
  'undo.intro':
    'Your account at {brand} has another address from now on. We no longer write to you here, and this address no longer signs in.',
  'undo.why':
    'It was not you? Undo the change: your account gets this address back, and its ways to sign in of 7 days ago. It is signed out everywhere, and you choose a new password. The link works for {days, plural, one {# day} other {# days}}.',
  'undo.link': 'It was not me',
})

export const changeCodeLetter = codeLetterOf(texts)

export const triedLetter = (language: Language, { own, brand }: Letters['email-change-tried']): Letter => {
  const t = texts.in(language)
  if (own) return { subject: t('own.subject'), blocks: [{ paragraph: t('own.intro', { brand: brand.name }) }] }
  return {
    subject: t('tried.subject'),
    blocks: [
      { paragraph: t('tried.intro', { brand: brand.name }) },
      { paragraph: t('tried.what') },
      { small: t('tried.notYou') },
    ],
  }
}

export const emailChangedLetter = noticeOf(texts, 'changed')

/** For the mailbox of before: how the change is undone. */
export const undoLetter = (language: Language, facts: Letters['email-changed-undo']): Letter => {
  const t = texts.in(language)
  return {
    subject: t('undo.subject'),
    blocks: [
      { paragraph: t('undo.intro', { brand: facts.brand.name }) },
      happeningBlock(language, facts),
      { paragraph: t('undo.why', { days: facts.days }) },
      { button: t('undo.link'), url: facts.link },
    ],
  }
}
