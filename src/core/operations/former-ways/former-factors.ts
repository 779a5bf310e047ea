/**
 * Table `former_ways`: factors and recovery codes that an account had until lately, and whether two-step verification was
 * on. A person who takes the account back gets them again. Only its password goes the other way: it is not chosen again.
 *
 *   removed, replaced ──► kept as they were for a week ──► put back, or forgotten
 */

import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { after, type Clock, days } from '../../../platform/clock.ts'
import { clearBy } from '../../../platform/database/clear-away.ts'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import { drawId, type Random } from '../../../platform/random.ts'
import type { Keyring } from '../../../platform/secrets/keyring.ts'
import { type EventNeeds, emit } from '../../events/emit.ts'
import { setTwoStep } from '../../model/account/status-store.ts'
import type { AccountId } from '../../model/account/store.ts'
import { hasCredential, insertPasskey, type PasskeyRow, passkeysOf } from '../../model/factor/passkey-store.ts'
import { boundCodes, codesOf, insertCodes, type StoredCode } from '../../model/factor/recovery-code-store.ts'
import {
  deleteFactor,
  type FactorId,
  type FactorRow,
  factorsOf,
  insertFactor,
  isKindOfSecondFactor,
} from '../../model/factor/store.ts'
import type { HashedPassword } from '../../model/password/hashing.ts'

type Facts =
  | { kind: 'factor'; facts: { factor: FactorRow; passkey?: PasskeyRow | undefined } }
  | { kind: 'recovery-codes'; facts: { codes: StoredCode[] } }
  | { kind: 'two-step'; facts: { wasOn: boolean } }
  | { kind: 'password'; facts: { password: HashedPassword; replaced?: true } }
type FormerWaysTable = {
  id: string
  account_id: AccountId
  kind: Facts['kind']
  facts: Facts['facts']
  made_at: Date
  ended_at: Date
  kept_until: Date
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    former_ways: FormerWaysTable
  }
}

export type Needs = { clock: Clock; random: Random; keyring: Keyring }

/** How far back ways are restored: as long as a notice can be answered with "It was not me". */
export const RESTORABLE_FOR = days(7)

/** Keeps what an account has no more. */
export async function keep(
  { clock, random }: Pick<Needs, 'clock' | 'random'>,
  tx: Tx,
  account_id: AccountId,
  made_at: Date,
  what: Facts,
): Promise<void> {
  const now = clock.now()
  await tx
    .insertInto('former_ways')
    .values({
      id: drawId('fwy', random, clock),
      account_id,
      ...what,
      made_at,
      ended_at: now,
      kept_until: after(now, RESTORABLE_FOR),
    })
    .execute()
}

/** Removes a factor and keeps it for a while; of several at once, one gets the row. */
export async function retireFactor(
  needs: Needs,
  tx: Tx,
  account: AccountId,
  id: FactorId,
): Promise<FactorRow | undefined> {
  const passkey = (await passkeysOf(tx, account)).find(({ factor_id }) => factor_id === id)
  const factor = await deleteFactor(tx, account, id)
  if (factor) await keep(needs, tx, account, factor.made_at, { kind: 'factor', facts: { factor, passkey } })
  return factor
}

/** Puts a new set of recovery codes, or none, in the place of the one before, which is kept for a while. */
export async function replaceCodes(needs: Needs, tx: Tx, account: AccountId, marks: readonly string[]): Promise<void> {
  const former = await codesOf(tx, account)
  if (former.madeAt)
    await keep(needs, tx, account, former.madeAt, { kind: 'recovery-codes', facts: { codes: former.codes } })
  await insertCodes(tx, account, boundCodes(needs, account, marks), needs.clock.now())
}

/** Keeps what two-step verification was before it was switched. */
export const keepTwoStep = (needs: Needs, tx: Tx, account: AccountId, wasOn: boolean): Promise<void> =>
  keep(needs, tx, account, needs.clock.now(), { kind: 'two-step', facts: { wasOn } })

/** The factors that were removed lately, the latest first, and until when each is kept. */
export async function retiredFactorsOf(db: Db, account: AccountId, now: Date) {
  const query = db.selectFrom('former_ways').selectAll().where('account_id', '=', account).where('kind', '=', 'factor')
  const rows = await query.where('kept_until', '>', now).orderBy('ended_at', 'desc').execute()
  return rows.flatMap(({ facts, ...row }) => ('factor' in facts ? [{ ...row, ...facts }] : []))
}

