/** The states of the page that changes the password. */
import type { ChangeProblem } from '../../core/operations/password/change-password.ts'
import { changeProblems } from '../../journey/errors/problem-texts.ts'
import { type Figures, refused } from '../../platform/outcome.ts'
import type { Frame } from '../../ui/frame.ts'
import { longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { portalOf } from '../frame.ts'
import { ChangePasswordPage, type ChangePasswordProps } from './pages.tsx'

const page = (frame: Frame, more: Partial<ChangePasswordProps> = {}, { email } = nadia) => (
  <ChangePasswordPage
    frame={frame}
    portal={portalOf(frame.language, email)}
    action={urls.password}
    address={email}
    forgot={urls.forgot}
    passwordMin={8}
    {...more}
  />
)

const problem =
  (reason: Exclude<ChangeProblem, 'changed-meanwhile'>, figures?: Figures): PageSample =>
  (frame) =>
    page(frame, { problems: changeProblems(frame.language, refused(reason, figures)) })

export const pages: Record<string, PageSample> = {
  fresh: (frame) => page(frame),
  'there is none yet': (frame) => page(frame, { first: true }),
  'none yet, the two are not the same': (frame) =>
    page(frame, { first: true, problems: changeProblems(frame.language, refused('not-the-same')) }),
  'just set': (frame) => page(frame, { done: 'first' }),
  'just changed': (frame) => page(frame, { done: 'changed' }),
  'long address': (frame) => page(frame, {}, longNadia),
  'current missing': problem('current-missing'),
  'current wrong': problem('current-wrong'),
  'current tried too often': problem('current-too-often'),
  'new too short': problem('password-too-short', { min: 8, has: 5 }),
  'not the same': problem('not-the-same'),
  'the one they have': problem('password-same'),
}
