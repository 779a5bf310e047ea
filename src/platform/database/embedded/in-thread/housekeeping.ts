import type { PGlite } from '@electric-sql/pglite'

/** Of the write-ahead log: what was changed so much has room to be used anew, too. */
const CHECKPOINT_AFTER_BYTES = 32 * 1024 * 1024
const TURNS_BETWEEN_VACUUMS = 360

/**
 * What PostgreSQL leaves to helper processes, which PGlite has not: checkpoints (else the write-ahead log grows for
 * ever and a restart takes ever longer) and vacuum. To be called every ten seconds while no transaction is open.
 */
export function housekeeper(server: PGlite): () => Promise<void> {
  let turn = 0
  let atLastVacuum = ''
  return async () => {
    turn++
    const { rows } = await server.query<{ at: string; unsaved: number }>(
      `select pg_current_wal_insert_lsn()::text as at,
              pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 as unsaved
       from pg_control_checkpoint()`,
    )
    const [log] = rows
    if (!log) return
    if (turn % TURNS_BETWEEN_VACUUMS === 0 && log.at !== atLastVacuum) {
      await server.exec('vacuum (analyze)')
      await server.exec('checkpoint')
      atLastVacuum = log.at
    } else if (log.unsaved > CHECKPOINT_AFTER_BYTES) {
      await server.exec('vacuum')
      await server.exec('checkpoint')
    }
  }
}
