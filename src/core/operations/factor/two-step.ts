/**
 * Two-step verification: whether a sign-in by password, and a sensitive page, ask for a second step. It is a switch of the
 * account: an authenticator app or a number turns it on, the person on and off; a passkey alone is a way in, and turns nothing.
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

/** Whether a second step is asked for: there is a way to it, and it is switched on, or the policy requires one. */
export const isTwoStepOn = (needs: RequiredNeeds, person: Person): boolean =>
  person.maxAcr !== 'pwd' && (!!person.twoStepSince || secondFactorRequiredBy(needs, person) !== undefined)

/**
 * `factorWithin`: so lately, in milliseconds, must more than a password have been proved where two-step verification is on, or
 * there is no password; `always`: or off, as long as there is a way.
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
 * Whether a product requires a second step that the sign-in did not ask for: there is a way, and two-step verification is
 * off. (Where it is on, a browser that is remembered skips it there too.)
 */
export async function requiresStep(
  needs: RequiredNeeds & { catalogue: Catalogue },
  person: Person,
  product: string,
): Promise<boolean> {
  if (person.maxAcr === 'pwd' || isTwoStepOn(needs, person)) return false
  return secondFactorRequiredBy(needs, person, await needs.catalogue.find(product)) !== undefined
}

/** Turns it on or off, and writes that down; false where it is so already. */
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
