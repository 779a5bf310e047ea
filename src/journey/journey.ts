/** A journey: a product's request, or a place of ours, interrupted until the person has proved what is needed. */
import type { AccountId } from '../core/account/store.ts'
import { withWaysThatReach } from '../core/factor/proof.ts'
import { findProver, type Prover } from '../core/factor/prover.ts'
import { secondWayBy } from '../core/factor/required.ts'
import { type Asked, asksForMore, type Person, requiresStep } from '../core/factor/two-step.ts'
import { betterPasswordBy, type Policies } from '../core/password/policy/current.ts'
import type { Catalogue } from '../core/product/catalogue.ts'
import type { Product, ProductId } from '../core/product/product.ts'
import { consentedScopes } from '../core/product/store.ts'
import { type Level, levelOf, reaches, reachOf, wantedOf } from '../core/session/level.ts'
import { type Session, type Needs as SessionNeeds, type SignIn, startSession } from '../core/session/session.ts'
import { after, type Clock, type Duration, hours, minutes, seconds } from '../platform/clock.ts'
import type { Db, Tx } from '../platform/database/db.ts'
import { mostSignUps } from '../platform/database/of-strangers.ts'
import type { Origin } from '../platform/origin.ts'
import { drawId, type Random } from '../platform/random.ts'
import { sha256 } from '../platform/secrets/keyring.ts'
import { setsUpWays, urls } from '../urls.ts'
import { type Asks, type Due, isDue, type Next, nextStep, signedIn } from './next-step.ts'
import {
  insertJourney,
  isOthers,
  isProved,
  keepJourney,
  nowOf,
  type Proofs,
  passwordProved,
  writeProgress,
} from './store.ts'

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
export type Place = Asked & { kind: 'place'; path: string }
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

export type Needs = SessionNeeds & {
  db: Db
  clock: Clock
  random: Random
  policies: Policies
  catalogue: Catalogue
  figures: SessionNeeds['figures'] & { signUpLives: Duration; signUpsKept: number }
}

/** `network`: of who has proved nothing. */
export type Begun = { browser: string; network?: string; destination: Destination; interactionMark?: string }

/** As long as an interaction of the protocol: anybody may begin a journey. */
export const JOURNEY_LIVES = hours(2)

export async function beginJourney(needs: Needs, begun: Begun): Promise<Journey> {
  const [{ browser, destination, interactionMark = null }, { clock, random }] = [begun, needs]
  const id = drawId('jrn', random, clock) as JourneyId
  const journey: Journey = { id, browserMark: sha256(browser), destination, interactionMark, account: null, proofs: {} }
  const [now, expiresAt] = [clock.now(), after(clock.now(), JOURNEY_LIVES)]
  await insertJourney(needs, needs.db, journey, { ...begun, now, expiresAt })
  return journey
}

/** How long after signing in a passkey may be made without more ado, as in account management. */
const OFFERED_WITHIN = minutes(5)

/** Whether a passkey is offered, now that there is a session. It is no weaker than account management. */
export function offersPasskey(needs: Rules, { proofs }: Journey, session: Session): boolean {
  if (!proofs.offerPasskey || session.reachable === 'phr') return false
  const isLate = needs.clock.now() >= after(session.authenticatedAt, OFFERED_WITHIN)
  return !isLate && !asksForMore(needs, { factorWithin: OFFERED_WITHIN.ms }, session)
}

/** The level that what waits asks for, as far as the account can reach it. */
async function levelWanted(needs: Needs, { destination }: Journey, person: Person): Promise<Level> {
  if (destination.kind === 'place') return destination.factorWithin === undefined ? 'pwd' : 'mfa'
  const asked = wantedOf(destination.params.acr_values, person.reachable)
  return asked === 'pwd' && (await requiresStep(needs, person, destination.product)) ? 'mfa' : asked
}

/** Whether what waits asks for more than was proved in the session, and there is more. */
async function fallsShort(needs: Needs, journey: Journey, session: Session): Promise<boolean> {
  if (journey.destination.kind === 'place') return asksForMore(needs, journey.destination, session)
  return !reaches(levelOf(session.methods), await levelWanted(needs, journey, session))
}

/** Where somebody stands at the second step. `session`: the one they have already. */
export type Standing = { journey: Journey; session: Session | undefined; origin: Origin }

/** Who has to prove more on this journey; undefined when nobody has, or when the password was changed meanwhile. */
export async function whoProves(needs: Needs, { journey, session, origin }: Standing): Promise<Prover | undefined> {
  const password = passwordProved(needs, journey)
  const own = session && !isOthers(journey, session) ? session : undefined
  const account = password?.account ?? (own && (await fallsShort(needs, journey, own)) ? own.account : undefined)
  const prover = account && (await findProver(needs, account, origin, needs.clock.now()))
  if (!prover || prover.account.blockedAt) return undefined
  const reachable = reachOf(prover.factors.map(({ kind }) => kind))
  if (reachable === 'pwd') return undefined
  if (password && (!prover.hash || sha256(prover.hash) !== password.password)) return undefined
  // A session that began with no method (see 0025) has nothing that an app or a code could be added to.
  const wanted =
    password || session?.methods.length ? await levelWanted(needs, journey, { ...prover.account, reachable }) : 'phr'
  const proves = withWaysThatReach(wanted, prover, journey.destination.kind === 'place')
  return proves.factors.length + proves.recoveryCodes > 0 ? proves : undefined
}

