import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely, Selectable, Transaction } from 'kysely'

/**
 * Every table, declared by the store that owns it:
 *
 *     declare module '../../platform/database/db.ts' {
 *       interface Tables { accounts: AccountsTable }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: the owners fill it in by declaration merging
export interface Tables {}

export type Row<Table extends keyof Tables> = Selectable<Tables[Table]>
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

/** Set while a transaction runs, so that a query which forgot to take the transaction along is found at once. */
export const insideTransaction = new AsyncLocalStorage<true>()

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'
const UNIQUE_VIOLATION = '23505'
const ATTEMPTS = 5

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === UNIQUE_VIOLATION

const isTransient = (error: unknown): boolean => {
  const code = codeOf(error)
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED
}

const committed = new WeakMap<Tx, (() => void)[]>()
const lastWrites = new WeakMap<Tx, (() => Promise<unknown>)[]>()

/** Calls `action` once this transaction, made by `transact`, has been committed; never when it was rolled back. */
export const onCommit = (tx: Tx, action: () => void): void => {
  committed.get(tx)?.push(action)
}

/**
 * Writes as the last thing in this transaction: for what locks a row that every transaction wants. It is locked for as
 * short as may be, and its holder waits for nothing else, so that no two wait for each other.
 */
export function beforeCommit(tx: Tx, write: () => Promise<unknown>): void {
  const writes = lastWrites.get(tx)
  if (!writes) throw new Error('this transaction is not one of transact')
  writes.push(write)
}

/**
 * Runs one statement that stands by itself, again where the database asks for that. It may meet another that takes the
 * same rows in another order.
 */
export async function again<Result>(statement: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await statement()
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error
    }
  }
}

/**
 * Runs `work` in one transaction; runs it again when the database asks for that (SQLSTATE 40001, 40P01).
 * `work` may therefore run more than once: it changes nothing but the database.
 * @throws whatever `work` throws, after a rollback; after five attempts the database's own error
 */
export async function transact<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const { result, actions } = await again(async () => {
    const actions: (() => void)[] = []
    const result = await db.transaction().execute((tx) => {
      committed.set(tx, actions)
      return insideTransaction.run(true, () => untilLastWrite(tx, work))
    })
    return { result, actions }
  })
  for (const action of actions) action()
  return result
}

async function untilLastWrite<Result>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const writes: (() => Promise<unknown>)[] = []
  lastWrites.set(tx, writes)
  const result = await work(tx)
  for (const write of writes) await write()
  return result
}
