/**
 * Admits a request or a sign-in: it is counted first, and past a limit it needs a proof of work. With the work done it is
 * admitted, whatever strangers do; without it, it is not counted and costs nothing. A browser that the account trusts is
 * asked for no work.
 */

import type { Actor } from '../../platform/actor.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { acceptProof, type ChallengedRequest, type ChallengeNeeds, challengeFor, type Proof } from './challenge.ts'
import { type Counts, count } from './counters/count.ts'
import {
  type AnonymousRequest,
  countRequest,
  type RequestKind,
  type RequestLimits,
  requestsSoFar,
  takeBackRequest,
} from './request-limits.ts'
import type { RiskCache } from './risk/risk-cache.ts'
import { assessRequests, flagNetwork, signalBeforeSignIn } from './risk/risk-rules.ts'
import type { AbuseSignal } from './risk/risk-store.ts'
import {
  countSignInAttempt,
  type LockoutNeeds,
  type NotCounted,
  type SignInAttempt,
  type SignInCount,
} from './sign-in-lockout.ts'

export type AdmissionNeeds = ChallengeNeeds &
  Counts<RequestLimits | 'failing' | 'trusted-requests'> & { riskCache: RiskCache }

/** `challenge` of the figures: what the form has to carry next time. */
export type NotProven = Refused<'not-proven'>

const challenged = (kind: ChallengedRequest['kind'], { browser, network }: Actor): ChallengedRequest => ({
  kind,
  browser,
  network,
})

async function prove(
  needs: AdmissionNeeds,
  request: ChallengedRequest,
  why: AbuseSignal,
  proof: Proof,
): Promise<Done | NotProven> {
  if (await acceptProof(needs, request, proof)) return done({})
  return refused('not-proven', { challenge: await challengeFor(needs, request, why) })
}

/**
 * Counts a request of somebody unknown. `isTrusted`: whether the browser is one that the account of the address trusts;
 * asked only past a limit, for addresses with and without an account alike.
 */
export async function admitRequest(
  needs: AdmissionNeeds,
  asking: AnonymousRequest,
  actor: Actor,
  proof: Proof,
  isTrusted: () => Promise<boolean> = async () => false,
): Promise<Done | NotProven> {
  const { counts, keys } = await countRequest(needs, asking)
  const signal = assessRequests(needs.figures, counts)
  if (!signal) return done({})
  if ((await isTrusted()) && (await count(needs, 'trusted-requests', asking.what, actor.browser))) return done({})
  const outcome = await prove(needs, challenged(asking.what, actor), signal, proof)
  if (!outcome.ok) await takeBackRequest(needs, keys)
  return outcome
}

/**
 * Counts a sign-in that is about to be checked. In an unknown browser the work comes before it counts against its address: a
 * stuffing run blocks nobody.
 */
export async function admitSignIn(
  needs: AdmissionNeeds & LockoutNeeds,
  who: SignInAttempt,
  actor: Actor,
  proof: Proof,
): Promise<Done<{ counted: SignInCount }> | NotProven | Refused<NotCounted>> {
  const look = async (why: AbuseSignal | undefined) => {
    const proven = why && (await prove(needs, challenged('sign-in', actor), why, proof))
    if (proven && !proven.ok) return proven
    const counted = await countSignInAttempt(needs, who, why !== undefined)
    return typeof counted === 'string' ? refused(counted) : done({ counted })
  }
  const first = await look(who.browser === '' ? needs.riskCache.signalFor(actor.network) : undefined)
  if (first.ok || first.reason !== 'unproven') return first
  return look(await flagNetwork(needs, actor.network, needs.figures.limits['sign-in-network']))
}

/** What the form of a page begins with: nothing, in the quiet case. */
export async function challengeAhead(
  needs: AdmissionNeeds,
  kind: RequestKind | 'sign-in',
  actor: Actor,
): Promise<string | undefined> {
  const signal =
    kind === 'sign-in'
      ? await signalBeforeSignIn(needs, actor)
      : assessRequests(needs.figures, await requestsSoFar(needs, kind, actor.network))
  return signal && challengeFor(needs, challenged(kind, actor), signal)
}
