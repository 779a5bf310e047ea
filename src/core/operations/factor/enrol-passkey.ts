/** Registering a passkey or security key for an account. */

import type { Actor } from '../../../platform/actor.ts'
import type { Clock } from '../../../platform/clock.ts'
import { type Tx, transact } from '../../../platform/database/db.ts'
import { type Done, done, type Refused, refused } from '../../../platform/outcome.ts'
import { drawId, type Random } from '../../../platform/random.ts'
import { macOf } from '../../../platform/secrets/bound-row.ts'
import type { Keyring } from '../../../platform/secrets/keyring.ts'
import { type Account, type AccountId, holdAccount } from '../../model/account/store.ts'
import {
  type NewCredential,
  registrationOptions,
  spendChallenge,
  type Verification,
  verifyRegistration,
  type WebAuthnOptions,
  type WebAuthnResponse,
} from '../../model/factor/passkey.ts'
import { boundPasskey, insertPasskey, passkeysOf } from '../../model/factor/passkey-store.ts'
import { type FactorId, factorsOf } from '../../model/factor/store.ts'
import type { Session } from '../../model/session/session.ts'
import { isCredentialTaken } from '../former-ways/former-factors.ts'
import { addFactor, type FactorChangeNeeds, hasMost, insertNewFactor } from './add-factor.ts'

export const offerPasskey = async (
  needs: FactorChangeNeeds,
  account: Account,
  verification: Verification,
): Promise<WebAuthnOptions> =>
  registrationOptions(needs, account, needs.brandOf().name, await passkeysOf(needs.db, account.id), verification)

export type PasskeyProblem = 'passkey-refused' | 'too-many-ways'

/** An answer that is sent twice counts once. */
export async function registerPasskey(
  needs: FactorChangeNeeds,
  by: { account: Account; session: Session; actor: Actor },
  brought: WebAuthnResponse,
  verification: Verification,
): Promise<Done | Refused<PasskeyProblem>> {
  const { account } = by
  const read = await verifyRegistration(needs, account.id, brought, verification)
  if (!read) return refused('passkey-refused')
  const { challenge, ...made } = read
  const kept = transact(needs.db, async (tx) => {
    await holdAccount(tx, account.id)
    if (!(await spendChallenge(needs, tx, challenge))) return refused('passkey-refused')
    const there = await factorsOf(tx, account.id)
    if (hasMost(there, 'passkey')) return refused('too-many-ways')
    const id = newId(needs)
    await addFactor(needs, tx, by, { id, kind: 'passkey' })
    await insertMade(needs, tx, account.id, id, made)
    return done({})
  })
  return orRefused(kept)
}

/** Another account has the credential, or had it lately. Thrown, so that the transaction is rolled back. */
export class CredentialTaken extends Error {}

/** Turns `CredentialTaken` into a refusal. */
export async function orRefused<Result>(work: Promise<Result>): Promise<Result | Refused<'passkey-refused'>> {
  try {
    return await work
  } catch (error) {
    if (error instanceof CredentialTaken) return refused('passkey-refused')
    throw error
  }
}

/** The passkey that an account is made with. @throws {CredentialTaken} */
export async function insertFirstPasskey(
  needs: Drawing,
  tx: Tx,
  account: AccountId,
  made: NewCredential,
): Promise<void> {
  const id = newId(needs)
  await insertNewFactor(needs, tx, account, { id, kind: 'passkey' })
  await insertMade(needs, tx, account, id, made)
}

type Drawing = { random: Random; clock: Clock; keyring: Keyring }
const newId = ({ random, clock }: Drawing): FactorId => drawId('fac', random, clock) as FactorId

async function insertMade(
  needs: Drawing,
  tx: Tx,
  account: AccountId,
  id: FactorId,
  made: NewCredential,
): Promise<void> {
  const row = { factor_id: id, account_id: account, ...made }
  const isTaken = await isCredentialTaken(tx, row.credential_id, account)
  // Of two at once, the unique index lets one in.
  if (isTaken || !(await insertPasskey(tx, { ...row, mac: macOf(needs, boundPasskey, row) })))
    throw new CredentialTaken('somebody has the credential that an authenticator has made')
}
