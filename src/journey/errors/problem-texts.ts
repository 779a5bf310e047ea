/** Refusals that several pages share: of an address, of a name, of a password. */
import type { EmailProblem } from '../../core/model/account/email.ts'
import type { NameProblem } from '../../core/model/account/name.ts'
import type { PasswordProblem } from '../../core/model/password/policy.ts'
import type { ChangeProblem } from '../../core/operations/password/change-password.ts'
import { defineTexts, type Language } from '../../platform/languages/languages.ts'
import type { Refused } from '../../platform/outcome.ts'

type ShownProblem = Exclude<ChangeProblem, 'changed-meanwhile'>
type SharedProblem = EmailProblem | PasswordProblem | ShownProblem | 'too-many' | 'not-proven'

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
  'not-the-same': 'The two are not the same. Type the new password twice.',
  'password-same': 'This is the password you have. Choose another one.',
  'password-turned-off':
    'Your account had this password until lately, and somebody else may know it. Choose another one, that you use nowhere else.',
  'current-missing': 'Enter the password you have now.',
  'current-wrong': 'This is not the password you have now. Type it again, or ask for a new one.',
  'current-too-often': 'It was tried too often. Wait a while, then try again, or ask for a new password.',
  'not-proven':
    'There are unusually many requests at the moment, so that we check your browser first. Fill in what is missing, then press the button again.',
  'too-many': 'There were too many requests. Wait a quarter of an hour, then try again.',
  'firstName.name-missing': 'Enter your first name.',
  'firstName.name-too-long': 'A first name can have {limit} characters at most; this has {has}.',
  'firstName.name-unusable': 'A first name cannot hold < or > or a web address.',
  'lastName.name-missing': 'Enter your last name.',
  'lastName.name-too-long': 'A last name can have {limit} characters at most; this has {has}.',
  'lastName.name-unusable': 'A last name cannot hold < or > or a web address.',
} satisfies Record<SharedProblem | `firstName.${NameProblem}` | `lastName.${NameProblem}`, string>)

/** The sentence for a refusal, with its figures. */
export const problemText = (language: Language, refusal: Refused<SharedProblem>): string =>
  problemTexts.in(language)(refusal.reason, refusal.figures)

export type NameProblems = { firstName?: Refused<NameProblem>; lastName?: Refused<NameProblem> }

/** The sentences for names that were refused, by the ids of their fields. */
export function nameProblemTexts(language: Language, { firstName, lastName }: NameProblems) {
  const t = problemTexts.in(language)
  return {
    ...(firstName && { 'first-name': t(`firstName.${firstName.reason}`, firstName.figures) }),
    ...(lastName && { 'last-name': t(`lastName.${lastName.reason}`, lastName.figures) }),
  }
}

/** Of a new password that was refused: the sentence, under the field it is about, where it is about one. */
export function changeProblems(
  language: Language,
  { reason, figures }: Refused<ChangeProblem | 'link-dead' | 'address-taken'>,
): Readonly<Record<string, string>> {
  if (reason === 'changed-meanwhile' || reason === 'link-dead' || reason === 'address-taken') return {}
  const sentence = problemTexts.in(language)(reason, figures)
  if (reason.startsWith('current-')) return { 'current-password': sentence }
  return { [reason === 'not-the-same' ? 'confirm-password' : 'new-password']: sentence }
}
