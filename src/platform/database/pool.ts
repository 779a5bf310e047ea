import type { PostgresPool } from 'kysely'
import type pg from 'pg'
import { DatabaseUnavailable, reasonOf } from '../unavailable.ts'
import { insideTransaction } from './db.ts'

/**
 * The pool as the rest of the program has it. A query that forgot to take the transaction along fails at once: on the
 * embedded database it would wait for ever, on PostgreSQL it would run outside the transaction and nobody would know.
 * A connection that cannot be had is a DatabaseUnavailable; a connection that breaks fails its own statement and
 * nothing else.
 * @param name for the messages: which database
 */
export function guarded(pool: pg.Pool, name: string, log: (message: string) => void): PostgresPool {
  pool.on('error', (error) => log(`${name} closed an idle connection: ${reasonOf(error)}`))
  pool.on('connect', (client) => client.on('error', () => {})) // in use: the statement fails with the same error
  return {
    connect: async () => {
      if (insideTransaction.getStore())
        throw new Error('A query inside a transaction asked for a connection of its own: it forgot to take tx along')
      try {
        return await pool.connect()
      } catch (error) {
        if (error instanceof DatabaseUnavailable) throw error
        throw new DatabaseUnavailable(`${name} cannot be used: ${reasonOf(error)}`, { cause: error })
      }
    },
    end: () => pool.end(),
  }
}
