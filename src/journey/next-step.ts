/**
 * Where an interrupted sign-in goes next.
 *
 * A journey is one row: what a product (or a place of ours) asked for, plus what this browser has proved so far.
 * A page collects one proof, writes it down and sends the browser to /continue/:journey. No page knows the page
 * after it. Only this list does, and its order is the policy.
 */
import type { Duration } from '../platform/clock.ts'

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

/** What may be put off until then, and whether it was. */
export type Due = { readonly by: Date; readonly later: boolean }

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
  /** More than a password has to be proved: the password was right just now, or the page that waits asks for it. */
  readonly moreNeeded: boolean
  /** A product waits, and the account is about to close. */
  readonly closing: boolean
  /** The password falls short of what is asked today: until when that may be put off, and whether it was. */
  readonly betterPassword: Due | undefined
  /** There is no second way to sign in, and one is required: until when that may be put off, and whether it was. */
  readonly secondWay: Due | undefined
  /** A passkey is offered after a sign-in by password. */
  readonly offerPasskey: boolean
  /** A third-party product waits for something the person has not agreed to yet. */
  readonly consentNeeded: boolean
}

export type Step = (typeof STEPS)[number]['step']
type Refusal = 'login_required' | 'interaction_required' | 'account_selection_required' | 'consent_required'
export type Next = { go: 'show'; step: Step } | { go: 'refuse'; error: Refusal } | { go: 'on' }

type Rule = { step: string; refusal: Refusal; needed(facts: Facts): boolean }

const STEPS = [
  { step: 'sign-up', refusal: 'interaction_required', needed: (f) => !!f.asks.signUp && !f.proved.account },
  { step: 'choose-account', refusal: 'account_selection_required', needed: (f) => !!f.asks.choose && mustChoose(f) },
  { step: 'choose-account', refusal: 'interaction_required', needed: mustConfirm },
  { step: 'second-step', refusal: 'login_required', needed: (f) => f.moreNeeded },
  { step: 'sign-in', refusal: 'login_required', needed: (f) => !signedIn(f) },
  { step: 'keep-account', refusal: 'interaction_required', needed: (f) => f.closing },
  { step: 'better-password', refusal: 'interaction_required', needed: (f) => isDue(f, f.betterPassword) },
  { step: 'second-way', refusal: 'interaction_required', needed: (f) => isDue(f, f.secondWay) },
  { step: 'offer-passkey', refusal: 'interaction_required', needed: (f) => f.offerPasskey && !f.asks.silent },
  { step: 'consent', refusal: 'consent_required', needed: (f) => f.consentNeeded && !f.proved.consent },
] as const satisfies readonly Rule[]

/** The steps in their order, for the documentation. */
export const steps: readonly { step: string; refusal: string }[] = STEPS

export function nextStep(facts: Facts): Next {
  const needed = STEPS.find((rule) => rule.needed(facts))
  if (!needed) return { go: 'on' }
  return facts.asks.silent ? { go: 'refuse', error: needed.refusal } : { go: 'show', step: needed.step }
}

function mustChoose({ proved, session }: Facts): boolean {
  return !!session && !proved.choice && !proved.identity
}

/** Where the person is asked to consent on this journey, that page says who asks and for which account. */
function mustConfirm(facts: Facts): boolean {
  return !!facts.asks.confirm && mustChoose(facts) && !facts.consentNeeded && !facts.proved.consent
}

/** Put off once, it is asked again when the time is up; a silent request is only held up by what cannot be put off. */
export const isDue = ({ now, asks }: Pick<Facts, 'now' | 'asks'>, due: Due | undefined): boolean =>
  due !== undefined && (now >= due.by || !(due.later || asks.silent))

/** Signed in, as lately as was asked. */
export function signedIn({ now, asks, proved, session }: Pick<Facts, 'now' | 'asks' | 'proved' | 'session'>): boolean {
  if (!session) return false
  if (proved.identity) return true
  const age = now.getTime() - session.authenticatedAt.getTime()
  return !asks.signIn && (!asks.maxAge || age <= asks.maxAge.ms)
}
