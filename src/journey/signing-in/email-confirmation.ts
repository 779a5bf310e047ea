/**
 * A sign-in with the right password from an unlikely place waits for a code that goes to the mailbox (the page that takes it:
 * sign-in/confirm-sign-in). What was proved waits in the journey, and holds only while the password is the same.
 */

import { type EventNeeds, emit } from '../../core/events/emit.ts'
import { type Happening, happeningOf } from '../../core/events/notice.ts'
import { type Counts, count } from '../../core/limits/counters/count.ts'
import type { RiskSignal } from '../../core/limits/risk/unfamiliar-browser.ts'
import { type Account, type AccountId, holdAccount } from '../../core/model/account/store.ts'
import type { Brand } from '../../core/model/brand/brand.ts'
import { draw } from '../../core/model/one-time/one-time.ts'
import type { HashedPassword } from '../../core/model/password/hashing.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Duration, inMinutes } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'
import { urls } from '../../urls.ts'
import { type JourneyNeeds, journeyFor } from '../begin.ts'
import { type Journey, productOf } from '../journey.ts'
import { prove } from '../store.ts'

export type ConfirmationNeeds = JourneyNeeds &
  EventNeeds &
  Counts<'confirm-codes' | 'code-tries'> & { figures: JourneyNeeds['figures'] & { codeLives: Duration } }

declare module '../../platform/outbox/outbox.ts' {
  interface Letters {
    /** `forgot`: the page to choose a new password. */
    'confirm-sign-in': Happening & { brand: Brand; code: string; minutes: number; forgot: string }
  }
}

export type RiskySignIn = {
  account: AccountId
  hashed: HashedPassword
  why: RiskSignal
  actor: Actor
  /** The secret that names the browser. */
  browser: string
  journey: Journey | undefined
  to: string | undefined
}

/** Writes down what was proved, and sends a code; answers the journey that waits for it. */
export async function requireEmailConfirmation(needs: ConfirmationNeeds, doubted: RiskySignIn): Promise<Journey> {
  const { account, hashed, why, actor } = doubted
  const journey = await journeyFor(needs, doubted)
  const at = needs.clock.now().toISOString()
  await prove(needs, needs.db, journey, { doubted: { account, password: sha256(hashed.hash), at } })
  await transact(needs.db, (tx) =>
    emit(needs, tx, { kind: 'sign-in-doubted', account, facts: { rule: why.rule }, personal: why.inputs }, actor),
  )
  await sendConfirmationCode(needs, account, journey, actor)
  return journey
}

/** The account too: on one journey a second person may try, to whom the code of the first one says nothing. */
export const subjectOf = ({ id }: Account, journey: Journey): string => `${id} ${journey.id}`

/** The code before stops working. */
export async function sendConfirmationCode(
  needs: ConfirmationNeeds,
  id: AccountId,
  journey: Journey,
  actor: Actor,
): Promise<void> {
  const { db, figures, outbox } = needs
  await transact(db, async (tx) => {
    const account = await holdAccount(tx, id) // a change of its address, which ends this code, was before or comes after
    if (!account) return
    if (!(await count({ ...needs, db: tx }, 'confirm-codes', account.id))) return
    const { codeLives: lives } = figures
    const tries = figures.limits['code-tries']
    const { code } = await draw(needs, tx, { purpose: 'confirm', subject: subjectOf(account, journey), lives, tries })
    const forgot = needs.origin + urls.forgot
    const brand = needs.brandOf(productOf(journey))
    const facts = { ...happeningOf(needs, account, actor), brand, code, minutes: inMinutes(lives), forgot }
    const { email: to, language } = account
    const letter = { topic: 'mail', name: 'confirm-sign-in', account: id, to, language } as const
    await outbox.post(tx, { ...letter, facts, usefulFor: lives })
  })
}
