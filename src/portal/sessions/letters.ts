import { defineTexts } from '../../platform/languages/languages.ts'
import { noticeOf } from '../../ui/letter/happening.ts'

const texts = defineTexts('sessions-letters', {
  'ended.subject': 'You were signed out everywhere else',
  'ended.intro':
    'Every session of your account at {brand} but one was ended, in the products too. The one that asked for it goes on. Every other browser is unknown to us again, and asks for the second step, where you have one.',
})

export const endedLetter = noticeOf(texts, 'ended')
