import { sql } from 'kysely'
import { systemClock } from '../clock.ts'
import { systemRandom } from '../random.ts'
import { migrate } from './migrate.ts'
import { type OpenDatabase, openDatabase } from './open.ts'

export type TestDatabase = Omit<OpenDatabase, 'close'> & {
  /** Empties every table but `migrations`. */
  reset(): Promise<void>
  /** What `work` sent to the database, begin and commit included. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>
}

let opening: Promise<TestDatabase> | undefined

/**
 * The database of this test process, migrated: embedded and in memory, or, with PASSERELLE_TEST_DATABASE_URL, one of its
 * own on that PostgreSQL server, dropped at the end. There is nothing to close: it does not keep the process alive.
 */
export function testDatabase(): Promise<TestDatabase> {
  opening ??= openOnce()
  return opening
}

async function openOnce(): Promise<TestDatabase> {
  const listeners = new Set<(statement: string) => void>()
  const onStatement = (statement: string) => {
    for (const listener of listeners) listener(statement)
  }
  const server = process.env.PASSERELLE_TEST_DATABASE_URL
  const open = server
    ? await openDatabase({ kind: 'postgres', url: await temporaryDatabase(server) }, { onStatement })
    : await openDatabase({ kind: 'memory' }, { onStatement })
  await migrate(open.db, { clock: systemClock })
  const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    const statements: string[] = []
    const listener = (statement: string) => void statements.push(statement)
    listeners.add(listener)
    await work().finally(() => listeners.delete(listener))
    return statements
  }
  return { ...open, statementsOf, reset: () => emptyAllTables(open) }
}

/**
 * Makes a database on the server, to be dropped when the process has nothing left to do.
 * @returns its URL
 */
export async function temporaryDatabase(server: string): Promise<string> {
  const name = `passerelle_test_${process.pid}_${systemRandom.bytes(4).toString('hex')}`
  await onServer(server, `create database ${name}`)
  process.once('beforeExit', () => onServer(server, `drop database ${name} with (force)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function onServer(url: string, statement: string): Promise<void> {
  const { db, close } = await openDatabase({ kind: 'postgres', url, poolSize: 1 })
  await sql.raw(statement).execute(db)
  await close()
}

/** Deleting is five times faster than `truncate`; the setting, which takes a superuser, spares us the order of the references. */
async function emptyAllTables({ db }: OpenDatabase): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() and tablename <> 'migrations'`.execute(
    db,
  )
  const deletions = rows.map(({ name }) => sql`; delete from ${sql.table(name)}`)
  await sql`set local session_replication_role = replica ${sql.join(deletions, sql``)}`.execute(db)
}
