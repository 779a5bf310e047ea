import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('profile', {
  lead: 'The products you use learn this name and this language.',
  firstName: 'First name',
  lastName: 'Last name',
  language: 'Language',
  languageHint: 'We write to you in this language. The list at the foot of a page is for this browser alone.',
  submit: 'Save',
  saved: 'Your profile is saved.',
})
