import { defineTexts } from '../../platform/languages/languages.ts'

export const texts = defineTexts('choose-language', {
  title: 'Language',
  lead: 'The page you were on opens again in the language you choose, with what you had typed. Only a password is typed again.',
})
