import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('profile', {
  lead: 'Your name and your language, as the products you use learn them.',
  firstName: 'First name',
  lastName: 'Last name',
  language: 'Language',
  languageHint: 'We write to you in this language. The list at the foot of a page changes that page alone.',
  submit: 'Save',
  saved: 'Your profile is saved.',
})
