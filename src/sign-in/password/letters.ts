/** The letter about a browser that was copied. */
import { defineTexts } from '../../platform/languages/languages.ts'
import { noticeOf } from '../../ui/letter/happening.ts'

const texts = defineTexts('password-letters', {
  'copied.subject': 'One of your browsers may have been copied',
  'copied.intro':
    'Somebody entered your password at {brand}, or used your passkey, in what looked like a browser of yours, but with a mark that we have replaced since. Either that browser was restored from a backup, or somebody has copied its cookies. We trust neither the browser nor the copy any more: each is asked like a new one.',
})

export const copiedLetter = noticeOf(texts, 'copied')
