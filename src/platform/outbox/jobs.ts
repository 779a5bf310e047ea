/** Jobs the service posts to itself: each runs in one transaction with what it posts in turn. */
import { type Db, type Tx, transact } from '../database/db.ts'
import type { Carrier } from './dispatcher.ts'
import { type Readers, read } from './outbox.ts'

/** Every job, by the name it is posted under. Each runs at least once. */
export type AllJobs = Readers<'job', [tx: Tx], Promise<void>>

export const jobCarrier =
  (db: Db, jobs: AllJobs): Carrier =>
  async (posted) => {
    await transact(db, (tx) => read<'job', [Tx], Promise<void>>(jobs, posted, tx))
    return 'done'
  }
