/** Table `journeys`: what waits until a person has proved who they are; and what was proved, by one account, for a while. */

import { sql } from 'kysely'
import type { AccountId } from '../core/model/account/store.ts'
import type { Session } from '../core/model/session/session.ts'
import { after, type Clock, minutes } from '../platform/clock.ts'
import { clearBy } from '../platform/database/clear-away.ts'
import { again, type Db, type Row, type Tx } from '../platform/database/db.ts'
import { letGo, MOST, type Most } from '../platform/database/of-strangers.ts'
import type { Keys } from '../platform/needs.ts'
import { type Bound, isOurs, macOf } from '../platform/secrets/bound-row.ts'
import { sha256 } from '../platform/secrets/keyring.ts'
import { siteOf } from '../platform/web/client-address.ts'
import type { Destination, Journey, JourneyId, Proofs } from './journey.ts'

type JourneysTable = {
  id: JourneyId
  browser_mark: string
  destination: Destination
  interaction_uid: string | null
  account_id: AccountId | null
  proofs: Proofs
  session_uid: string | null
  expires_at: Date
  /** From which site it was begun, while nothing was proved and nothing waits on it. */
  network: string | null
  /** From which site a sign-up came that waits on it, while nothing was proved. */
  sign_up_network: string | null
  mac: string | null
}
declare module '../platform/database/db.ts' {
  interface Tables {
    journeys: JourneysTable
  }
}

type BoundPart = Pick<JourneysTable, 'id' | 'browser_mark' | 'destination' | 'account_id' | 'proofs'>
/** What was proved on a journey was proved by one account, in one browser, on the way to one destination. */
export const boundJourney: Bound<BoundPart> = {
  table: 'journeys',
  identity: ({ id, browser_mark, destination, account_id, proofs }) => [
    id,
    browser_mark,
    destination,
    account_id,
    proofs,
  ],
}

const fromRow = (row: Row<'journeys'>): Journey => ({
  id: row.id,
  browserMark: row.browser_mark,
  destination: row.destination,
  interactionMark: row.interaction_uid,
  account: row.account_id,
  proofs: row.proofs,
})

const ours = (needs: Keys, row: Row<'journeys'> | undefined): Journey | undefined =>
  row && isOurs(needs, boundJourney, row) ? fromRow(row) : undefined

const identityOf = ({
  id,
  browserMark: browser_mark,
  destination,
  account: account_id,
  proofs,
}: Journey): BoundPart => ({ id, browser_mark, destination, account_id, proofs })

type Insert = { network?: string | undefined; now: Date; expiresAt: Date }

/** False where there is one of that name already that waits. */
export async function insertJourney(needs: Keys, db: Db | Tx, journey: Journey, { network, now, expiresAt }: Insert) {
  const { id, ...identity } = identityOf(journey)
  const site = network === undefined ? null : siteOf(network)
  const facts = {
    ...identity,
    network: site,
    interaction_uid: journey.interactionMark,
    expires_at: expiresAt,
    mac: macOf(needs, boundJourney, { id, ...identity }),
  }
  const { numInsertedOrUpdatedRows } = await again(() =>
    db
      .with('too_many', () => letGo(othersThan(id, 'network', site), MOST))
      .insertInto('journeys')
      .values({ id, ...facts })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(facts).where('journeys.expires_at', '<=', now))
      .executeTakeFirst(),
  )
  return numInsertedOrUpdatedRows === 1n
}

const othersThan = (id: JourneyId, from: 'network' | 'sign_up_network', site: string | null) =>
  ({
    table: 'journeys',
    others: sql`account_id is null and id <> ${id}`,
    from,
    site,
    newest: sql`id desc`,
    isLong: sql`octet_length(destination::text) > 2400`,
  }) as const

