/** Who has to prove a second factor on a journey, and with what. */

import { maxAcrOf } from '../core/model/session/acr.ts'
import type { Session } from '../core/model/session/session.ts'
import { factorsSatisfying } from '../core/operations/factor/prove-second-factor.ts'
import { findSecondFactorSubject, type SecondFactorSubject } from '../core/operations/factor/second-factor-subject.ts'
import type { Actor } from '../platform/actor.ts'
import { sha256 } from '../platform/secrets/keyring.ts'
import type { JourneyNeeds } from './begin.ts'
import { requiredAcr, stepUpNeeded } from './facts.ts'
import type { Journey } from './journey.ts'
import { isOthers, passwordProved } from './store.ts'

/** The second step of a sign-in. `session`: the one the person has already. */
export type SecondFactorContext = { journey: Journey; session: Session | undefined; actor: Actor }

/** Who has to prove a second factor on this journey; undefined if nobody has, or if the password was changed meanwhile. */
export async function secondFactorSubject(
  needs: JourneyNeeds,
  { journey, session, actor }: SecondFactorContext,
): Promise<SecondFactorSubject | undefined> {
  const { destination } = journey
  const password = passwordProved(needs, journey)
  const own = session && !isOthers(journey, session) ? session : undefined
  const account = password?.account ?? (own && (await stepUpNeeded(needs, destination, own)) ? own.account : undefined)
  const subject = account && (await findSecondFactorSubject(needs, account, actor, needs.clock.now()))
  if (!subject || subject.account.blockedAt) return undefined
  const maxAcr = maxAcrOf(subject.factors.map(({ kind }) => kind))
  if (maxAcr === 'pwd') return undefined
  if (password && (!subject.hash || sha256(subject.hash) !== password.password)) return undefined
  // A session that began with no method (see 0025) has nothing that an app or a code could be added to.
  const wanted =
    password || session?.methods.length ? await requiredAcr(needs, destination, { ...subject.account, maxAcr }) : 'phr'
  const proves = factorsSatisfying(wanted, subject, destination.kind === 'place')
  return proves.factors.length + proves.recoveryCodes > 0 ? proves : undefined
}
