/** The states of the page that creates a passkey. */
import { factorKinds } from '../../core/model/factor/kinds.ts'
import type { PasskeyProblem } from '../../core/operations/factor/enrol-passkey.ts'
import type { JourneyId } from '../../journey/journey.ts'
import { nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { onTheWay, portalOf } from '../frame.ts'
import { NewPasskeyPage } from './pages.tsx'
import { texts } from './texts.ts'

const page =
  (problem?: PasskeyProblem, waits?: { id: JourneyId }): PageSample =>
  (frame) => {
    const problems = problem ? { form: texts.in(frame.language)(problem, { most: factorKinds.passkey.most }) } : {}
    const usual = portalOf(frame.language, nadia.email)
    const portal = waits ? onTheWay(usual, waits, frame.language) : usual
    return <NewPasskeyPage {...{ frame, portal, problems }} action={urls.newPasskey} ask="{}" sealed="sealed" />
  }

export const pages: Record<string, PageSample> = {
  fresh: page(),
  'a sign-in waits': page(undefined, { id: 'jrn_1' as JourneyId }),
  refused: page('passkey-refused'),
  'too many': page('too-many-ways'),
}
