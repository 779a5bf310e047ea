/** Table `passkeys`: what is known of the passkeys and security keys among the factors. */
import { sql } from 'kysely'
import type { Db, Row, Tx } from '../../../platform/database/db.ts'
import { type Bound, isOurs } from '../../../platform/secrets/bound-row.ts'
import type { Keyring } from '../../../platform/secrets/keyring.ts'
import type { AccountId } from '../account/store.ts'
import type { FactorId } from './store.ts'

type PasskeysTable = {
  factor_id: FactorId
  account_id: AccountId
  credential_id: string
  /** COSE (RFC 9052), base64url. */
  public_key: string
  sign_count: number
  /** How the browser may reach it, one word after the other. */
  transports: string
  backed_up: boolean
  mac: string | null
}
declare module '../../../platform/database/db.ts' {
  interface Tables {
    passkeys: PasskeysTable
  }
}
export type PasskeyRow = Row<'passkeys'>

type BoundPart = Pick<PasskeyRow, 'factor_id' | 'account_id' | 'credential_id' | 'public_key'>
/** A public key belongs to one account. */
export const boundPasskey: Bound<BoundPart> = {
  table: 'passkeys',
  identity: ({ factor_id, account_id, credential_id, public_key }) => [
    factor_id,
    account_id,
    credential_id,
    public_key,
  ],
}

/** False if the credential exists. */
export async function insertPasskey(tx: Tx, row: PasskeyRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkeys')
    .values(row)
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Whether any account has the credential: a subquery. */
export const hasCredential = (credential: string) =>
  sql<boolean>`exists (select from passkeys where credential_id = ${credential})`

/** The passkey with that credential ID, if its row carries the mark of this service. */
export async function findPasskey(
  needs: { db: Db; keyring: Keyring },
  credential: string,
): Promise<PasskeyRow | undefined> {
  const query = needs.db.selectFrom('passkeys').selectAll().where('credential_id', '=', credential)
  const row = await query.executeTakeFirst()
  return row && isOurs(needs, boundPasskey, row) ? row : undefined
}

export const passkeysOf = (db: Db | Tx, account: AccountId): Promise<PasskeyRow[]> =>
  db.selectFrom('passkeys').selectAll().where('account_id', '=', account).execute()

/**
 * Advances its signature counter (WebAuthn, section 7.2, step 22): of two uses with the same number one wins. False if it does
 * not advance: the key may have been copied. Authenticators without a counter always say 0.
 */
export async function advanceCount(tx: Tx, id: FactorId, count: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('passkeys')
    .set({ sign_count: count })
    .where('factor_id', '=', id)
    .where(sql<boolean>`(sign_count < ${count} or (sign_count = 0 and ${count} = 0))`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
