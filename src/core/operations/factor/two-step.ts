/**
 * Two-step verification: whether a sign-in by password, and a sensitive page, ask for a second factor. It is a switch of the
 * account: setting up some kinds of factor turns it on (model/factor/kinds.ts), the person turns it on and off.
 */

import type { Actor } from '../../../platform/actor.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/database/db.ts'
import { type EventNeeds, emit } from '../../events/emit.ts'
import { setTwoStep } from '../../model/account/status-store.ts'
import type { AccountId } from '../../model/account/store.ts'
import type { Catalogue } from '../../model/product/catalogue.ts'
import type { Acr } from '../../model/session/acr.ts'
import type { Session } from '../../model/session/session.ts'
import { keepTwoStep } from '../former-ways/former-factors.ts'
import { type RequiredNeeds, secondFactorRequiredBy, type Person as WhoeverIsAsked } from './required.ts'

export type Person = WhoeverIsAsked & { twoStepSince: Date | null | undefined; maxAcr: Acr }

/** Whether a second factor is asked for: there is one, and two-step verification is on, or the policy requires it. */
export const isTwoStepOn = (needs: RequiredNeeds, person: Person): boolean =>
  person.maxAcr !== 'pwd' && (!!person.twoStepSince || secondFactorRequiredBy(needs, person) !== undefined)

/**
 * `factorWithin`, in milliseconds: how long ago a second factor may have been proved, where two-step verification is on or there
 * is no password. `always`: also where it is off, if there is a second factor.
 */
export type StepUpRequirement = { factorWithin?: number | undefined; always?: boolean | undefined }

/** Whether more than a password is asked for, and was not proved lately enough. */
export function needsStepUp(
  needs: RequiredNeeds & { clock: Clock },
  { factorWithin, always }: StepUpRequirement,
  session: Session,
): boolean {
  const isAsked = isTwoStepOn(needs, session) || (session.maxAcr !== 'pwd' && (always || !session.hasPassword))
  if (factorWithin === undefined || !isAsked) return false
  const { factorAt } = session
  return !factorAt || needs.clock.now().getTime() - factorAt.getTime() > factorWithin
}

/**
 * Whether a product requires a second factor that the sign-in did not ask for: there is one, and two-step verification is off.
 * (Where it is on, a trusted browser skips it for products too.)
 */
export async function requiresStep(
  needs: RequiredNeeds & { catalogue: Catalogue },
  person: Person,
  product: string,
): Promise<boolean> {
  if (person.maxAcr === 'pwd' || isTwoStepOn(needs, person)) return false
  return secondFactorRequiredBy(needs, person, await needs.catalogue.find(product)) !== undefined
}

/** Turns it on or off and emits the event; false if it is so already. */
export async function switchTwoStep(
  needs: EventNeeds,
  tx: Tx,
  { account, on, notice, actor }: { account: AccountId; on: boolean; notice: object | null; actor: Actor },
): Promise<boolean> {
  if (!(await setTwoStep(tx, account, on, needs.clock.now()))) return false
  await keepTwoStep(needs, tx, account, !on)
  await emit(needs, tx, { kind: on ? 'two-step-on' : 'two-step-off', account, notice }, actor)
  return true
}
