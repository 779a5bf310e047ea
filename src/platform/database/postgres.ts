import { Socket } from 'node:net'
import pg from 'pg'
import { type Duration, seconds } from '../clock.ts'
import { DatabaseUnavailable } from '../unavailable.ts'

const CONNECTING_TAKES_AT_MOST = seconds(5)
const IDLE_CONNECTION_CLOSES_AFTER = seconds(30)
const DEFAULT_POOL_SIZE = 10

export type PostgresOptions = { readonly url: string; readonly poolSize?: number; readonly statementLimit: Duration }

/**
 * A pool of connections to a PostgreSQL server; nothing is sent yet. The server ends statements at the limit. A server
 * that has vanished without a word is noticed some seconds later, by the silence.
 */
export function postgresPool({ url, poolSize, statementLimit }: PostgresOptions): pg.Pool {
  const silence = Math.max(statementLimit.ms, IDLE_CONNECTION_CLOSES_AFTER.ms) + seconds(10).ms
  return new pg.Pool({
    connectionString: url,
    max: poolSize ?? DEFAULT_POOL_SIZE,
    application_name: 'passerelle',
    connectionTimeoutMillis: CONNECTING_TAKES_AT_MOST.ms,
    idleTimeoutMillis: IDLE_CONNECTION_CLOSES_AFTER.ms,
    statement_timeout: statementLimit.ms,
    idle_in_transaction_session_timeout: statementLimit.ms,
    allowExitOnIdle: true,
    keepAlive: true,
    stream: () => {
      const socket = new Socket()
      return socket.setTimeout(silence, () => socket.destroy(new Error('The database server went silent')))
    },
  })
}

/**
 * The server's address without the password, as the driver understands it.
 * @throws DatabaseUnavailable when it cannot be understood
 */
export function addressOf(url: string): string {
  try {
    const { host, port, database } = new pg.Client({ connectionString: url })
    return `${host}:${port}, database ${database}`
  } catch {
    throw new DatabaseUnavailable('The database address is not like postgres://user:password@host:5432/database')
  }
}
