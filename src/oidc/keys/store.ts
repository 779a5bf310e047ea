/** Table `signing_keys`: sealed, three states. `next` is published before it signs, `retired` as long as its tokens may be met. */
import type { Db, Row, Tx } from '../../platform/database/db.ts'

export type Algorithm = 'ES256' | 'RS256'
type SigningKeysTable = {
  id: string
  algorithm: Algorithm
  state: 'next' | 'current' | 'retired'
  sealed_key: string
  made_at: Date
  retired_at: Date | null
}
declare module '../../platform/database/db.ts' {
  interface Tables {
    signing_keys: SigningKeysTable
  }
}
export type KeyRow = Row<'signing_keys'>

export const listKeys = (db: Db | Tx): Promise<KeyRow[]> =>
  db.selectFrom('signing_keys').selectAll().orderBy('made_at').execute()

/** False when another process has made the key of that state first. */
export async function insertKey(tx: Tx, key: KeyRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('signing_keys')
    .values(key)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function setKeyState(tx: Tx, id: string, state: KeyRow['state'], retiredAt: Date | null): Promise<void> {
  await tx.updateTable('signing_keys').set({ state, retired_at: retiredAt }).where('id', '=', id).execute()
}

export async function deleteKeysRetiredBefore(db: Db, before: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('signing_keys').where('retired_at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}
