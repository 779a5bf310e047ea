/** What has expired is deleted, a batch of each table at a time, so that no statement holds many rows for long. */
import type { Clock } from '../clock.ts'
import type { Db } from './db.ts'

/** Deletes up to `count` rows that had expired at `now`; answers how many. */
export type Clear = (db: Db, now: Date, count: number) => Promise<number>

const BATCH = 500

/** One round; answers how many rows went. */
export async function clearAway({ db, clock }: { db: Db; clock: Clock }, expiring: readonly Clear[]): Promise<number> {
  let count = 0
  for (const clear of expiring) count += await clear(db, clock.now(), BATCH)
  return count
}
