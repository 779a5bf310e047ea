/** The states of the profile. */
import { nameProblemTexts } from '../../journey/errors/problem-texts.ts'
import { refused } from '../../platform/outcome.ts'
import { longNadia, nadia, type PageSample } from '../../ui/samples.tsx'
import { portalOf } from '../frame.ts'
import { ProfilePage } from './pages.tsx'

const profile =
  (person: typeof nadia, more: { saved?: boolean } = {}): PageSample =>
  (frame) => (
    <ProfilePage
      frame={frame}
      portal={portalOf(frame.language, person.email)}
      profile={{ ...person, language: frame.language }}
      {...more}
    />
  )

export const pages: Record<string, PageSample> = {
  'as it is': profile(nadia),
  saved: profile(nadia, { saved: true }),
  'long names': profile(longNadia),
  'names refused': (frame) => (
    <ProfilePage
      frame={{ ...frame, draft: { 'first-name': '', 'last-name': `${longNadia.lastName}x`, locale: 'en' } }}
      portal={portalOf(frame.language, nadia.email)}
      profile={{ ...nadia, language: frame.language }}
      problems={nameProblemTexts(frame.language, {
        firstName: refused('name-missing'),
        lastName: refused('name-too-long', { limit: 60, has: 61 }),
      })}
    />
  ),
}
