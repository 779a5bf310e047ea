/** Carries a letter from the outbox to the mail server: written when it leaves, in the language of whom it goes to. */
import type { Language } from '../languages/languages.ts'
import type { Carrier } from '../outbox/dispatcher.ts'
import { type Letters, type Readers, read } from '../outbox/outbox.ts'
import type { Mailer } from './mail.ts'

export type Written = { subject: string; html: string; text: string }

type ToUse = { code?: string | null; link?: string | null }

type Facts = Letters[keyof Letters]

/** `letters`: what each says, by the name it is posted under; `write` makes a mail of it. */
export const mailCarrier =
  <Letter>(
    mailer: Mailer,
    letters: Readers<'mail', [language: Language], Letter>,
    write: (letter: Letter, language: Language, facts: Facts) => Written,
  ): Carrier =>
  async (posted) => {
    const { id, name, to, language, facts } = posted
    const letter = read<'mail', [Language], Letter>(letters, posted, language)
    const said: Facts & ToUse = JSON.parse(facts)
    const { code = null, link = null } = said
    return mailer.send({ id, to, language, template: name, ...write(letter, language, said), code, link })
  }