type Waiting = { journey?: Journey | undefined; browser: string; to?: string | undefined }
/** The journey under way, or one to a place of ours, by default the account. `browser`: the secret that names it. */
export const journeyFor = async (needs: Needs, { journey, browser, to }: Waiting): Promise<Journey> =>
  journey ?? (await beginJourney(needs, { browser, destination: { kind: 'place', path: to ?? urls.account } }))

/** The same, for a sign-up of that network: it waits as long as that may. */
export async function waitForSignUp(needs: Needs, tx: Tx, waits: Journey | Waiting, network: string) {
  const until = after(needs.clock.now(), needs.figures.signUpLives)
  const journey = 'id' in waits ? waits : await journeyFor({ ...needs, db: tx }, waits)
  await keepJourney(tx, journey.id, network, until, mostSignUps(needs.figures.signUpsKept))
  return { journey, until }
}

/**
 * The person is who they say: a session starts, and the journey knows. Answers the new secret of the session's cookie. A
 * factor alone, on top of a session, is no new sign-in.
 */
export async function proveIdentity(
  needs: Needs,
  tx: Tx,
  journey: Journey | undefined,
  signIn: SignIn,
): Promise<string> {
  const { id, uid } = await startSession(needs, tx, signIn)
  if (journey) {
    const { doubted: _doubted, password: _password, ...mine } = journey.proofs
    const before: Proofs = journey.account === signIn.account ? mine : { offerPasskey: !!mine.offerPasskey }
    const { consent: _consent, ...kept } = signIn.since === undefined ? { ...before, identity: nowOf(needs) } : before
    await writeProgress(needs, tx, journey, { proofs: kept, account: signIn.account, sessionUid: uid })
  }
  return id
}

/** What the list of steps says of a journey, given the session of its browser. */
export async function whatIsNext(needs: Needs, journey: Journey, session: Session | undefined): Promise<Next> {
  const { destination, proofs, account } = journey
  const own = session !== undefined && !isOthers(journey, session)
  const proved = (at: Proofs['identity']): boolean => isProved(needs, at) && account === session?.account
  const request = destination.kind === 'product' ? destination : undefined
  const wants = (prompt: string): boolean => request?.prompts.includes(prompt) ?? false
  const asked = {
    now: needs.clock.now(),
    asks: {
      signIn: wants('login'),
      signUp: wants('create'),
      choose: wants('select_account'),
      confirm: !!request?.unclaimed,
      ...(request?.maxAge !== undefined && { maxAge: seconds(request.maxAge) }),
    },
    proved: {
      account: !!proofs.identity && own,
      identity: proved(proofs.identity),
      choice: proved(proofs.choice),
      consent: proved(proofs.consent),
    },
    session: own ? session : undefined,
  }
  return nextStep({
    ...asked,
    moreNeeded:
      !!passwordProved(needs, journey) || (own && signedIn(asked) && (await fallsShort(needs, journey, session))),
    closing: request !== undefined && !!session?.closing,
    betterPassword: session && betterPassword(needs, session),
    secondWay: session && secondWay(session, await secondWayOnWay(needs, journey, session)),
    offerPasskey: own && offersPasskey(needs, journey, session),
    consentNeeded: session && request?.thirdParty ? await consentNeeded(needs, request, session) : false,
  })
}

/** Where nobody was asked to sign in just now: whether the password has to be seen to before anything else. */
export const needsBetterPassword = (needs: Rules, session: Session, asks: Asks = {}): boolean =>
  isDue({ now: needs.clock.now(), asks }, betterPassword(needs, session))

/** The same of a second way to sign in. `product`: where the person goes, if it is to one. */
export const needsSecondWay = (needs: Rules, session: Session, asks: Asks = {}, product?: Product): boolean =>
  session.reachable === 'pwd' &&
  isDue({ now: needs.clock.now(), asks }, secondWay(session, secondWayBy(needs, session, product)))

/** The same on the way to that product: a way is needed, or a step by the one that there is. */
export async function isHeldUp(needs: Needs, session: Session, asks: Asks, product: string): Promise<boolean> {
  if (session.reachable === 'pwd') return needsSecondWay(needs, session, asks, await needs.catalogue.find(product))
  return levelOf(session.methods) === 'pwd' && requiresStep(needs, session, product)
}

type Rules = Pick<Needs, 'clock' | 'policies'>

/** What the list of steps has to know of a session's password. */
function betterPassword({ policies }: Pick<Needs, 'policies'>, session: Session): Due | undefined {
  const by = betterPasswordBy(policies, session)
  return by && { by, later: session.later }
}

const secondWay = ({ secondWayLater: later }: Session, by: Date | undefined): Due | undefined => by && { by, later }

/** Until when whoever goes that way may put a second way off; undefined where there is one, or none is required. */
export async function secondWayOnWay(
  needs: Pick<Needs, 'policies' | 'catalogue'>,
  { destination }: Journey,
  session: Session,
): Promise<Date | undefined> {
  if (session.reachable !== 'pwd') return undefined
  if (destination.kind === 'product')
    return secondWayBy(needs, session, await needs.catalogue.find(destination.product))
  return setsUpWays(destination.path) ? undefined : secondWayBy(needs, session)
}

async function consentNeeded({ db }: Needs, request: ProductRequest, session: Session): Promise<boolean> {
  if (request.prompts.includes('consent')) return true
  const given = await consentedScopes(db, session.account, request.product)
  return request.scopes.some((scope) => !given.includes(scope))
}
