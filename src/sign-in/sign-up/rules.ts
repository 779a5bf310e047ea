/**
 * Creating an account.
 *
 *   ask ──► what was typed waits under the journey, a code goes to the address ──► the code, or its link ──► an account
 *
 * No account exists before the code is right, and an address that was merely typed is held by nobody. Whether it has
 * an account already is looked up when the letter is written, never while a page waits: the request does the same
 * work for both, and only the mailbox learns the truth.
 *
 * A passkey in place of a password is asked for once the address and the names were taken: a device shows them. It has to
 * verify its person and to sign in with nothing typed, since there is nothing else to sign in with.
 */

import type { EventNeeds } from '../../core/events/emit.ts'
import { type AdmissionNeeds, admitRequest } from '../../core/limits/admission.ts'
import type { Proof } from '../../core/limits/challenge.ts'
import { type AnonymousRequest, forgiveRequest } from '../../core/limits/request-limits.ts'
import { type Email, type EmailProblem, emailKey, parseEmail } from '../../core/model/account/email.ts'
import { type NameProblem, parseName } from '../../core/model/account/name.ts'
import { insertAccount, newAccountId } from '../../core/model/account/store.ts'
import { type CodeProblem, lookAtLink } from '../../core/model/one-time/one-time.ts'
import type { Hashing } from '../../core/model/password/hashing.ts'
import { type Password, type PasswordProblem, parseNewPassword } from '../../core/model/password/policy.ts'
import { setPassword } from '../../core/model/password/store.ts'
import { PASSKEY_AMR } from '../../core/model/session/acr.ts'
import type { Session } from '../../core/model/session/session.ts'
import {
  deleteSignUp,
  findSignUp,
  isReady,
  type Means,
  meansOf,
  type PendingSignUp,
  putSignUp,
} from '../../core/model/sign-up/store.ts'
import { insertFirstPasskey, orRefused } from '../../core/operations/factor/enrol-passkey.ts'
import { linkTakes, resetMailLimits, type Take, tryLetterCode } from '../../core/operations/letter-code.ts'
import type { SignedIn } from '../../core/operations/session/trusted-browser.ts'
import {
  dropPasskey,
  endCode,
  postLetter,
  referenceOf,
  type SignUpLetterNeeds,
} from '../../core/operations/sign-up-letter.ts'
import { type JourneyNeeds, waitForSignUp } from '../../journey/begin.ts'
import { type Journey, productOf } from '../../journey/journey.ts'
import { completeSignIn } from '../../journey/signing-in/complete.ts'
import { SECOND_STEP_WITHIN } from '../../journey/store.ts'
import type { Actor } from '../../platform/actor.ts'
import { after, type Duration } from '../../platform/clock.ts'
import { transact } from '../../platform/database/db.ts'
import type { Language } from '../../platform/languages/languages.ts'
import { recipientProved } from '../../platform/outbox/store.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'

export type Needs = JourneyNeeds &
  AdmissionNeeds &
  EventNeeds &
  SignUpLetterNeeds & {
    hashing: Hashing
    figures: { signUpLives: Duration }
  }

/** What was typed; `password` may be empty when one was chosen before. `byPasskey`: a passkey takes its place. */
export type Form = {
  email: string
  firstName: string
  lastName: string
  password: string
  byPasskey?: boolean
  language: Language
}
export type FormProblems = {
  email?: Refused<EmailProblem>
  firstName?: Refused<NameProblem>
  lastName?: Refused<NameProblem>
  password?: Refused<PasswordProblem>
  form?: Refused<'not-proven'>
}
/** `isReady`: a code goes to the address; else the browser makes a passkey first. */
export type AskOutcome = Done<{ isReady: boolean; journey: Journey }> | { ok: false; problems: FormProblems }

/** Takes the form; where nothing waits, a journey begins. AnonymousRequest again on it replaces what was typed. */
export async function askToSignUp(
  needs: Needs,
  waits: Journey | { browser: string },
  form: Form,
  from: Actor,
  proof: Proof,
): Promise<AskOutcome> {
  const former = 'id' in waits ? await findSignUp(needs.db, waits.id, needs.clock.now()) : undefined
  const email = parseEmail(form.email)
  const firstName = parseName(form.firstName)
  const lastName = parseName(form.lastName)
  const chosen = chosenIn(needs, form, former)
  if (!email.ok || !firstName.ok || !lastName.ok || !chosen.ok)
    return {
      ok: false,
      problems: {
        ...(!email.ok && { email }),
        ...(!firstName.ok && { firstName }),
        ...(!lastName.ok && { lastName }),
        ...(!chosen.ok && { password: chosen }),
      },
    }
  const admitted = await admitRequest(needs, askingFor(email.email, from), from, proof)
  if (!admitted.ok) return { ok: false, problems: { form: admitted } }
  const means: Means = chosen.means ?? {
    password: await needs.hashing.make(chosen.password, { network: from.network }),
  }
  const names = { firstName: firstName.name, lastName: lastName.name }
  const pending = { email: email.email, ...names, language: form.language, ...means }
  const journey = await transact(needs.db, async (tx) => {
    const { journey, until } = await waitForSignUp(needs, tx, waits, from.network)
    await putSignUp(tx, journey.id, pending, until)
    // Ends the code that may have gone to another address; to the same one it works until the next one goes.
    if (former?.email !== pending.email) await endCode(needs, tx, journey.id)
    if (isReady(pending)) await postLetter(needs, tx, towards(journey), pending)
    return journey
  })
  return done({ isReady: isReady(pending), journey })
}

