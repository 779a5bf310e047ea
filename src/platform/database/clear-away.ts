/**
 * What has expired is deleted: a batch of each table in turn, until no table has more. So no statement holds many rows for
 * long, and each table has its turn however much there is in another. Several processes may do it at once.
 */
import { sql } from 'kysely'
import { after, type Clock, seconds } from '../clock.ts'
import type { Db, Tables } from './db.ts'

/** Deletes up to `count` rows that had expired at `now`; answers how many: fewer when no more are left. */
export type Clear<Needs = { db: Db }> = (needs: Needs, now: Date, count: number) => Promise<number>

const BATCH = 500
/** The next round goes on where this one ended. */
const LONGEST_ROUND = seconds(50)

/** One round; answers how many rows went. What cannot be cleared does not keep the rest. @throws {AggregateError} */
export async function clearAway<Needs extends { clock: Clock }>(
  needs: Needs,
  expiring: readonly Clear<Needs>[],
): Promise<number> {
  const { clock } = needs
  const now = clock.now()
  const failures: unknown[] = []
  let count = 0
  let left = expiring
  while (left.length > 0 && clock.now() < after(now, LONGEST_ROUND)) {
    const more: Clear<Needs>[] = []
    for (const clear of left) {
      const cleared = await clear(needs, now, BATCH).catch((error: unknown) => {
        failures.push(error)
        return 0
      })
      count += cleared
      if (cleared >= BATCH) more.push(clear)
    }
    left = more
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some of what expired could not be deleted')
  return count
}

/** Clears a table by a column, or some of its rows (`which`). A row that somebody else holds at this moment is left for the next time. */
export const clearBy =
  <Table extends keyof Tables & string>(table: Table, expiry: keyof Tables[Table] & string, which = sql`true`): Clear =>
  async ({ db }, now, count) => {
    const [rows, end] = [sql.table(table), sql.ref(expiry)]
    const deleted = await sql`delete from ${rows} where ctid = any(array(
      select ctid from ${rows} where ${end} < ${now} and ${which} order by ${end} limit ${count} for update skip locked))
      returning true as gone`.execute(db)
    return deleted.rows.length
  }
