/**
 * A sign-in with the right password from an unlikely place: before the session begins, the person types a code that went
 * to the mailbox. What was proved waits in the journey, and holds only while the password is the same.
 */

import type { Counts } from '../../core/limits/counters/count.ts'
import { clearConfirmedFailures, type LockoutNeeds } from '../../core/limits/sign-in-lockout.ts'
import { emailKey } from '../../core/model/account/email.ts'
import { type Account, findAccount } from '../../core/model/account/store.ts'
import { type CodeProblem, takeCode, tryCode } from '../../core/model/one-time/one-time.ts'
import { holdPassword } from '../../core/model/password/store.ts'
import type { Session } from '../../core/model/session/session.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { findSignInSubject } from '../../core/operations/password/sign-in-subject.ts'
import type { SignedIn } from '../../core/operations/session/trusted-browser.ts'
import type { JourneyNeeds } from '../../journey/begin.ts'
import type { Journey } from '../../journey/journey.ts'
import { completeSignIn } from '../../journey/signing-in/complete.ts'
import { sendConfirmationCode, subjectOf } from '../../journey/signing-in/email-confirmation.ts'
import type { Actor } from '../../platform/actor.ts'
import { after, type Duration, hours } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'

export type Needs = JourneyNeeds &
  LockoutNeeds &
  Counts<'confirm-codes' | 'code-tries'> & {
    figures: { codeLives: Duration }
  }

/** How long a right password waits for the mailbox: some codes that come late, not a day. */
const CONFIRMED_WITHIN = hours(2)

/** Whose password was right on this journey, and is confirmed now. */
export async function whoConfirms(
  { db, clock }: Needs,
  { proofs: { doubted } }: Journey,
): Promise<Account | undefined> {
  const isOver = !doubted || clock.now() >= after(new Date(doubted.at), CONFIRMED_WITHIN)
  return isOver ? undefined : findAccount(db, doubted.account)
}

/** A new code; the one before stops working. */
export async function resend(needs: Needs, journey: Journey, actor: Actor): Promise<Done | Refused<'nothing-pending'>> {
  const account = await whoConfirms(needs, journey)
  if (!account) return refused('nothing-pending')
  await sendConfirmationCode(needs, account.id, journey, actor)
  return done({})
}

export type SignInConfirmation = { journey: Journey; actor: Actor; former: Session | undefined }
export type ConfirmOutcome = Done<SignedIn> | Refused<CodeProblem | 'nothing-pending'>

export async function confirm(
  needs: Needs,
  { journey, actor, former }: SignInConfirmation,
  typed: string,
): Promise<ConfirmOutcome> {
  const { db, clock } = needs
  const account = await whoConfirms(needs, journey)
  const { doubted } = journey.proofs
  if (!account || !doubted) return refused('nothing-pending')
  const address = emailKey(account.email)
  const subject = await findSignInSubject(needs, account.email, actor, clock.now())
  const hashed = subject?.hashed
  // A second step that was turned on meanwhile is more than the mailbox: the person signs in again, by it.
  if (!hashed || isTwoStepOn(needs, subject) || sha256(hashed.hash) !== doubted.password)
    return refused('nothing-pending')
  const tried = await tryCode(needs, 'confirm', subjectOf(account, journey), typed)
  if (!tried.ok) return tried
  const begun = await transact(db, async (tx) => {
    if (!(await takeCode(needs, tx, 'confirm', subjectOf(account, journey), tried.mark))) return undefined
    if (!(await holdPassword(tx, account.id, hashed))) return undefined
    const signIn = { account: account.id, methods: ['pwd'], actor, former }
    return completeSignIn(needs, tx, journey, signIn)
  })
  if (!begun) return refused('nothing-pending')
  await clearConfirmedFailures(needs, address)
  return done(begun)
}
