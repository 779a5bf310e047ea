/** Jobs the service posts to itself: each runs in one transaction with what it posts in turn. */
import { type Db, type Tx, transact } from '../database/db.ts'
import type { Carrier } from './dispatcher.ts'
import { type Readers, read } from './outbox.ts'

/** Every job, by the name it is posted under. Each runs at least once. */
export type AllJobs<Needs> = Readers<'job', [needs: Needs, tx: Tx], Promise<void>>

export const jobCarrier =
  <Needs extends { db: Db }>(needs: Needs, jobs: AllJobs<Needs>): Carrier =>
  async (posted) => {
    await transact(needs.db, (tx) => read<'job', [Needs, Tx], Promise<void>>(jobs, posted, needs, tx))
    return 'done'
  }
