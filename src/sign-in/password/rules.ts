/**
 * Signing in with an address and a password.
 *
 *   find the account ──► count the try ──► compare ──► a session, or one and the same refusal
 *                                             └──► from an unlikely place: a code to the mailbox first
 *
 * An unknown address, a wrong password, too many tries and the operator's block are the same refusal after the same work:
 * the try is counted before a hash is compared, a hash is compared in any case, and the refusal is written down in any
 * case. A password that was changed while it was compared is the old one.
 */

import { emit } from '../../core/events/emit.ts'
import { type AdmissionNeeds, admitSignIn } from '../../core/limits/admission.ts'
import type { Proof } from '../../core/limits/challenge.ts'
import { countFailedSignIn } from '../../core/limits/risk/risk-rules.ts'
import { assessRisk } from '../../core/limits/risk/unfamiliar-browser.ts'
import {
  clearFailures,
  clearPasswordFailures,
  type LockoutNeeds,
  type SignInAttempt,
  type SignInCount,
} from '../../core/limits/sign-in-lockout.ts'
import { type EmailProblem, emailKey, parseEmail } from '../../core/model/account/email.ts'
import type { AccountId } from '../../core/model/account/store.ts'
import type { HashedPassword, Hashing } from '../../core/model/password/hashing.ts'
import { preparePassword } from '../../core/model/password/policy.ts'
import { holdPassword, setPassword } from '../../core/model/password/store.ts'
import type { Session } from '../../core/model/session/session.ts'
import { isTwoStepOn } from '../../core/operations/factor/two-step.ts'
import { findSignInSubject, type SignInSubject } from '../../core/operations/password/sign-in-subject.ts'
import { endCopied, type SignedIn } from '../../core/operations/session/trusted-browser.ts'
import { tellOfLockout } from '../../core/operations/tell-of-lockout.ts'
import { type JourneyNeeds, journeyFor } from '../../journey/begin.ts'
import { type Journey, productOf } from '../../journey/journey.ts'
import { completeSignIn } from '../../journey/signing-in/complete.ts'
import { type ConfirmationNeeds, requireEmailConfirmation } from '../../journey/signing-in/email-confirmation.ts'
import { type SecondStepCodeNeeds, sendAtOnce } from '../../journey/signing-in/second-step-code.ts'
import { prove } from '../../journey/store.ts'
import type { Actor } from '../../platform/actor.ts'
import { after, days } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { sha256 } from '../../platform/secrets/keyring.ts'

export type Needs = JourneyNeeds &
  ConfirmationNeeds &
  SecondStepCodeNeeds &
  LockoutNeeds &
  AdmissionNeeds & { hashing: Hashing }

export type Attempt = {
  email: string
  password: string
  actor: Actor
  /** The secret that names the browser. */
  browser: string
  journey: Journey | undefined
  /** The page of ours to come back to, where no journey waits. */
  to: string | undefined
  /** The session this browser has already, if any: it is renewed, or ends where somebody else signs in. */
  former: Session | undefined
  /** The browser has said that it can make passkeys. */
  makesPasskeys?: boolean
  proof: Proof
}
/**
 * `session` is the secret for the cookie; `journey`: on which it goes on. `waits`: what has to be done first, on that journey.
 * `copied`: there is a copy of what marked the browser.
 */
export type SignInOutcome =
  | Done<SignedIn & { waits?: undefined; journey: Journey | undefined }>
  | Done<{ waits: 'confirm' | 'secondStep'; copied: boolean; journey: Journey }>
  | Refused<EmailProblem | 'password-missing' | 'not-recognised' | 'not-proven'>

export async function signIn(needs: Needs, attempt: Attempt): Promise<SignInOutcome> {
  const parsed = parseEmail(attempt.email)
  if (!parsed.ok) return parsed
  if (attempt.password === '') return refused('password-missing')
  const { clock, hashing } = needs
  const { actor } = attempt
  const subject = await findSignInSubject(needs, parsed.email, actor, clock.now())
  const isKnown = subject?.trust.known ?? false
  const address = emailKey(parsed.email)
  const { network } = actor
  const who = isKnown ? { address, browser: actor.browser } : { address, network, browser: '' }
  const admitted = await admitSignIn(needs, who, actor, attempt.proof)
  if (!admitted.ok) return admitted.reason === 'not-proven' ? admitted : refused('not-recognised')
  const { counted } = admitted

  const password = preparePassword(attempt.password)
  const forWhom = subject && isKnown ? { account: subject.id } : { network }
  const { fits, stale } = await hashing.check(password, subject?.hashed, forWhom)
  if (!subject?.hashed || !password || !fits || subject.blocked) {
    if (!isKnown) await countFailedSignIn(needs, { address, network })
    return refuse(needs, attempt, counted, subject?.id)
  }
  const renewed = stale ? await hashing.make(password, forWhom) : undefined
  const owned = { account: subject.id, hashed: subject.hashed, renewed, who }
  const outcome = await goOn(needs, attempt, subject, owned)
  if (outcome.ok) return outcome
  // Of several first uses at once, one takes the first use; the others are assessed again without it.
  const by = subject.firstUse ? await findSignInSubject(needs, parsed.email, actor, clock.now()) : undefined
  const isStill = by && !by.firstUse && !by.blocked && by.hashed?.hash === owned.hashed.hash
  const again = isStill ? await goOn(needs, attempt, by, owned) : outcome
  return again.ok ? again : refuse(needs, attempt, counted, subject.id)
}

