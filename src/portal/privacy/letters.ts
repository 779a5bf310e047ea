/** The letters of data that was taken along, of an account that closes, and of one that stays. */
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Letters } from '../../platform/outbox/outbox.ts'
import { dayWords, happeningBlock, noticeOf, notMeBlocks } from '../../ui/letter/happening.ts'
import type { Letter } from '../../ui/letter/letter.tsx'

const texts = defineTexts('privacy-letters', {
  'closing.subject': 'Your account closes on {date}',
  'closing.intro':
    'Your account at {brand} is to be closed. You have been signed out everywhere. On {date} all that we keep of you is erased, and nobody can bring it back.',
  'closing.keep': 'Until then you can change your mind: sign in, and keep your account.',
  'closing.button': 'Keep my account',
  'soon.subject': 'Your account closes on {date}',
  'soon.intro':
    'Your account at {brand} is about to be closed, as it was asked for some weeks ago. On {date} all that we keep of you is erased, and nobody can bring it back.',
  'soon.last': 'Nothing is left to do if that is what you want. Then this was our last email to you.',
  'kept.subject': 'Your account stays open',
  'kept.intro': 'Your account at {brand} is no longer to be closed. All is as it was.',
  'exported.subject': 'Your data was downloaded',
  'exported.intro': 'All that we keep of you at {brand} was downloaded from the page of your account.',
})

export const closingLetter = (language: Language, facts: Letters['account-closing']): Letter => {
  const t = texts.in(language)
  const date = dayWords(language, new Date(facts.closesAt), facts.timeZone)
  return {
    subject: t('closing.subject', { date }),
    blocks: [
      { paragraph: t('closing.intro', { brand: facts.brand.name, date }) },
      { paragraph: t('closing.keep') },
      { button: t('closing.button'), url: facts.link },
      happeningBlock(language, facts),
      ...notMeBlocks(language, facts.notMe),
    ],
  }
}

export const closesSoonLetter = (
  language: Language,
  { brand, closesAt, link }: Letters['account-closes-soon'],
): Letter => {
  const t = texts.in(language)
  const date = dayWords(language, new Date(closesAt))
  return {
    subject: t('soon.subject', { date }),
    blocks: [
      { paragraph: t('soon.intro', { brand: brand.name, date }) },
      { paragraph: t('closing.keep') },
      { button: t('closing.button'), url: link },
      { small: t('soon.last') },
    ],
  }
}

export const keptLetter = noticeOf(texts, 'kept')
export const exportedLetter = noticeOf(texts, 'exported')
