/** What the list of steps has to know of a request that waits, and of the session of its browser. */

import { betterPasswordBy, type Policies } from '../core/model/password/policy/policy-cache.ts'
import type { Catalogue } from '../core/model/product/catalogue.ts'
import { consentedScopes } from '../core/model/product/store.ts'
import { type Acr, acrOf, requestedAcr, satisfies } from '../core/model/session/acr.ts'
import type { Session } from '../core/model/session/session.ts'
import { secondFactorRequiredBy } from '../core/operations/factor/required.ts'
import { needsStepUp, type Person, requiresStep } from '../core/operations/factor/two-step.ts'
import { after, type Clock, minutes, seconds } from '../platform/clock.ts'
import type { Db } from '../platform/database/db.ts'
import { setsUpWays } from '../urls.ts'
import type { Destination, Journey, ProductRequest, Proofs } from './journey.ts'
import { type Asks, type Facts, type Next, nextStep, type Step } from './next-step.ts'
import { isOthers, isProved, passwordProved } from './store.ts'

/** What waits, and what was proved for it. */
export type Waiting = Pick<Journey, 'destination' | 'account' | 'proofs'>

/** Of a request that is no journey yet. */
export const nothingProved = { account: null, proofs: {} }

export type FactNeeds = {
  db: Db
  clock: Clock
  policies: Policies
  catalogue: Catalogue
  /** The steps there are, in their order. */
  steps: readonly Step[]
}

/** The one decision: what the list of steps says of what waits, given the session of the browser. */
export async function whatIsNext(needs: FactNeeds, waits: Waiting, session: Session | undefined): Promise<Next> {
  const { destination, proofs } = waits
  const request = destination.kind === 'product' ? destination : undefined
  const own = session && !isOthers(waits, session) ? session : undefined
  const proved = (at: Proofs['identity']): boolean => isProved(needs, at) && waits.account === session?.account
  const facts: Facts = {
    now: needs.clock.now(),
    asks: asksOf(request),
    proved: {
      account: !!proofs.identity && own !== undefined,
      identity: proved(proofs.identity),
      choice: proved(proofs.choice),
      consent: proved(proofs.consent),
    },
    passwordProved: passwordProved(needs, waits) !== undefined,
    ...(own ? await factsOf(needs, waits, own) : NOBODY),
  }
  return nextStep(facts, needs.steps)
}

function asksOf(request: ProductRequest | undefined): Asks {
  const wants = (prompt: string): boolean => request?.prompts.includes(prompt) ?? false
  return {
    silent: wants('none'),
    signIn: wants('login'),
    signUp: wants('create'),
    choose: wants('select_account'),
    confirm: !!request?.unclaimed,
    ...(request?.maxAge !== undefined && { maxAge: seconds(request.maxAge) }),
  }
}

type OfSession = Omit<Facts, 'now' | 'asks' | 'proved' | 'passwordProved'>

const NOBODY: OfSession = {
  session: undefined,
  stepUpNeeded: false,
  acrUnmet: false,
  closing: false,
  betterPassword: undefined,
  secondFactor: undefined,
  offerPasskey: false,
  consentNeeded: false,
}

/** What the steps need to know about the person who is signed in. */
async function factsOf(needs: FactNeeds, waits: Waiting, session: Session): Promise<OfSession> {
  const { destination } = waits
  const request = destination.kind === 'product' ? destination : undefined
  const betterPassword = betterPasswordBy(needs.policies, session)
  const secondFactor = await secondFactorBy(needs, waits, session)
  return {
    session,
    stepUpNeeded: await stepUpNeeded(needs, destination, session),
    acrUnmet: !satisfies(acrOf(session.methods), requestedAcr(request?.params.acr_values)),
    closing: request !== undefined && session.closing,
    betterPassword: betterPassword && { by: betterPassword, postponed: session.betterPasswordPostponed },
    secondFactor: secondFactor && { by: secondFactor, postponed: session.secondFactorPostponed },
    offerPasskey: offersPasskey(needs, waits, session),
    consentNeeded: request?.thirdParty ? await consentNeeded(needs, request, session) : false,
  }
}

/** Until when a second factor may be postponed on that way; undefined where there is one, or none is required. */
export async function secondFactorBy(
  needs: Pick<FactNeeds, 'policies' | 'catalogue'>,
  { destination }: Pick<Journey, 'destination'>,
  session: Session,
): Promise<Date | undefined> {
  if (session.maxAcr !== 'pwd') return undefined
  if (destination.kind === 'product')
    return secondFactorRequiredBy(needs, session, await needs.catalogue.find(destination.product))
  return setsUpWays(destination.path) ? undefined : secondFactorRequiredBy(needs, session)
}

async function consentNeeded({ db }: FactNeeds, request: ProductRequest, session: Session): Promise<boolean> {
  if (request.prompts.includes('consent')) return true
  const given = await consentedScopes(db, session.account, request.product)
  return request.scopes.some((scope) => !given.includes(scope))
}

/** How long after signing in a passkey may be made without more ado, as in account management. */
const OFFERED_WITHIN = minutes(5)

/** Whether a passkey is offered, now that there is a session. It is no weaker than account management. */
export function offersPasskey(
  needs: Pick<FactNeeds, 'clock' | 'policies'>,
  { proofs }: Waiting,
  session: Session,
): boolean {
  if (!proofs.offerPasskey || session.maxAcr === 'phr') return false
  const isLate = needs.clock.now() >= after(session.authenticatedAt, OFFERED_WITHIN)
  return !isLate && !needsStepUp(needs, { factorWithin: OFFERED_WITHIN.ms }, session)
}

/** The `acr` that the destination requires, and no higher than the account can reach. */
export async function requiredAcr(needs: FactNeeds, destination: Destination, person: Person): Promise<Acr> {
  if (destination.kind === 'place') return destination.factorWithin === undefined ? 'pwd' : 'mfa'
  const asked = requestedAcr(destination.params.acr_values, person.maxAcr)
  return asked === 'pwd' && (await requiresStep(needs, person, destination.product)) ? 'mfa' : asked
}

/** Whether the destination requires a second factor that the account has and the session has not proved. */
export async function stepUpNeeded(needs: FactNeeds, destination: Destination, session: Session): Promise<boolean> {
  if (destination.kind === 'place') return needsStepUp(needs, destination, session)
  return !satisfies(acrOf(session.methods), await requiredAcr(needs, destination, session))
}
