/** Whoever is at the second step: the account, its password, its ways, and what is known of the browser. One statement. */
import { sql } from 'kysely'
import type { Db } from '../../platform/database/db.ts'
import { type Account, type AccountId, accountById, fromRow } from '../account/store.ts'
import { knownOfPasswords } from '../password/store.ts'
import { familiarTo } from '../session/browsers.ts'
import { codesLeftOf } from './recovery-store.ts'
import { type FactorId, type FactorKind, factorsAsOne } from './store.ts'

export type Factor = { id: FactorId; kind: FactorKind; name: string; sealedKey: string | null }
export type Prover = {
  account: Account
  /** The hash of the password, where there is one. */
  hash: string | undefined
  /** The one used last comes first. */
  factors: readonly Factor[]
  recoveryCodes: number
  /** The person has used this browser before. */
  familiar: boolean
}

/** @param browser the mark of the browser */
export async function findProver(db: Db, id: AccountId, browser: string, now: Date): Promise<Prover | undefined> {
  const account = sql.ref('person.id')
  const row = await db
    .selectFrom(accountById(db, id).as('person'))
    .leftJoin(knownOfPasswords(db).as('password'), 'owner', 'person.id')
    .leftJoinLateral(familiarTo(account, browser, now).as('familiar'), (join) => join.onTrue())
    .leftJoinLateral(factorsAsOne(account).as('ways'), (join) => join.onTrue())
    .selectAll('person')
    .select(['hash', 'familiar.known', 'ways.factors'])
    .select(codesLeftOf(account).as('codes'))
    .executeTakeFirst()
  if (!row) return undefined
  const factors = (row.factors ?? []).map(({ id, kind, name, sealed_key: sealedKey }) => ({
    id,
    kind,
    name,
    sealedKey,
  }))
  return {
    account: fromRow(row),
    hash: row.hash ?? undefined,
    factors,
    recoveryCodes: row.codes,
    familiar: !!row.known,
  }
}
