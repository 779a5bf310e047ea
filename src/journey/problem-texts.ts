/** Refusals that several pages share: of an address, of a password. */
import type { EmailProblem } from '../core/account/email.ts'
import type { PasswordProblem } from '../core/password/policy.ts'
import { defineTexts, type Language } from '../platform/languages/languages.ts'
import type { Refused } from '../platform/outcome.ts'

type SharedProblem = EmailProblem | PasswordProblem | 'too-many' | 'not-proven'

export const problemTexts = defineTexts('problem', {
  'address-missing': 'Enter your email address.',
  'address-not-one': 'Enter an address like name@example.com.',
  'address-local-too-long': 'Before the @ there can be {limit} characters at most; this has {has}.',
  'address-domain-too-long': 'After the @ there can be {limit} characters at most; this has {has}.',
  'password-missing': 'Choose a password of at least {min} characters.',
  'password-too-short': 'At least {min} characters; this has {has}. Three words in a row are easy to remember.',
  'password-too-long': 'At most {max} characters; this has {has}.',
  'password-unusable': 'A password cannot hold line breaks or other invisible characters. Type it again.',
  'password-common': 'This is one of the passwords that are tried first. Put three words together that only you would.',
  'password-pattern': 'A row of keys or a repetition is guessed at once. Put three words together that only you would.',
  'password-about-you':
    'It is mostly your name, your address or our name, which are tried first. Choose words that have nothing to do with you.',
  'not-proven':
    'There are unusually many requests at the moment, so that we check your browser first. Fill in what is missing, then press the button again.',
  'too-many': 'There were too many requests. Wait a quarter of an hour, then try again.',
} satisfies Record<SharedProblem, string>)

/** The sentence for a refusal, with its figures. */
export const problemText = (language: Language, refusal: Refused<SharedProblem>): string =>
  problemTexts.in(language)(refusal.reason, refusal.figures)
