/**
 * Creating an account.
 *
 *   ask ──► what was typed waits under the journey, a code goes to the address ──► the code, or its link ──► an account
 *
 * No account exists before the code is right, and an address that was merely typed is held by nobody. Whether it has
 * an account already is looked up when the letter is written, never while a page waits: the request does the same
 * work for both, and only the mailbox learns the truth.
 */
import { type Email, type EmailProblem, emailKey, parseEmail } from '../../core/account/email.ts'
import { type NameProblem, parseName } from '../../core/account/name.ts'
import { findAccountByEmail, insertAccount, newAccountId } from '../../core/account/store.ts'
import { type Needs as HistoryNeeds, record } from '../../core/history/history.ts'
import { type Needs as LetterNeeds, lettersWereWanted, mayWrite } from '../../core/notice/letter-caps.ts'
import {
  type CodeProblem,
  type Drawn,
  draw,
  lookAtLink,
  type Needs as OneTimeNeeds,
  takeCode,
  takeLink,
  tryCode,
} from '../../core/one-time/one-time.ts'
import type { Hashing } from '../../core/password/hashing.ts'
import { type PasswordProblem, parseNewPassword } from '../../core/password/policy.ts'
import { setPassword } from '../../core/password/store.ts'
import { type Needs as AdmissionNeeds, admitAsk } from '../../core/protection/admission.ts'
import { countAsk, keysOfAsk } from '../../core/protection/asking.ts'
import type { Proof } from '../../core/protection/challenge.ts'
import { codesSucceeded, countCode, type Needs as ProtectionNeeds, type Who } from '../../core/protection/protection.ts'
import { rememberBrowser } from '../../core/session/browsers.ts'
import type { Session } from '../../core/session/session.ts'
import { type Journey, type JourneyId, type Needs as JourneyNeeds, proveIdentity } from '../../journey/journey.ts'
import { after, type Duration, inMinutes } from '../../platform/clock.ts'
import { type Tx, transact } from '../../platform/database/db.ts'
import type { Language } from '../../platform/languages/languages.ts'
import type { Origin } from '../../platform/origin.ts'
import type { Message } from '../../platform/outbox/outbox.ts'
import { type Done, done, type Refused, refused } from '../../platform/outcome.ts'
import { at, urls } from '../../urls.ts'
import { deleteExpiredSignUps, deleteSignUp, findSignUp, holdSignUp, type PendingSignUp, putSignUp } from './store.ts'

export type Figures = { codeLives: Duration; codeTries: number; signUpLives: Duration }
export type Needs = JourneyNeeds &
  HistoryNeeds &
  OneTimeNeeds &
  ProtectionNeeds &
  AdmissionNeeds &
  LetterNeeds & {
    hashing: Hashing
    brandName: string
    origin: string
    figures: JourneyNeeds['figures'] &
      ProtectionNeeds['figures'] &
      AdmissionNeeds['figures'] &
      LetterNeeds['figures'] &
      Figures
  }

/** What was typed; `password` may be empty when one was chosen before. */
export type Form = { email: string; firstName: string; lastName: string; password: string; language: Language }
export type FormProblems = {
  email?: Refused<EmailProblem>
  firstName?: Refused<NameProblem>
  lastName?: Refused<NameProblem>
  password?: Refused<PasswordProblem>
  form?: Refused<'too-many' | 'not-proven'>
}
export type AskOutcome = Done<{ email: Email }> | { ok: false; problems: FormProblems }

/** Takes the form. Asking again on the same journey replaces what was typed before, and the code with it. */
export async function askToSignUp(
  needs: Needs,
  journey: Journey,
  form: Form,
  from: Origin,
  proof: Proof,
): Promise<AskOutcome> {
  const former = await findSignUp(needs.db, journey.id, needs.clock.now())
  const email = parseEmail(form.email)
  const firstName = parseName(form.firstName)
  const lastName = parseName(form.lastName)
  const about = [form.email, form.firstName, form.lastName, needs.brandName]
  const kept = form.password === '' ? former?.password : undefined
  const password = kept ? undefined : parseNewPassword(form.password, needs.policies.current(), about)
  if (!email.ok || !firstName.ok || !lastName.ok || password?.ok === false)
    return {
      ok: false,
      problems: {
        ...(!email.ok && { email }),
        ...(!firstName.ok && { firstName }),
        ...(!lastName.ok && { lastName }),
        ...(password?.ok === false && { password }),
      },
    }
  const admitted = await admitAsk(needs, askingFor(email.email, from), from, proof)
  if (!admitted.ok) return { ok: false, problems: { form: admitted } }
  const hashed = kept ?? (password && (await needs.hashing.make(password.password)))
  if (!hashed) throw new Error('a sign-up needs a password')
  const person = { email: email.email, firstName: firstName.name, lastName: lastName.name, language: form.language }
  const pending = { ...person, password: hashed }
  await transact(needs.db, async (tx) => {
    await putSignUp(tx, journey.id, pending, after(needs.clock.now(), needs.figures.signUpLives))
    // Ends the code that may have gone to another address. Nobody is told this one: the letter brings its own.
    await drawCode(needs, tx, journey.id)
    await postLetter(needs, tx, journey.id, pending)
  })
  return done({ email: email.email })
}

/** The job that writes the letter. Its name and facts are what the outbox keeps. */
export const SIGN_UP_LETTER = 'sign-up-letter'
export type SignUpLetterJob = { journey: JourneyId; email: Email; language: Language }

/** By which the delivery of a sign-up's letters is found. */
export const referenceOf = (journey: JourneyId): string => `sign-up ${journey}`

const drawCode = (needs: Needs, tx: Tx, journey: JourneyId): Promise<Drawn> =>
  draw(needs, tx, {
    purpose: 'sign-up',
    subject: journey,
    lives: needs.figures.codeLives,
    tries: needs.figures.codeTries,
  })

