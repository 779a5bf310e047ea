/** Binds rows that carry no mark that fits: those that the version before has written (cli/installation/taking-in.ts). */
import { sql } from 'kysely'
import { boundPasskey } from '../core/factor/passkey/store.ts'
import { boundRecoveryCode } from '../core/factor/recovery/store.ts'
import { boundFactor } from '../core/factor/store.ts'
import { boundRecord } from '../core/grant/store.ts'
import { boundSecret } from '../core/one-time/store.ts'
import { boundPassword } from '../core/password/hashing.ts'
import { boundSession } from '../core/session/bound.ts'
import { boundSkip } from '../core/session/skips.ts'
import { boundJourney } from '../journey/store.ts'
import type { Db } from '../platform/database/db.ts'
import { type Bound, fitsMac, macOf } from '../platform/secrets/bound-row.ts'
import type { Keyring } from '../platform/secrets/keyring.ts'

type Needs = { db: Db; keyring: Keyring }
type Found = Record<string, unknown>

/** The tables whose rows open something. */
export const boundTables: readonly Bound<Found>[] = [
  boundPassword,
  boundFactor,
  boundPasskey,
  boundRecoveryCode,
  boundSession,
  boundSkip,
  boundSecret,
  boundRecord,
  boundJourney,
]

const BATCH = 500

/** Marks every row whose mark does not fit, while such rows are accepted, and at no other time. Answers how many. */
export async function bindRows(needs: Needs): Promise<number> {
  if (!needs.keyring.unbound.areAccepted()) return 0
  let count = 0
  for (const bound of boundTables) count += await bindTable(needs, bound)
  return count
}

async function bindTable(needs: Needs, bound: Bound<Found>): Promise<number> {
  const table = sql.table(bound.table)
  const key = sql.join(bound.key.map((column) => sql.ref(column)))
  let count = 0
  for (let last: Found | undefined, more = true; more; ) {
    const from = last ? sql`where (${key}) > (${sql.join(bound.key.map((column) => last?.[column]))})` : sql``
    const { rows } = await sql<Found>`select * from ${table} ${from} order by ${key} limit ${BATCH}`.execute(needs.db)
    for (const row of rows) count += await bindOne(needs, bound, row)
    last = rows.at(-1)
    more = rows.length === BATCH
  }
  return count
}

/** One that was changed meanwhile is left for the next time. */
async function bindOne(needs: Needs, bound: Bound<Found>, row: Found): Promise<number> {
  const mac = typeof row.mac === 'string' ? row.mac : null
  if (fitsMac(needs, bound, row, mac)) return 0
  const isSame = bound.key.map((column) => sql`${sql.ref(column)} = ${row[column]}`)
  const { rows } = await sql`update ${sql.table(bound.table)} set mac = ${macOf(needs, bound, row)}
    where ${sql.join(isSame, sql` and `)} and mac is not distinct from ${mac} returning 1`.execute(needs.db)
  return rows.length
}
