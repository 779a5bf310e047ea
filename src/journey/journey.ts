/** A journey: a product's request, or a place of ours, interrupted until the person has proved what is needed. */

import type { AccountNeeds } from '../core/events/emit.ts'
import type { AccountId } from '../core/model/account/store.ts'
import type { ProductId } from '../core/model/product/product.ts'
import { maxAcrOf } from '../core/model/session/acr.ts'
import type { Session } from '../core/model/session/session.ts'
import { factorsSatisfying } from '../core/operations/factor/prove-second-factor.ts'
import { findSecondFactorSubject, type SecondFactorSubject } from '../core/operations/factor/second-factor-subject.ts'
import type { StepUpRequirement } from '../core/operations/factor/two-step.ts'
import type { Actor } from '../platform/actor.ts'
import { after, type Duration, hours } from '../platform/clock.ts'
import type { Tx } from '../platform/database/db.ts'
import { mostSignUps } from '../platform/database/of-strangers.ts'
import { drawId } from '../platform/random.ts'
import { sha256 } from '../platform/secrets/keyring.ts'
import { urls } from '../urls.ts'
import { type FactNeeds, requiredAcr, stepUpNeeded } from './facts.ts'
import { insertJourney, isOthers, keepJourney, type Proofs, passwordProved } from './store.ts'

declare const brand: unique symbol
export type JourneyId = string & { readonly [brand]: 'JourneyId' }

/** The request of a product, as the protocol checked it. */
export type ProductRequest = {
  kind: 'product'
  product: ProductId
  thirdParty: boolean
  /** The parameters as they came: with them the request can be made again when the protocol has forgotten it. */
  params: Record<string, string>
  /** The APIs it named, where it named several (RFC 8707). */
  resources?: string[]
  prompts: string[]
  scopes: string[]
  maxAge?: number
  /** Its answer goes to an address that any program of the device may have (RFC 8252, section 8.6). */
  unclaimed?: boolean
}
export type Place = StepUpRequirement & { kind: 'place'; path: string }
export type Destination = ProductRequest | Place

export type Journey = {
  readonly id: JourneyId
  /** SHA-256 of the secret of the browser it was begun in. */
  readonly browserMark: string
  readonly destination: Destination
  /** By which the protocol's interaction is found; its own name is a secret of the browser. */
  readonly interactionMark: string | null
  /** Who proved to be there on this journey. */
  readonly account: AccountId | null
  readonly proofs: Proofs
}

/** The product that waits at its end, if one does. */
export const productOf = (journey: Pick<Journey, 'destination'> | undefined): ProductId | undefined =>
  journey?.destination.kind === 'product' ? journey.destination.product : undefined

export type JourneyNeeds = AccountNeeds & FactNeeds & { figures: { signUpLives: Duration; signUpsKept: number } }

/** `network`: of who has proved nothing. */
export type Begun = { browser: string; network?: string; destination: Destination; interactionMark?: string }

/** As long as an interaction of the protocol: anybody may begin a journey. */
export const JOURNEY_LIVES = hours(2)

export async function beginJourney(needs: JourneyNeeds, begun: Begun): Promise<Journey> {
  const [{ browser, destination, interactionMark = null }, { clock, random }] = [begun, needs]
  const id = drawId('jrn', random, clock) as JourneyId
  const journey: Journey = { id, browserMark: sha256(browser), destination, interactionMark, account: null, proofs: {} }
  const [now, expiresAt] = [clock.now(), after(clock.now(), JOURNEY_LIVES)]
  await insertJourney(needs, needs.db, journey, { ...begun, now, expiresAt })
  return journey
}

/** Where somebody stands at the second step. `session`: the one they have already. */
export type SecondFactorContext = { journey: Journey; session: Session | undefined; actor: Actor }

/** Who has to prove more on this journey; undefined when nobody has, or when the password was changed meanwhile. */
export async function secondFactorSubject(
  needs: JourneyNeeds,
  { journey, session, actor }: SecondFactorContext,
): Promise<SecondFactorSubject | undefined> {
  const { destination } = journey
  const password = passwordProved(needs, journey)
  const own = session && !isOthers(journey, session) ? session : undefined
  const account = password?.account ?? (own && (await stepUpNeeded(needs, destination, own)) ? own.account : undefined)
  const prover = account && (await findSecondFactorSubject(needs, account, actor, needs.clock.now()))
  if (!prover || prover.account.blockedAt) return undefined
  const maxAcr = maxAcrOf(prover.factors.map(({ kind }) => kind))
  if (maxAcr === 'pwd') return undefined
  if (password && (!prover.hash || sha256(prover.hash) !== password.password)) return undefined
  // A session that began with no method (see 0025) has nothing that an app or a code could be added to.
  const wanted =
    password || session?.methods.length ? await requiredAcr(needs, destination, { ...prover.account, maxAcr }) : 'phr'
  const proves = factorsSatisfying(wanted, prover, destination.kind === 'place')
  return proves.factors.length + proves.recoveryCodes > 0 ? proves : undefined
}

type Beginning = { journey?: Journey | undefined; browser: string; to?: string | undefined }
/** The journey under way, or one to a place of ours, by default the account. `browser`: the secret that names it. */
export const journeyFor = async (needs: JourneyNeeds, { journey, browser, to }: Beginning): Promise<Journey> =>
  journey ?? (await beginJourney(needs, { browser, destination: { kind: 'place', path: to ?? urls.account } }))

/** The same, for a sign-up of that network: it waits as long as that may. */
export async function waitForSignUp(needs: JourneyNeeds, tx: Tx, waits: Journey | Beginning, network: string) {
  const until = after(needs.clock.now(), needs.figures.signUpLives)
  const journey = 'id' in waits ? waits : await journeyFor({ ...needs, db: tx }, waits)
  await keepJourney(tx, journey.id, network, until, mostSignUps(needs.figures.signUpsKept))
  return { journey, until }
}
