import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { type Duration, seconds } from '../clock.ts'
import { DatabaseUnavailable, reasonOf } from '../unavailable.ts'
import type { Db, Tables } from './db.ts'
import { type Embedded, openFolder, openMemory } from './embedded/embedded.ts'
import { guarded } from './pool.ts'
import { addressOf, postgresPool } from './postgres.ts'

export type Where =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'memory' }
  | { readonly kind: 'postgres'; readonly url: string; readonly poolSize?: number }

export type Hooks = {
  /** Told of every statement, begin and commit included, when it has been answered or refused. */
  onStatement?(statement: string): void
  /** Told what no query fails for: a lost idle connection, an embedded database that has to be started again. */
  log?(message: string): void
  /** A statement that runs longer is ended and fails with SQLSTATE 57014; 30 s unless given. */
  readonly statementLimit?: Duration
}

export type OpenDatabase = {
  readonly db: Db
  readonly kind: Where['kind']
  /**
   * One round trip.
   * @throws DatabaseUnavailable
   */
  ping(): Promise<void>
  /** Waits for what is running, then lets go of everything. To be called once. */
  close(): Promise<void>
  /** Which database this is, for the log and the start page: kind, version, place. */
  describe(): string
  /** Writes a consistent copy to a file, where the database is embedded; PostgreSQL has pg_dump. */
  backup?(file: string): Promise<void>
}

const STATEMENT_LIMIT = seconds(30)
const WAITING_FOR_THE_ONE_CONNECTION_TAKES_AT_MOST = seconds(60)
const OLDEST_MAJOR = 15

/**
 * Opens the database, and proves that it answers. Everything goes through one driver, `pg`, and one dialect; the
 * embedded database (PostgreSQL inside PGlite, in a thread) has one connection.
 * @throws DatabaseUnavailable in one line that says why
 */
export async function openDatabase(where: Where, hooks: Hooks = {}): Promise<OpenDatabase> {
  const { statementLimit = STATEMENT_LIMIT } = hooks
  if (where.kind === 'postgres')
    return opened(where, postgresPool({ ...where, statementLimit }), `PostgreSQL at ${addressOf(where.url)}`, hooks)
  const embedded =
    where.kind === 'embedded' ? await openFolder(where.folder, statementLimit) : await openMemory(statementLimit)
  const place = where.kind === 'embedded' ? `in ${where.folder}` : 'in memory'
  return opened(where, poolOfOne(embedded), `The embedded database ${place}`, hooks, embedded)
}

const poolOfOne = ({ connection }: Embedded): pg.Pool =>
  new pg.Pool({
    stream: connection,
    max: 1,
    connectionTimeoutMillis: WAITING_FOR_THE_ONE_CONNECTION_TAKES_AT_MOST.ms,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
    user: 'postgres',
    password: '',
    database: 'postgres',
    ssl: false,
  })

async function opened(
  { kind }: Where,
  pool: pg.Pool,
  name: string,
  { onStatement, log = () => {} }: Hooks,
  embedded?: Embedded,
): Promise<OpenDatabase> {
  const db: Db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: guarded(pool, name, log) }),
    ...(onStatement && { log: ({ query }) => onStatement(query.sql) }),
  })
  const close = async () => {
    await db.destroy()
    await embedded?.close()
  }
  try {
    const version = await versionOf(db, name)
    return {
      db,
      kind,
      ping: async () => void (await versionOf(db, name)),
      close,
      describe: () => `${name} (PostgreSQL ${version})`,
      ...(embedded && { backup: embedded.backup }),
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** @throws DatabaseUnavailable when the database does not answer, or is too old */
async function versionOf(db: Db, name: string): Promise<string> {
  const answer = sql<{ version: string }>`select current_setting('server_version') as version`.execute(db)
  const { rows } = await answer.catch((error: unknown) => {
    if (error instanceof DatabaseUnavailable) throw error
    throw new DatabaseUnavailable(`${name} does not answer: ${reasonOf(error)}`, { cause: error })
  })
  const version = rows[0]?.version ?? ''
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return version
  throw new DatabaseUnavailable(`${name} is version ${version}: Passerelle needs PostgreSQL ${OLDEST_MAJOR} or later`)
}
