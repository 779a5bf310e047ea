/** A letter with a code to type, and for some a link beside it. */
import { defineTexts, type Language, type Texts } from '../../platform/languages/languages.ts'
import type { Brand } from '../frame.ts'
import type { Block, Letter } from './letter.tsx'

const texts = defineTexts('code-letter', {
  subject: '{code} is your verification code',
  orLink: 'Or open this link on the same browser:',
  link: 'Verify email',
  lives: 'The code works once, for {minutes, plural, one {# minute} other {# minutes}}. Tell it to nobody.',
  'lives.link': 'The code and the link work once, for {minutes, plural, one {# minute} other {# minutes}}.',
  'lives.linkAlone': 'The link works once, for {minutes, plural, one {# minute} other {# minutes}}.',
  'lives.long':
    'Many codes were asked for at this address. This one works once, for {hours, plural, one {# hour} other {# hours}}, on any page that asks you for a code sent here. Tell it to nobody.',
})

/** `hours`: so long the code works, wherever one is asked for. */
type CodeFacts = { code: string; minutes: number; hours?: number; link?: string }

/** `about`: what else is to be known before the code; `next`: what to do where it was somebody else. */
type Said = { intro: string; about?: readonly Block[]; notYou: string; next?: readonly Block[] }

export const codeLetter = (
  language: Language,
  { code, minutes, hours, link }: CodeFacts,
  { intro, about = [], notYou, next = [] }: Said,
): Letter => {
  const t = texts.in(language)
  return {
    subject: t('subject', { code }),
    blocks: [
      { paragraph: intro },
      ...about,
      { code },
      ...(link ? [{ paragraph: t('orLink') }, { button: t('link'), url: link }] : []),
      ...(link && hours ? [{ small: t('lives.linkAlone', { minutes }) }] : []),
      { small: hours ? t('lives.long', { hours }) : t(link ? 'lives.link' : 'lives', { minutes }) },
      { small: notYou },
      ...next,
    ],
  }
}

/** A letter with a code of which nothing else is to be known: its texts are `code.intro` and `code.notYou`. */
export const codeLetterOf =
  (own: Texts<'code.intro' | 'code.notYou'>) =>
  (language: Language, facts: CodeFacts & { brand: Brand }): Letter => {
    const t = own.in(language)
    return codeLetter(language, facts, {
      intro: t('code.intro', { brand: facts.brand.name }),
      notYou: t('code.notYou'),
    })
  }
