/**
 * Who is looked at: the counters first, then, where they are suspicious, a proof of work. What is asked again with the
 * proof is counted again; nothing else was done for it before.
 */

import type { Origin } from '../../platform/origin.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import type { EmailKey } from '../account/email.ts'
import { type Ask, type Asking, type Needs as AskNeeds, askedSoFar, countAsk } from './asking.ts'
import { acceptProof, type Needs as ChallengeNeeds, challengeFor, type Deed, type Proof } from './challenge.ts'
import {
  failedInUnknown,
  type Suspicion,
  type Needs as SuspicionNeeds,
  suspectAsk,
  suspectBefore,
} from './suspicion.ts'

export type Needs = AskNeeds &
  ChallengeNeeds &
  SuspicionNeeds & { figures: AskNeeds['figures'] & ChallengeNeeds['figures'] & SuspicionNeeds['figures'] }

/** `challenge` of the figures: what the form has to carry next time. */
export type NotProven = Refused<'not-proven'>

const deedOf = (deed: Deed['deed'], { browser, network }: Origin): Deed => ({ deed, browser, network })

async function prove(needs: Needs, deed: Deed, suspicion: Suspicion, proof: Proof): Promise<Done | NotProven> {
  if (await acceptProof(needs, deed, proof)) return done({})
  return refused('not-proven', { challenge: await challengeFor(needs, deed, suspicion) })
}

/** What somebody unknown asks for; who is signed in proves no work. */
type Proven = Exclude<Ask, 'change-email'>

/** Counts a request of somebody unknown. A flood for one address does not cut its owner off: whoever proves some work is looked at. */
export async function admitAsk(
  needs: Needs,
  asking: Asking & { what: Proven },
  origin: Origin,
  proof: Proof,
): Promise<Done | Refused<'too-many'> | NotProven> {
  const counts = await countAsk(needs, asking)
  if (counts.tooMany && counts.tooMany !== 'address') return refused('too-many')
  const suspicion = suspectAsk(needs.figures, counts)
  return suspicion ? prove(needs, deedOf(asking.what, origin), suspicion, proof) : done({})
}

/** A sign-in in an unknown browser, before it counts against its address: a stuffing run blocks nobody. */
export async function admitSignIn(
  needs: Needs,
  address: EmailKey,
  origin: Origin,
  proof: Proof,
): Promise<Done | NotProven> {
  const suspicion = needs.suspects.about(origin.network)
  if (!suspicion) return done({})
  const outcome = await prove(needs, deedOf('sign-in', origin), suspicion, proof)
  if (!outcome.ok) await failedInUnknown(needs, { address, network: origin.network })
  return outcome
}

/** What the form of a page begins with: nothing, in the quiet case. */
export async function challengeAhead(
  needs: Needs,
  deed: Proven | 'sign-in',
  origin: Origin,
): Promise<string | undefined> {
  const suspicion =
    deed === 'sign-in'
      ? await suspectBefore(needs, origin)
      : suspectAsk(needs.figures, await askedSoFar(needs, deed, origin.network))
  return suspicion && challengeFor(needs, deedOf(deed, origin), suspicion)
}
