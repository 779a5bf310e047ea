/** Journeys are begun: by a product's request, or on the way to a page of ours. */

import type { AccountNeeds } from '../core/events/emit.ts'
import { after, type Duration, hours } from '../platform/clock.ts'
import type { Tx } from '../platform/database/db.ts'
import { mostSignUps } from '../platform/database/of-strangers.ts'
import { drawId } from '../platform/random.ts'
import { sha256 } from '../platform/secrets/keyring.ts'
import { urls } from '../urls.ts'
import type { FactNeeds } from './facts.ts'
import type { Destination, Journey, JourneyId } from './journey.ts'
import { insertJourney, keepJourney } from './store.ts'

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
