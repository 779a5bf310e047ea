/**
 * The second step of a sign-in: a second factor is proved.
 *
 *   the password was right ──┐
 *   a page needs a step-up ──┴──► a code of an app, a code that was sent, a passkey, a recovery code ──► a session that proved both
 *
 * Every attempt is counted before the code is checked, in one counter for all factors of the account. A code is spent by one
 * statement: of several requests with the same one, the first wins.
 */

import { type EventNeeds, emit } from '../../core/events/emit.ts'
import type { Counts } from '../../core/limits/counters/count.ts'
import { clearFailures, countSignIn, type LockoutNeeds, type SignInAttempt } from '../../core/limits/sign-in-lockout.ts'
import { holdAccount } from '../../core/model/account/store.ts'
import { factorKinds, isSecondFactor } from '../../core/model/factor/kinds.ts'
import { FEW_CODES } from '../../core/model/factor/recovery-code.ts'
import { holdPassword } from '../../core/model/password/store.ts'
import { holdSession } from '../../core/model/session/store.ts'
import type { FactorFigures } from '../../core/operations/factor/add-factor.ts'
import {
  type FactorProof,
  type ProofNeeds,
  provesFactor,
  type SecondFactorInput,
  type Unproved,
  verifySecondFactor,
} from '../../core/operations/factor/prove-second-factor.ts'
import type { SecondFactorSubject } from '../../core/operations/factor/second-factor-subject.ts'
import type { SignedIn } from '../../core/operations/session/trusted-browser.ts'
import type { JourneyNeeds } from '../../journey/begin.ts'
import type { SecondFactorContext } from '../../journey/second-factor.ts'
import { completeSignIn } from '../../journey/signing-in/complete.ts'
import { codeSubjectOf } from '../../journey/signing-in/second-step-code.ts'
import { passwordProved } from '../../journey/store.ts'
import type { Actor } from '../../platform/actor.ts'
import { after, days } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { urls } from '../../urls.ts'

export type Needs = JourneyNeeds &
  EventNeeds &
  LockoutNeeds &
  ProofNeeds &
  Counts<'wrong-codes'> & { figures: FactorFigures }

/** How long a trusted browser skips this step (E6). */
export const REMEMBERED_FOR = days(30)

/** In the place of a factor's id: a recovery code. */
export const RECOVERY = 'recovery'

export type { SecondFactorInput }
export type SecondStepProblem = 'code-missing' | 'code-used' | 'too-many' | Unproved['reason']

export async function takeSecondStep(
  needs: Needs,
  context: SecondFactorContext,
  subject: SecondFactorSubject,
  { remember, ...typed }: SecondFactorInput & { remember: boolean },
): Promise<Done<SignedIn> | Refused<SecondStepProblem>> {
  const byPasskey = typed.answer !== ''
  if (!byPasskey && typed.code.trim() === '') return refused('code-missing')
  const { actor, journey } = context
  const who: SignInAttempt = {
    address: `second step of ${subject.account.id}`,
    browser: subject.signedInBefore ? actor.browser : '',
  }
  const counted = await countSignIn(needs, who)
  if (!counted && !byPasskey) return refused('too-many') // the answer of a passkey is no guess
  const found = await verifySecondFactor(needs, subject, typed, {
    actor,
    first: provedBefore(needs, context).length === 0,
    codeSubjectOf: (id) => codeSubjectOf(subject, journey, id),
  })
  if (!found.ok) {
    if (counted) await tellOfWrongCode(needs, subject, actor, counted.failures)
    return found
  }
  const begun = await begin(needs, context, subject, found.proof, remember)
  if (!begun) return refused(byPasskey ? 'passkey-refused' : 'code-used')
  await clearFailures(needs, who)
  return done(begun)
}

/** The methods that were proved before this step. */
const provedBefore = (needs: Needs, { journey, session }: SecondFactorContext): readonly string[] =>
  passwordProved(needs, journey) ? ['pwd'] : (session?.methods ?? [])

/**
 * Whether it is a sign-in: after a password, or by a passkey with user verification that is not new. Otherwise a session has
 * proved one factor more, and is as old as it was.
 */
const isSignIn = (needs: Needs, { journey }: SecondFactorContext, proof: FactorProof): boolean =>
  passwordProved(needs, journey) !== undefined || (proof.userVerified && !proof.coolingOffUntil)

/**
 * Until when the session may not change the address or factors: it was proved by a new factor, or by a code of a new set, and
 * there is an older factor (K4).
 */
const newUntil = ({ hasOlder }: SecondFactorSubject, proof: FactorProof): Date | undefined =>
  hasOlder ? proof.coolingOffUntil : undefined

/** Locks what was proved before until the transaction ends: the password, or the session of an account that is not blocked. */
async function holdBefore(
  needs: Needs,
  tx: Tx,
  { journey, session }: SecondFactorContext,
  { account, hash }: SecondFactorSubject,
) {
  if (passwordProved(needs, journey)) return hash !== undefined && holdPassword(tx, account.id, { hash })
  const held = await holdAccount(tx, account.id)
  return !!held && !held.blockedAt && !!session && holdSession(tx, session.uid, needs.clock.now())
}

/** Starts the session; undefined if the code is spent, the password was changed, or the session has ended. */
const begin = (
  needs: Needs,
  context: SecondFactorContext,
  subject: SecondFactorSubject,
  proof: FactorProof,
  remember: boolean,
) =>
  transact(needs.db, async (tx) => {
    const { account } = subject
    const { journey, session: former, actor } = context
    if (!(await holdBefore(needs, tx, context, subject))) return undefined
    if (!(await proof.take(tx))) return undefined
    const methods = [...new Set([...provedBefore(needs, context), ...proof.amr])]
    const isKept = remember && isSecondFactor(proof.kind) // a code by mail is no second factor: it skips none later
    const signedIn = await completeSignIn(needs, tx, journey, {
      account: account.id,
      methods,
      factor: provesFactor(proof),
      ...(isSignIn(needs, context, proof)
        ? { coolingOff: newUntil(subject, proof) }
        : { since: former?.authenticatedAt, coolingOff: newUntil(subject, proof) ?? former?.coolingOffUntil }),
      actor,
      former,
      skipsUntil: isKept ? after(needs.clock.now(), REMEMBERED_FOR) : undefined,
    })
    if (factorKinds[proof.kind].proof === 'recovery-code') await tellOfRecovery(needs, tx, subject, actor)
    return signedIn
  })

async function tellOfRecovery(
  needs: Needs,
  tx: Tx,
  { account, recoveryCodes }: SecondFactorSubject,
  actor: Actor,
): Promise<void> {
  const left = recoveryCodes - 1
  const notice = { left, ...(left <= FEW_CODES && { make: needs.origin + urls.recoveryCodes }) }
  await emit(needs, tx, { kind: 'recovery-code-used', account: account.id, notice }, actor)
}

const tellOfWrongCode = (
  needs: Needs,
  { account }: SecondFactorSubject,
  actor: Actor,
  failures: number,
): Promise<void> =>
  transact(needs.db, (tx) => {
    const notice = failures === needs.figures.limits['wrong-codes'] ? {} : null
    return emit(needs, tx, { kind: 'second-step-refused', account: account.id, notice }, actor)
  })
