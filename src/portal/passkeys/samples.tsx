/** The states of the page that creates a passkey. */
import { MOST_OF_A_KIND } from '../../core/factor/change.ts'
import type { PasskeyProblem } from '../../core/factor/new-passkey.ts'
import { nadia, type PageSample } from '../../ui/samples.tsx'
import { portalOf } from '../frame.ts'
import { NewPasskeyPage } from './pages.tsx'
import { texts } from './texts.ts'

const page =
  (problem?: PasskeyProblem): PageSample =>
  (frame) => {
    const problems = problem ? { form: texts.in(frame.language)(problem, { most: MOST_OF_A_KIND.passkey }) } : {}
    const portal = portalOf(frame.language, nadia.email)
    return <NewPasskeyPage {...{ frame, portal, problems }} ask="{}" sealed="sealed" />
  }

export const pages: Record<string, PageSample> = {
  fresh: page(),
  refused: page('passkey-refused'),
  'too many': page('too-many-ways'),
}
