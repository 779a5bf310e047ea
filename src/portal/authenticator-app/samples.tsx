/** The states of the page that sets up an authenticator app. */
import { factorKinds } from '../../core/model/factor/kinds.ts'
import { keyUri } from '../../core/model/factor/totp.ts'
import type { JourneyId } from '../../journey/journey.ts'
import { longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { urls } from '../../urls.ts'
import { onTheWay, portalOf } from '../frame.ts'
import { NewAppPage } from './pages.tsx'
import type { AppProblem } from './rules.ts'
import { texts } from './texts.ts'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const newApp =
  (problem?: AppProblem, { email } = nadia, waits?: { id: JourneyId }): PageSample =>
  (frame) => {
    const field = problem === 'offer-over' || problem === 'too-many-ways' ? 'form' : 'code'
    return (
      <NewAppPage
        frame={problem ? { ...frame, draft: { code: '482 914' } } : frame}
        portal={
          waits ? onTheWay(portalOf(frame.language, email), waits, frame.language) : portalOf(frame.language, email)
        }
        action={urls.newApp}
        uri={keyUri(SECRET, { issuer: frame.brand.name, person: email })}
        secret={SECRET}
        offer="sealed"
        address={email}
        problems={problem ? { [field]: texts.in(frame.language)(problem, { most: factorKinds.app.most }) } : {}}
      />
    )
  }

export const pages: Record<string, PageSample> = {
  fresh: newApp(),
  'long address': newApp(undefined, longNadia),
  'a sign-in waits': newApp('code-wrong', nadia, { id: 'jrn_1' as JourneyId }),
  'code missing': newApp('code-missing'),
  'code wrong': newApp('code-wrong'),
  'open too long': newApp('offer-over'),
  'too many': newApp('too-many-ways'),
}