/**
 * Whether the account had a second factor lately that was removed when it was no longer new: a subquery. Adding factors and
 * removing them again makes no other factor older.
 */
export const hadSecondFactor = (account: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from former_ways where account_id = ${account} and kind = 'factor'
    and ${isKindOfSecondFactor(sql`facts -> 'factor' ->> 'kind'`)}
    and coalesce((facts -> 'factor' ->> 'cooling_off_until')::timestamptz, made_at) <= ended_at)`

/** Whether a passkey is somebody's, or was somebody else's lately, who may yet get it back. */
export async function isCredentialTaken(db: Db | Tx, credential: string, account: AccountId): Promise<boolean> {
  const { rows } = await sql`select where ${hasCredential(credential)}
    or exists (select from former_ways where kind = 'factor' and facts -> 'passkey' ->> 'credential_id' = ${credential}
      and account_id <> ${account})`.execute(db)
  return rows.length > 0
}

/** What was added lately, as far as it would go: what the account was made with stays. */
const addedSince = (ways: readonly FactorRow[], since: Date): FactorRow[] =>
  ways.filter(({ made_at, cooling_off_until }) => cooling_off_until !== null && made_at > since)

/** Whether there is anything that taking the account back would revert. */
export async function waysChangedSince(tx: Tx, account: AccountId, since: Date): Promise<boolean> {
  if (addedSince(await factorsOf(tx, account), since).length > 0) return true
  const { madeAt } = await codesOf(tx, account)
  if (madeAt && madeAt > since) return true
  const query = tx.selectFrom('former_ways').select('id').where('account_id', '=', account)
  const ended = query.where('kind', '<>', 'password').where('ended_at', '>', since)
  return (await ended.executeTakeFirst()) !== undefined
}

/** How many ways went, and how many came back. */
export type Reverted = { removed: number; restored: number }

/**
 * Makes the ways of an account what they were at a time: what was added since goes, what was removed since comes back, and
 * two-step verification is on or off as it was. What the account was made with stays. The caller holds the account.
 */
export async function revertWays(
  needs: EventNeeds,
  tx: Tx,
  account: AccountId,
  { since, actor }: { since: Date; actor: Actor },
): Promise<Reverted> {
  const added = addedSince(await factorsOf(tx, account), since)
  for (const { id } of added) await deleteFactor(tx, account, id)
  const codes = await codesOf(tx, account)
  const areNew = codes.madeAt !== null && codes.madeAt > since
  if (areNew) await insertCodes(tx, account, [], since)
  const ended = await takeEnded(tx, account, since)
  let restored = 0
  for (const way of ended) if (way.kind !== 'two-step' && (await putBack(tx, account, way))) restored++
  const first = ended.map(({ facts }) => facts).find((facts) => 'wasOn' in facts)
  if (first && (await setTwoStep(tx, account, first.wasOn, needs.clock.now())))
    await emit(needs, tx, { kind: first.wasOn ? 'two-step-on' : 'two-step-off', account, notice: null }, actor)
  return { removed: added.length + (areNew ? 1 : 0), restored }
}

/**
 * What the account had at that time, and whether two-step verification was on then: no more than an account may have. What
 * was added since and removed again, as often as somebody liked, is forgotten in the same statement.
 */
async function takeEnded(tx: Tx, account: AccountId, since: Date): Promise<Row<'former_ways'>[]> {
  const { rows } = await sql<Row<'former_ways'>>`with ended as (
      delete from former_ways where account_id = ${account} and ended_at > ${since} and kind <> 'password' returning *)
    select * from ended where (kind <> 'two-step' and made_at <= ${since})
      or id = (select id from ended where kind = 'two-step' order by ended_at, id limit 1)
    order by ended_at, id`.execute(tx)
  return rows
}

/**
 * With the marks they had: a row that somebody else has written opens nothing by this. False, and nothing, where another
 * account has the passkey meanwhile: what else comes back does not depend on it.
 */
async function putBack(tx: Tx, account: AccountId, { facts, made_at }: Row<'former_ways'>): Promise<boolean> {
  if ('codes' in facts) await insertCodes(tx, account, facts.codes, made_at)
  if (!('factor' in facts)) return true
  const { factor, passkey } = facts
  await insertFactor(tx, factor)
  if (!passkey || (await insertPasskey(tx, passkey))) return true
  await deleteFactor(tx, account, factor.id)
  return false
}

export const deleteFormerWays = clearBy('former_ways', 'kept_until')