type GoesOn = Extract<SignInOutcome, { ok: true }> | Refused<'changed-meanwhile'>

/** The password was right: what else is needed, or a session. */
async function goOn(needs: Needs, attempt: Attempt, subject: SignInSubject, owned: Owned): Promise<GoesOn> {
  const { actor, browser, journey, to } = attempt
  const { account, hashed, renewed, who } = owned
  const { known, copied, skipsSecondFactor } = subject.trust
  if (copied) await transact(needs.db, (tx) => endCopied(needs, tx, account, actor))
  const doubt = assessRisk({ ...actor, now: needs.clock.now(), places: needs.places, ...subject })
  const isMoreNeeded = isTwoStepOn(needs, subject) && (doubt || !skipsSecondFactor)
  const why = known ? undefined : doubt // the mailbox confirms no more than a browser that is known
  if (why || isMoreNeeded) {
    await clearPasswordFailures(needs, who)
    const kept = renewed && (await renew(needs, { account, hashed, renewed })) ? renewed : hashed
    if (isMoreNeeded)
      return done({ waits: 'secondStep', copied, journey: await beginSecondFactor(needs, attempt, subject, kept) })
    if (why) {
      const doubted = { account, hashed: kept, why, actor, browser, journey, to }
      return done({ waits: 'confirm', copied, journey: await requireEmailConfirmation(needs, doubted) })
    }
  }
  const on = offersPasskey(needs, attempt, subject) ? await withOffer(needs, attempt) : journey
  const begun = await begin(needs, { ...attempt, journey: on }, { ...owned, firstUse: subject.firstUse })
  return begun ? done({ ...begun, journey: on }) : refused('changed-meanwhile')
}

/** How long "Not now" holds. */
const PUT_OFF_FOR = days(90)

/**
 * Whether a passkey is offered afterwards: never where the browser has not said that it can, where the account has one, or to
 * somebody who is in the middle of something in account management.
 */
function offersPasskey(
  { clock }: Needs,
  { makesPasskeys, to }: Attempt,
  { maxAcr, passkeyPutOffAt: putOff }: SignInSubject,
) {
  if (!makesPasskeys || maxAcr === 'phr' || to !== undefined) return false
  return !putOff || clock.now() >= after(putOff, PUT_OFF_FOR)
}

/** The journey with an offer at its end; it is written down when the session begins. */
async function withOffer(needs: Needs, attempt: Attempt): Promise<Journey> {
  const journey = await journeyFor(needs, attempt)
  return { ...journey, proofs: { ...journey.proofs, offerPasskey: true } }
}

/** Writes down that the password was right; answers the journey that waits for the second step. */
async function beginSecondFactor(needs: Needs, attempt: Attempt, subject: SignInSubject, { hash }: HashedPassword) {
  const { db, clock } = needs
  const journey = await journeyFor(needs, attempt)
  const password = { account: subject.id, password: sha256(hash), at: clock.now().toISOString() }
  const proofs = { password, offerPasskey: offersPasskey(needs, attempt, subject) }
  await prove(needs, db, journey, proofs)
  const waiting = { ...journey, proofs: { ...journey.proofs, ...proofs } }
  if (subject.hasNumber) await sendAtOnce(needs, waiting, attempt.actor)
  return waiting
}

/** False where the password was changed meanwhile: what is doubted now is then never confirmed. */
const renew = (needs: Needs, { account, hashed, renewed }: Required<Omit<Owned, 'who'>>): Promise<boolean> =>
  transact(needs.db, async (tx) => {
    if (!renewed || !(await holdPassword(tx, account, hashed))) return false
    await setPassword(needs, tx, account, renewed, needs.clock.now())
    return true
  })

type Owned = { account: AccountId; hashed: HashedPassword; renewed: HashedPassword | undefined; who: SignInAttempt }

/** Starts the session, unless the password was changed meanwhile, or its first use is over. */
async function begin(
  needs: Needs,
  { actor, journey, former }: Attempt,
  { account, hashed, renewed, who, firstUse }: Owned & Pick<SignInSubject, 'firstUse'>,
) {
  const { db, clock } = needs
  const begun = await transact(db, async (tx) => {
    if (!(await holdPassword(tx, account, hashed, { firstUse }))) return undefined
    if (renewed) await setPassword(needs, tx, account, renewed, clock.now())
    return completeSignIn(needs, tx, journey, { account, methods: ['pwd'], actor, former })
  })
  if (begun) await clearFailures(needs, who)
  return begun
}

async function refuse(
  needs: Needs,
  { email, actor, journey }: Attempt,
  counted: SignInCount,
  account: AccountId | undefined,
) {
  await transact(needs.db, async (tx) => {
    await tellOfLockout(needs, tx, { email, actor, counted, product: productOf(journey) })
    await emit(needs, tx, { kind: 'sign-in-refused', account: account ?? null }, actor)
  })
  return refused('not-recognised')
}
