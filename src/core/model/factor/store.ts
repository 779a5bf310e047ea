/** Table `factors`: what an account can prove besides its password. */
import { type Generated, type Insertable, type RawBuilder, sql } from 'kysely'
import type { Db, Row, Tables, Tx } from '../../../platform/database/db.ts'
import type { Bound } from '../../../platform/secrets/bound-row.ts'
import type { AccountId } from '../account/store.ts'
import { everyFactorKind, type FactorKind, isSecondFactor, type ProofKind, secondFactorKinds } from './kinds.ts'

declare const brand: unique symbol
export type FactorId = string & { readonly [brand]: 'FactorId' }

type FactorsTable = {
  id: FactorId
  account_id: AccountId
  kind: FactorKind
  /** The person's own word for it; empty where they have given none. */
  name: string
  /** Of an app: the shared key, sealed. */
  sealed_key: string | null
  /** Of an app: the newest time step whose code was used. */
  last_step: number | null
  /** Where its code is sent: a number (E.164), or an address. */
  contact: string | null
  made_at: Date
  last_used_at: Date | null
  /** Until then it proves nothing by itself; null where the account was made with it. */
  cooling_off_until: Generated<Date | null>
  mac: Generated<string | null>
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    factors: FactorsTable
  }
}
export type FactorRow = Row<'factors'>

type BoundPart = Pick<FactorRow, 'id' | 'account_id' | 'kind' | 'sealed_key' | 'contact'> & {
  made_at: Date | string
  cooling_off_until: Date | string | null
}
/** A factor proves one account, as what it is, since it was made. */
export const boundFactor: Bound<BoundPart> = {
  table: 'factors',
  identity: ({ id, account_id, kind, sealed_key, contact, made_at, cooling_off_until: until }) => [
    [id, account_id, kind, sealed_key, contact],
    [new Date(made_at), until && new Date(until)],
  ],
}

/** Whether a kind is one of these: a condition. Another version of the service may know kinds that this one does not. */
const isOneOf = (kind: RawBuilder<unknown>, kinds: readonly FactorKind[]) =>
  sql<boolean>`${kind} in (${sql.join(kinds.map((one) => sql.lit(one)))})`
const isKnown = isOneOf(sql.ref('kind'), everyFactorKind)
export const isKindOfSecondFactor = (kind: RawBuilder<unknown>) => isOneOf(kind, secondFactorKinds)

/** Whether an account has a second factor: a subquery. */
export const hasSecondFactor = (account: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from factors where account_id = ${account} and ${isKindOfSecondFactor(sql.ref('kind'))})`

/** Whether a factor was added so lately that it proves nothing by itself. */
export const isCoolingOff = (until: Date | string | null, now: Date): boolean => until !== null && new Date(until) > now

/** The second factors among them: a back-up address is not one. */
export const secondFactors = <Way extends { kind: ProofKind }>(ways: readonly Way[]): Way[] =>
  ways.filter(({ kind }) => isSecondFactor(kind))

/** Which kinds an account has: a subquery. */
export const kindsOf = (account: RawBuilder<unknown>) =>
  sql<FactorKind[] | null>`(select array_agg(distinct kind) from factors where account_id = ${account} and ${isKnown})`

/** The one used last comes first: it is at hand. */
export const factorsOf = (db: Db | Tx, account: AccountId): Promise<FactorRow[]> =>
  db
    .selectFrom('factors')
    .selectAll()
    .where('account_id', '=', account)
    .where(isKnown)
    .orderBy(sql`coalesce(last_used_at, made_at)`, 'desc')
    .orderBy('id', 'desc')
    .execute()

/** The factors as a subquery: one row, of the column `factors`, with dates as text. */
export const factorsAsOne = (account: RawBuilder<unknown>) =>
  sql<{ factors: FoundFactor[] | null }>`(
    select json_agg(factors order by coalesce(last_used_at, made_at) desc, id desc) as factors
    from factors where account_id = ${account} and ${isKnown})`
type Dates = 'made_at' | 'last_used_at' | 'cooling_off_until'
export type FoundFactor = Omit<FactorRow, Dates> & {
  made_at: string
  last_used_at: string | null
  cooling_off_until: string | null
}

export async function insertFactor(tx: Tx, row: Insertable<Tables['factors']>): Promise<void> {
  await tx.insertInto('factors').values(row).execute()
}

/**
 * Uses up the code of a time step, and every older one (RFC 6238, section 5.2): of all who bring the same code at once the
 * first one has it.
 */
export async function takeStep(tx: Tx, id: FactorId, step: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('factors')
    .set({ last_step: step, last_used_at: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Until when a factor counts as new, where it does. */
export async function coolingOffOf(tx: Tx, id: FactorId, now: Date): Promise<Date | undefined> {
  const query = tx.selectFrom('factors').select('cooling_off_until').where('id', '=', id)
  const until = (await query.executeTakeFirst())?.cooling_off_until ?? null
  return until !== null && isCoolingOff(until, now) ? until : undefined
}

/** False where it was removed meanwhile. */
export async function markUsed(tx: Tx, id: FactorId, now: Date): Promise<boolean> {
  const query = tx.updateTable('factors').set({ last_used_at: now }).where('id', '=', id)
  return (await query.executeTakeFirst()).numUpdatedRows === 1n
}

/** False when it is called that already, or gone. */
export async function setFactorName(tx: Tx, account: AccountId, id: FactorId, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('factors')
    .set({ name })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .where('name', '<>', name)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Deletes it; of several at once, one gets the row. */
export const deleteFactor = (tx: Tx, account: AccountId, id: FactorId): Promise<FactorRow | undefined> =>
  tx.deleteFrom('factors').where('account_id', '=', account).where('id', '=', id).returningAll().executeTakeFirst()
