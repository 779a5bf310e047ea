/** What is said where there is no page: the gallery and the tests go through this list. */
import type { Language } from '../languages/languages.ts'
import { lastSentences, lastStatuses } from './raw-error-page.ts'

export const messages = Object.fromEntries(
  lastStatuses.map((status) => [
    `status ${status}`,
    (language: Language) => lastSentences(status, language).join('\n'),
  ]),
)
