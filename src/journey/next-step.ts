/**
 * Where an interrupted sign-in goes next.
 *
 * A journey is one row: what a product (or a place of ours) asked for, plus what this browser has proved so far.
 * A page collects one proof, writes it down and sends the browser to /continue/:journey. No page knows the page
 * after it. Only this list does, and its order is the policy.
 */
import type { Duration } from '../platform/clock.ts'
import { urls } from '../urls.ts'

/** What was asked for: `prompt` and `max_age` of OpenID Connect Core, section 3.1.2.1. */
export type Asks = {
  /** No page may be shown (`prompt=none`). */
  silent?: boolean
  /** The person must sign in again, session or not (`prompt=login`). */
  signIn?: boolean
  /** Begins with creating an account (`prompt=create`). */
  signUp?: boolean
  /** The person says with which account to go on (`prompt=select_account`). */
  choose?: boolean
  /** The person sees who asks, for which account: any program of the device may have made the request (RFC 8252, section 8.6). */
  confirm?: boolean
  /** Signed in no longer ago than this (`max_age`). */
  maxAge?: Duration
}

/** What is required from that time on, and may be postponed until then. */
export type Requirement = { readonly by: Date; readonly postponed: boolean }

export type Facts = {
  readonly now: Date
  readonly asks: Asks
  /** What was proved on this journey, lately enough to count as just now. `account`: somebody signed in on it, whenever. */
  readonly proved: {
    readonly account: boolean
    readonly identity: boolean
    readonly choice: boolean
    readonly consent: boolean
  }
  /** The live session of the browser, if it has one. */
  readonly session: { readonly authenticatedAt: Date } | undefined
  /** The password was right on this journey just now, and a second factor has to follow. */
  readonly passwordProved: boolean
  /** What waits asks for a second factor that this session has not proved (step-up), and the account has one. */
  readonly stepUpNeeded: boolean
  /** The product asks for a higher `acr` than that of the session; perhaps than the account can reach. */
  readonly acrUnmet: boolean
  /** A product waits, and the account is about to close. */
  readonly closing: boolean
  /** The password falls short of what is asked today. */
  readonly betterPassword: Requirement | undefined
  /** There is no second factor, and one is required. */
  readonly secondFactor: Requirement | undefined
  /** A passkey is offered after a sign-in by password. */
  readonly offerPasskey: boolean
  /** A third-party product waits for something the person has not agreed to yet. */
  readonly consentNeeded: boolean
}

/** OpenID Connect Core 1.0, section 3.1.2.6; Unmet Authentication Requirements 1.0. */
type Refusal =
  | 'login_required'
  | 'interaction_required'
  | 'account_selection_required'
  | 'consent_required'
  | 'unmet_authentication_requirements'

/** A page on the way, with all that anybody has to know of it: nothing else has to be told when one is added. */
export type Step = {
  readonly name: string
  readonly path: string
  /** What a silent request is answered. */
  readonly refusal: Refusal
  needed(facts: Facts): boolean
  /** The facts when the person has done it. */
  done(facts: Facts): Facts
}
export type Next = { go: 'show'; step: Step } | { go: 'refuse'; step: Step } | { go: 'on' }

const signedInNow = (f: Facts): Facts => ({
  ...f,
  session: { authenticatedAt: f.now },
  proved: { ...f.proved, account: true, identity: true },
})
const chooseAccount = {
  name: 'choose-account',
  path: urls.chooseAccount,
  done: (f: Facts): Facts => ({ ...f, proved: { ...f.proved, choice: true } }),
}
const secondStep = {
  name: 'second-step',
  path: urls.secondStep,
  done: (f: Facts): Facts => ({ ...signedInNow(f), passwordProved: false, stepUpNeeded: false, acrUnmet: false }),
}

/** Every step there is: the first that is needed is next. */
export const STEPS: readonly Step[] = [
  {
    name: 'sign-up',
    path: urls.signUp,
    refusal: 'interaction_required',
    needed: (f) => !!f.asks.signUp && !f.proved.account,
    done: signedInNow,
  },
  { ...chooseAccount, refusal: 'account_selection_required', needed: (f) => !!f.asks.choose && mustChoose(f) },
  { ...chooseAccount, refusal: 'interaction_required', needed: mustConfirm },
  { ...secondStep, refusal: 'login_required', needed: (f) => f.passwordProved },
  { name: 'sign-in', path: urls.signIn, refusal: 'login_required', needed: (f) => !signedIn(f), done: signedInNow },
  {
    ...secondStep,
    refusal: 'unmet_authentication_requirements',
    needed: (f) => f.acrUnmet && (f.stepUpNeeded || !!f.asks.silent),
  },
  { ...secondStep, refusal: 'interaction_required', needed: (f) => f.stepUpNeeded },
  {
    name: 'keep-account',
    path: urls.keepAccount,
    refusal: 'interaction_required',
    needed: (f) => f.closing,
    done: (f) => ({ ...f, closing: false }),
  },
  {
    name: 'better-password',
    path: urls.betterPassword,
    refusal: 'interaction_required',
    needed: (f) => isBlocking(f, f.betterPassword),
    done: (f) => ({ ...f, betterPassword: undefined }),
  },
  {
    name: 'enrol-second-factor',
    path: urls.enrolSecondFactor,
    refusal: 'interaction_required',
    needed: (f) => isBlocking(f, f.secondFactor),
    done: (f) => ({ ...f, secondFactor: undefined }),
  },
  {
    name: 'offer-passkey',
    path: urls.offerPasskey,
    refusal: 'interaction_required',
    needed: (f) => f.offerPasskey && !f.asks.silent,
    done: (f) => ({ ...f, offerPasskey: false }),
  },
  {
    name: 'consent',
    path: urls.consent,
    refusal: 'consent_required',
    needed: (f) => f.consentNeeded && !f.proved.consent,
    done: (f) => ({ ...f, proved: { ...f.proved, consent: true } }),
  },
]

export function nextStep(facts: Facts, steps = STEPS): Next {
  const step = steps.find(({ needed }) => needed(facts))
  return step ? { go: facts.asks.silent ? 'refuse' : 'show', step } : { go: 'on' }
}

function mustChoose({ proved, session }: Facts): boolean {
  return !!session && !proved.choice && !proved.identity
}

/** Where the person is asked to consent on this journey, that page says who asks and for which account. */
function mustConfirm(facts: Facts): boolean {
  return !!facts.asks.confirm && mustChoose(facts) && !facts.consentNeeded && !facts.proved.consent
}

/** Postponed once, it is asked again when the time is up; a silent request is only held up by what cannot be postponed. */
const isBlocking = ({ now, asks }: Facts, required: Requirement | undefined): boolean =>
  required !== undefined && (now >= required.by || !(required.postponed || asks.silent))

/** Signed in, as lately as was asked. */
function signedIn({ now, asks, proved, session }: Facts): boolean {
  if (!session) return false
  if (proved.identity) return true
  const age = now.getTime() - session.authenticatedAt.getTime()
  return !asks.signIn && (!asks.maxAge || age <= asks.maxAge.ms)
}
