/** The states of the page that asks for a better password. */
import type { ChangeProblem } from '../../core/operations/password/change-password.ts'
import { changeProblems } from '../../journey/errors/problem-texts.ts'
import { type Figures, refused } from '../../platform/outcome.ts'
import { dayWords } from '../../ui/letter/happening.ts'
import { ledger, longNadia, longProduct, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { BetterPasswordPage } from './pages.tsx'

const form = { action: urls.betterPassword, address: nadia.email, passwordMin: 12, why: 'too-short' } as const

const until: PageSample = (frame) => {
  const date = dayWords(frame.language, new Date('2026-12-22T10:02:00Z'))
  const later = { date, action: urls.betterPasswordLater }
  return <BetterPasswordPage frame={frame} {...form} later={later} />
}

const problem =
  (reason: Exclude<ChangeProblem, 'changed-meanwhile'>, figures?: Figures): PageSample =>
  (frame) => {
    const problems = changeProblems(frame.language, refused(reason, figures))
    return <BetterPasswordPage frame={frame} {...form} problems={problems} />
  }

export const pages: Record<string, PageSample> = {
  'must be now': (frame) => <BetterPasswordPage frame={frame} {...form} />,
  'may be later': until,
  'may be later, a product waits': (frame) => until({ ...frame, toward: ledger }),
  'easy to guess, signed in a while ago': (frame) => (
    <BetterPasswordPage frame={frame} {...form} why="guessable" asksCurrent />
  ),
  'long address and product': (frame) => (
    <BetterPasswordPage frame={{ ...frame, toward: longProduct }} {...form} address={longNadia.email} />
  ),
  'still too short': problem('password-too-short', { min: 12, has: 9 }),
  'the one they have': problem('password-same'),
}
