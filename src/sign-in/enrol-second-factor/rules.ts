/**
 * People without a second factor, where one is required, are led to set one up. In the days of grace they may postpone it, once in
 * each session.
 */

import type { Session } from '../../core/model/session/session.ts'
import { markLater } from '../../core/model/session/store.ts'
import { secondFactorRequiredBy } from '../../core/operations/factor/required.ts'
import type { JourneyNeeds } from '../../journey/begin.ts'
import { secondFactorBy } from '../../journey/facts.ts'
import type { Journey } from '../../journey/journey.ts'

/** `by`: who requires it. `until`: it may be put off so long, if at all. */
export type Missing = { by: 'policy' | 'product'; until: Date | undefined }

/** What that session lacks on that journey; undefined where it lacks nothing. */
export async function missing(needs: JourneyNeeds, journey: Journey, session: Session): Promise<Missing | undefined> {
  const day = await secondFactorBy(needs, journey, session)
  if (!day) return undefined
  return {
    by: secondFactorRequiredBy(needs, session) ? 'policy' : 'product',
    until: day > needs.clock.now() ? day : undefined,
  }
}

/** Not asked again in this session until the time is up; after that it changes nothing. */
export const putOff = ({ db, clock }: JourneyNeeds, session: Session): Promise<void> =>
  markLater(db, session.uid, 'second_way_later_at', clock.now())