/** Which sign-up a letter is for, and on the way to what. */
export const towards = (journey: Journey) => ({ journey: journey.id, product: productOf(journey) })

type Chosen = Done<{ means: Means } | { means?: undefined; password: Password }>

/** A passkey that is to be made, what was chosen before, or a password. One device keeps one passkey of an account to be. */
function chosenIn(needs: Needs, form: Form, former: PendingSignUp | undefined): Chosen | Refused<PasswordProblem> {
  const { random, clock, policies, brandOf } = needs
  if (form.byPasskey)
    return done({ means: { passkey: { account: former?.passkey?.account ?? newAccountId(random, clock) } } })
  if (form.password === '' && former && isReady(former)) return done({ means: meansOf(former) })
  return parseNewPassword(form.password, policies.current(), [
    form.email,
    form.firstName,
    form.lastName,
    brandOf().name,
  ])
}

/**
 * A new code. The one before stops working when the new one goes out, and not where none may go out any more. Where some
 * work has to be proved first, the form is sent once more, which comes to the same.
 */
export async function resendCode(
  needs: Needs,
  journey: Journey,
  from: Actor,
): Promise<Done | Refused<'nothing-pending' | 'not-proven'>> {
  const pending = await findSignUp(needs.db, journey.id, needs.clock.now())
  if (!pending || !isReady(pending)) return refused('nothing-pending')
  const admitted = await admitRequest(needs, askingFor(pending.email, from), from, { challenge: '', proof: '' })
  if (!admitted.ok) return admitted
  await transact(needs.db, (tx) => postLetter(needs, tx, towards(journey), pending))
  return done({})
}

export const pendingSignUp = (needs: Needs, journey: Journey): Promise<PendingSignUp | undefined> =>
  findSignUp(needs.db, journey.id, needs.clock.now())

/** `journey` is the one the link was made for: only its own browser may press the button. */
export const whoseLink = (needs: Needs, link: string): Promise<string | undefined> => lookAtLink(needs, 'sign-up', link)
const askingFor = (email: Email, { network }: Actor): AnonymousRequest => ({
  what: 'sign-up',
  address: emailKey(email),
  network,
})

export type SignUpConfirmation = { journey: Journey; actor: Actor; former: Session | undefined }
export type ConfirmOutcome =
  | Done<SignedIn & { hasPassword: boolean }>
  | Refused<CodeProblem | 'nothing-pending' | 'address-taken' | 'passkey-refused'>

export async function confirmByCode(
  needs: Needs,
  confirmation: SignUpConfirmation,
  typed: string,
): Promise<ConfirmOutcome> {
  const { id } = confirmation.journey
  const tried = await tryLetterCode(needs, { purpose: 'sign-up', subject: id }, typed)
  return tried.ok ? open(needs, confirmation, tried.take) : tried
}

export const confirmByLink = (needs: Needs, confirmation: SignUpConfirmation, link: string): Promise<ConfirmOutcome> =>
  open(needs, confirmation, linkTakes(needs, { purpose: 'sign-up', subject: confirmation.journey.id }, link))

/** Opens the account, if `take` says that this caller is the one who may. */
async function open(needs: Needs, { journey, actor, former }: SignUpConfirmation, take: Take) {
  const { db, clock, random } = needs
  let asked: AnonymousRequest | undefined
  const opened = transact(db, async (tx): Promise<ConfirmOutcome> => {
    const pending = await findSignUp(tx, journey.id, clock.now())
    const taken = await take(tx, pending && emailKey(pending.email))
    if (!taken.ok) return taken
    if (!pending || !isReady(pending)) return refused('nothing-pending')
    asked = askingFor(pending.email, actor)
    const { password, passkey } = pending
    const account = passkey?.account ?? newAccountId(random, clock)
    await deleteSignUp(tx, journey.id)
    await resetMailLimits(needs, tx, asked.address)
    if (!(await insertAccount(tx, account, pending, clock.now()))) return refused('address-taken')
    await recipientProved(tx, account, { reference: referenceOf(journey.id), to: pending.email })
    if (password) await setPassword(needs, tx, account, password, clock.now())
    if (passkey?.made) await insertFirstPasskey(needs, tx, account, passkey.made.passkey)
    const signIn = { account, ...provedBy(needs, pending), actor, former }
    const signedIn = await completeSignIn(needs, tx, journey, signIn, 'account-created')
    return done({ ...signedIn, hasPassword: password !== undefined })
  })
  const outcome = await orRefused(opened)
  if (asked && outcome.ok) await forgiveRequest(needs, asked)
  if (!outcome.ok && outcome.reason === 'passkey-refused') await dropPasskey(needs, journey.id)
  return outcome
}

/**
 * Making a passkey counts as having used it, while a right password would wait for more: the browser answered our challenge
 * here, and has verified its person. What is older proves nothing of now.
 */
function provedBy({ clock }: Needs, { passkey }: Means): { methods: string[]; factor?: boolean } {
  if (!passkey) return { methods: ['pwd'] }
  const isLate = !passkey.made || clock.now() >= after(new Date(passkey.made.at), SECOND_STEP_WITHIN)
  return isLate ? { methods: [] } : { methods: [...PASSKEY_AMR], factor: true }
}
