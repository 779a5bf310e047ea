/**
 * Who is looked at: the counters first, then, where they are suspicious, a proof of work. Whoever has done the work is
 * looked at, whatever strangers do; what is sent away for want of it counts for nobody, and nothing was done for it. A
 * browser that the account trusts is asked for none.
 */

import type { Actor } from '../../platform/actor.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { acceptProof, type ChallengeNeeds, challengeFor, type Deed, type Proof } from './challenge.ts'
import { type Counts, count } from './counters/count.ts'
import { type Ask, type Asking, askedSoFar, countAsk, type RequestLimits, takeBackAsk } from './request-limits.ts'
import type { Suspects } from './risk/risk-cache.ts'
import { suspectAsk, suspectBefore, suspectNetwork } from './risk/risk-rules.ts'
import type { Suspicion } from './risk/risk-store.ts'
import { type Counted, countTry, type GuardNeeds, type NotCounted, type Trying } from './sign-in-lockout.ts'

export type AdmissionNeeds = ChallengeNeeds &
  Counts<RequestLimits | 'failing' | 'trusted-requests'> & { suspects: Suspects }

/** `challenge` of the figures: what the form has to carry next time. */
export type NotProven = Refused<'not-proven'>

const deedOf = (deed: Deed['deed'], { browser, network }: Actor): Deed => ({ deed, browser, network })

async function prove(needs: AdmissionNeeds, deed: Deed, why: Suspicion, proof: Proof): Promise<Done | NotProven> {
  if (await acceptProof(needs, deed, proof)) return done({})
  return refused('not-proven', { challenge: await challengeFor(needs, deed, why) })
}

/**
 * Counts a request of somebody unknown. `isTrusted`: whether the browser is one that the account of the address trusts;
 * asked only where there is a suspicion, for addresses with and without an account alike.
 */
export async function admitAsk(
  needs: AdmissionNeeds,
  asking: Asking,
  actor: Actor,
  proof: Proof,
  isTrusted: () => Promise<boolean> = async () => false,
): Promise<Done | NotProven> {
  const { counts, keys } = await countAsk(needs, asking)
  const suspicion = suspectAsk(needs.figures, counts)
  if (!suspicion) return done({})
  if ((await isTrusted()) && (await count(needs, 'trusted-requests', asking.what, actor.browser))) return done({})
  const outcome = await prove(needs, deedOf(asking.what, actor), suspicion, proof)
  if (!outcome.ok) await takeBackAsk(needs, keys)
  return outcome
}

/**
 * Counts a sign-in that is about to be checked. In an unknown browser the work comes before it counts against its address: a
 * stuffing run blocks nobody.
 */
export async function admitSignIn(
  needs: AdmissionNeeds & GuardNeeds,
  who: Trying,
  actor: Actor,
  proof: Proof,
): Promise<Done<{ counted: Counted }> | NotProven | Refused<NotCounted>> {
  const look = async (why: Suspicion | undefined) => {
    const proven = why && (await prove(needs, deedOf('sign-in', actor), why, proof))
    if (proven && !proven.ok) return proven
    const counted = await countTry(needs, who, why !== undefined)
    return typeof counted === 'string' ? refused(counted) : done({ counted })
  }
  const first = await look(who.browser === '' ? needs.suspects.about(actor.network) : undefined)
  if (first.ok || first.reason !== 'unproven') return first
  return look(await suspectNetwork(needs, actor.network, needs.figures.limits['sign-in-network']))
}

/** What the form of a page begins with: nothing, in the quiet case. */
export async function challengeAhead(
  needs: AdmissionNeeds,
  deed: Ask | 'sign-in',
  actor: Actor,
): Promise<string | undefined> {
  const suspicion =
    deed === 'sign-in'
      ? await suspectBefore(needs, actor)
      : suspectAsk(needs.figures, await askedSoFar(needs, deed, actor.network))
  return suspicion && challengeFor(needs, deedOf(deed, actor), suspicion)
}
