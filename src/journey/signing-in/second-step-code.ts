/** A code for the second step, sent to a number or a back-up address of the account. */

import { isSent } from '../../core/model/factor/kinds.ts'
import { type FactorId, secondFactors } from '../../core/model/factor/store.ts'
import type { SecondFactorSubject } from '../../core/operations/factor/second-factor-subject.ts'
import {
  type NotSentReason,
  referenceOf,
  type SentCodeNeeds,
  sendCode,
} from '../../core/operations/factor/sent-code.ts'
import type { Actor } from '../../platform/actor.ts'
import { after, minutes } from '../../platform/clock.ts'
import { deliveryOf } from '../../platform/outbox/store.ts'
import { type Done, done, type Refused } from '../../platform/outcome.ts'
import type { JourneyNeeds } from '../begin.ts'
import { type Journey, productOf } from '../journey.ts'
import { type SecondFactorContext, secondFactorSubject } from '../second-factor.ts'

export type SecondStepCodeNeeds = JourneyNeeds & SentCodeNeeds

/** How long a code that was sent works (Z2). */
export const CODE_LIVES = minutes(5)

/** Contains the journey: a second browser at this step of the same account cannot replace this code. */
export const codeSubjectOf = ({ account }: SecondFactorSubject, journey: Journey, way: FactorId): string =>
  `${account.id} ${way} ${journey.id}`

const codeFor = (subject: SecondFactorSubject, journey: Journey, way: FactorId) =>
  ({ purpose: 'second-step', subject: codeSubjectOf(subject, journey, way) }) as const

/** Sends a code for that factor, if its codes are sent; only the newest works. */
export async function sendTo(
  needs: SecondStepCodeNeeds,
  { journey, actor: { network, browser } }: SecondFactorContext,
  subject: SecondFactorSubject,
  way: string,
): Promise<Done | Refused<NotSentReason>> {
  const to = subject.factors.find(({ id }) => id === way)
  if (!to || !isSent(to)) return done({})
  const code = codeFor(subject, journey, to.id)
  const known = subject.signedInBefore ? browser : undefined
  return sendCode(needs, {
    ...code,
    account: subject.account,
    to,
    lives: CODE_LIVES,
    network,
    known,
    product: productOf(journey),
  })
}

/**
 * The password was right: if the factor used last is a phone number, its code is sent at once. If it cannot be sent, the
 * page says why when the person asks for another.
 */
export async function sendAtOnce(needs: SecondStepCodeNeeds, journey: Journey, actor: Actor): Promise<void> {
  const at = { journey, session: undefined, actor }
  const subject = await secondFactorSubject(needs, at)
  const [first] = secondFactors(subject?.factors ?? [])
  if (subject && first) await sendTo(needs, at, subject, first.id)
}

/** The delivery of the newest code, as long as it works. */
export async function codeOut(
  needs: SecondStepCodeNeeds,
  { journey }: SecondFactorContext,
  subject: SecondFactorSubject,
  way: string,
) {
  const to = subject.factors.find(({ id }) => id === way)
  if (!to || !isSent(to)) return undefined
  const delivery = await deliveryOf(needs, referenceOf(codeFor(subject, journey, to.id)))
  return delivery && needs.clock.now() < after(delivery.at, CODE_LIVES) ? delivery : undefined
}