/** A sign-up of that network waits on it until then: of `most` that wait. */
export async function keepJourney(tx: Tx, id: JourneyId, network: string, until: Date, most: Most): Promise<void> {
  const site = siteOf(network)
  await tx
    .with('too_many', () => letGo(othersThan(id, 'sign_up_network', site), most))
    .updateTable('journeys')
    .set({ expires_at: until, network: null, sign_up_network: site })
    .where('id', '=', id)
    .where('expires_at', '<', until)
    .execute()
}

const NAME = /^jrn_\w+$/

/** The journey of that name, if it was begun in this browser and still waits. */
export async function findJourney(
  needs: Keys & { db: Db },
  id: string,
  browser: string,
  now: Date,
): Promise<Journey | undefined> {
  if (!NAME.test(id)) return undefined
  const row = await needs.db
    .selectFrom('journeys')
    .selectAll()
    .where('id', '=', id as JourneyId)
    .where('browser_mark', '=', sha256(browser))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return ours(needs, row)
}

/** The journey an interaction of the protocol has become, in this browser. */
export async function findJourneyOf(needs: Keys & { db: Db }, interactionMark: string, browser: string, now: Date) {
  const row = await needs.db
    .selectFrom('journeys')
    .selectAll()
    .where('interaction_uid', '=', interactionMark)
    .where('browser_mark', '=', sha256(browser))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return ours(needs, row)
}

export type Progress = { proofs: Proofs; account?: AccountId; sessionUid?: string }

/** Something was proved: it is no stranger's any more. */
export async function writeProgress(
  needs: Keys,
  db: Db | Tx,
  journey: Journey,
  { proofs, account = journey.account ?? undefined, sessionUid }: Progress,
): Promise<void> {
  const account_id = account ?? null
  await db
    .updateTable('journeys')
    .set({
      proofs,
      account_id,
      mac: macOf(needs, boundJourney, { ...identityOf(journey), account_id, proofs }),
      network: null,
      sign_up_network: null,
      ...(sessionUid && { session_uid: sessionUid }),
    })
    .where('id', '=', journey.id)
    .execute()
}

export const prove = (needs: Keys, db: Db | Tx, journey: Journey, proof: Proofs): Promise<void> =>
  writeProgress(needs, db, journey, { proofs: { ...journey.proofs, ...proof } })

type Clocked = { clock: Clock }

/** How long what was proved counts as just now (`prompt`, `max_age`): the pages between take a moment. */
const PROVED_WITHIN = minutes(5)

/** Whether that was proved on the journey just now. */
export const isProved = ({ clock }: Clocked, at: Proofs['identity']): boolean =>
  at !== undefined && clock.now() < after(new Date(at), PROVED_WITHIN)

/** How long a right password waits for the second step. */
export const SECOND_STEP_WITHIN = minutes(15)

/** Whose password was right on this journey, and waits for the second step. */
export function passwordProved(
  { clock }: Clocked,
  { proofs: { password } }: Pick<Journey, 'proofs'>,
): Proofs['password'] {
  const isOver = !password || clock.now() >= after(new Date(password.at), SECOND_STEP_WITHIN)
  return isOver ? undefined : password
}

export const nowOf = ({ clock }: Clocked): string => clock.now().toISOString()

/** What was proved on a journey was proved by one account; somebody else who is signed in by now has proved nothing on it. */
export const isOthers = ({ account }: Pick<Journey, 'account'>, session: Session): boolean =>
  account !== null && account !== session.account

/** The person has chosen the account, or agreed, just now. False where somebody else has proved who they are on this journey. */
export async function proveNow(
  needs: Clocked & Keys,
  tx: Db | Tx,
  journey: Journey,
  session: Session,
  what: 'choice' | 'consent',
): Promise<boolean> {
  if (isOthers(journey, session)) return false
  const proofs = { ...journey.proofs, [what]: nowOf(needs) }
  await writeProgress(needs, tx, journey, { proofs, account: session.account })
  return true
}

export const deleteExpiredJourneys = clearBy('journeys', 'expires_at')
