/** Jobs the service posts to itself: each runs in one transaction with what it posts in turn. */
import { type Db, type Tx, transact } from '../database/db.ts'
import type { Carrier } from './dispatcher.ts'

/** Runs at least once, with the facts as JSON. */
export type Job = (tx: Tx, facts: string) => Promise<void>

/** A job whose facts are of a known shape: the shape they were posted with. */
export const job =
  <Facts>(run: (tx: Tx, facts: Facts) => Promise<void>): Job =>
  (tx, facts) =>
    run(tx, JSON.parse(facts))

export const jobCarrier =
  (db: Db, jobs: Readonly<Record<string, Job>>): Carrier =>
  async ({ name, facts }) => {
    const run = jobs[name]
    if (!run) throw new Error(`nobody does the job ${name}`)
    await transact(db, (tx) => run(tx, facts))
    return 'done'
  }
