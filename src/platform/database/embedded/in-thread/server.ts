import { PGlite } from '@electric-sql/pglite'
import { SyncedFS } from './synced-fs.ts'

const UNWINDS_AN_SQL_ERROR = 100 // the exit status by which PGlite's server comes back from an ordinary error

const startParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'), // -F: no fsync
  ...['wal_sync_method=fsync', 'shared_buffers=16MB', 'min_wal_size=32MB', 'max_wal_size=64MB'].flatMap((p) => [
    '-c',
    p,
  ]),
]

/** Kept from the server's log, to explain an end. */
function journal(): { note(line: string): boolean; fatal(): string } {
  let fatal = ''
  return {
    note: (line) => {
      if (/\b(FATAL|PANIC): /.test(line)) fatal = line.replace(/^.*?(FATAL|PANIC): +/, '')
      return false
    },
    fatal: () => fatal,
  }
}

/**
 * Starts PostgreSQL in this thread.
 * @param onCrash told when the server inside WebAssembly fell over; nothing it says after that can be trusted
 * @throws when it does not start, with the reason from the server's log
 */
export async function startServer(
  where: { readonly folder: string } | { readonly archive: Uint8Array | undefined },
  onCrash: (reason: string) => void,
): Promise<PGlite> {
  const { note, fatal } = journal()
  const fs = 'folder' in where ? new SyncedFS(where.folder) : undefined
  const archive = 'folder' in where ? undefined : where.archive
  const server = await PGlite.create({
    startParams,
    onStderr: note,
    ...(fs && { fs }),
    ...(archive && { loadDataDir: new Blob([new Uint8Array(archive)], { type: 'application/gzip' }) }),
  }).catch((error: unknown) => {
    throw new Error(fatal() || String(error))
  })
  reportCrashes(server, (reason) => onCrash(fatal() || reason))
  if (fs) await proveSync(server, fs)
  return server
}

/** PGlite swallows whatever its main loop throws, an abort of the server included, and would go on with the wreck. */
function reportCrashes(server: PGlite, onCrash: (reason: string) => void): void {
  const { Module } = server
  const once = Module._PostgresMainLoopOnce
  Module._PostgresMainLoopOnce = () => {
    try {
      once()
    } catch (error) {
      const isSqlError = error instanceof Object && 'status' in error && error.status === UNWINDS_AN_SQL_ERROR
      if (!isSqlError) onCrash(String(error))
      throw error
    }
  }
}

/** @throws when a committed write made the server ask for no fsync at all */
export async function proveSync(server: PGlite, fs: SyncedFS): Promise<void> {
  const before = fs.syncs
  await server.exec(`select pg_logical_emit_message(true, 'passerelle', 'a commit that must reach the disk')`)
  if (fs.syncs === before)
    throw new Error('a committed write did not reach the disk (no fsync): this version of PGlite is not supported')
}