const letterJob = ({ figures }: Needs, facts: SignUpLetterJob): Message => ({
  topic: 'job',
  name: SIGN_UP_LETTER,
  facts,
  usefulFor: figures.codeLives,
})

const postLetter = (needs: Needs, tx: Tx, journey: JourneyId, { email, language }: PendingSignUp): Promise<void> =>
  needs.outbox.post(tx, letterJob(needs, { journey, email, language }))

/** Unfinished sign-ups go when nobody can finish them any more. */
export const forgetUnfinished = deleteExpiredSignUps

/** A new code. The one before stops working when the new one goes out, and not where none may go out any more. */
export async function resendCode(
  needs: Needs,
  journey: Journey,
  from: Origin,
): Promise<Done | Refused<'nothing-pending' | 'too-many'>> {
  const pending = await findSignUp(needs.db, journey.id, needs.clock.now())
  if (!pending) return refused('nothing-pending')
  if ((await countAsk(needs, askingFor(pending.email, from))).tooMany) return refused('too-many')
  await transact(needs.db, (tx) => postLetter(needs, tx, journey.id, pending))
  return done({})
}

/**
 * Draws the code, and writes the letter that tells the mailbox the truth: the code, or that there is an account already.
 * Both or neither: while no letter may go, the code of the one before goes on working. None is written once another
 * address was typed, or the sign-up finished; whoever types one meanwhile waits, and then ends the code drawn here.
 */
export async function writeSignUpLetter(needs: Needs, tx: Tx, job: SignUpLetterJob): Promise<void> {
  const pending = await holdSignUp(tx, job.journey, needs.clock.now())
  if (pending?.email !== job.email) return
  if (!(await mayWrite(needs, tx, { address: emailKey(job.email) }, letterJob(needs, job)))) return
  const { outbox, figures, origin, brandName: brand } = needs
  const { code, link } = await drawCode(needs, tx, job.journey)
  const owner = await findAccountByEmail(tx, job.email)
  const page = (path: string, query: Record<string, string>) => origin + at(path, query)
  const { journey } = job
  const query = { letter: journey }
  const taken = () => ({ brand, link: page(urls.signIn, query), forgot: page(urls.forgot, query) })
  const fresh = () => ({
    brand,
    code,
    link: page(urls.verify, { link, ...query }),
    minutes: inMinutes(figures.codeLives),
  })
  const letter = owner
    ? { name: 'address-has-account', to: owner.email, language: owner.language, facts: taken() }
    : { name: 'sign-up-code', to: job.email, language: job.language, facts: fresh() }
  await outbox.post(tx, { topic: 'mail', ...letter, reference: referenceOf(journey), usefulFor: figures.codeLives })
}

export const pendingSignUp = (needs: Needs, journey: Journey): Promise<PendingSignUp | undefined> =>
  findSignUp(needs.db, journey.id, needs.clock.now())

/** `journey` is the one the link was made for: only its own browser may press the button. */
export const whoseLink = (needs: Needs, link: string): Promise<string | undefined> => lookAtLink(needs, 'sign-up', link)

export type Confirmation = { journey: Journey; origin: Origin; former: Session | undefined }
export type ConfirmOutcome =
  | Done<{ session: string }>
  | Refused<CodeProblem | 'code-too-many' | 'nothing-pending' | 'address-taken'>

export async function confirmByCode(needs: Needs, confirmation: Confirmation, typed: string): Promise<ConfirmOutcome> {
  const { id } = confirmation.journey
  const pending = await findSignUp(needs.db, id, needs.clock.now())
  if (!pending) return refused('code-expired')
  if (!(await countCode(needs, whoTypes(pending.email, confirmation.origin)))) return refused('code-too-many')
  const tried = await tryCode(needs, 'sign-up', id, typed)
  if (!tried.ok) return tried
  return open(needs, confirmation, (tx) => takeCode(needs, tx, 'sign-up', id, tried.mark))
}

const askingFor = (email: Email, from: Origin) => ({ what: 'sign-up', ...whoTypes(email, from) }) as const
const whoTypes = (email: Email, { network }: Origin): Who => ({ address: emailKey(email), network })

export const confirmByLink = (needs: Needs, confirmation: Confirmation, link: string): Promise<ConfirmOutcome> =>
  open(needs, confirmation, (tx) => takeLink(needs, tx, 'sign-up', confirmation.journey.id, link))

/** Opens the account, if `take` says that this caller is the one who may. */
async function open(needs: Needs, { journey, origin, former }: Confirmation, take: (tx: Tx) => Promise<boolean>) {
  const { db, clock, random } = needs
  let who: Who | undefined
  const outcome = await transact(db, async (tx): Promise<ConfirmOutcome> => {
    if (!(await take(tx))) return refused('code-expired')
    const pending = await findSignUp(tx, journey.id, clock.now())
    if (!pending) return refused('nothing-pending')
    who = whoTypes(pending.email, origin)
    const account = newAccountId(random, clock)
    await deleteSignUp(tx, journey.id)
    await lettersWereWanted(needs, tx, who.address)
    if (!(await insertAccount(tx, account, pending, clock.now()))) return refused('address-taken')
    await setPassword(tx, account, pending.password, clock.now())
    const session = await proveIdentity(needs, tx, journey, { account, methods: ['pwd'], origin, former })
    await rememberBrowser(tx, account, origin, clock.now())
    await record(needs, tx, { kind: 'account-created', account, origin })
    return done({ session })
  })
  if (who && outcome.ok) await codesSucceeded(needs, who, keysOfAsk(needs, { what: 'sign-up', ...who }))
  return outcome
}
